// Target "monitoring": the folder monitoring/, the same files for every broker, filled with what the broker says of itself.
import { artifactPath } from '../../core/artifact.ts';
import type { Artifact } from '../../core/artifact.ts';
import type { Model } from '../../model/model.ts';
import { stringifyJson, stringifyYaml } from '../../render/stringify.ts';
import type { EmitContext, Target } from '../target.ts';
import { dashboard } from './dashboard.ts';
import { readmeView } from './readme-view.ts';
import { rulesFile, scrapeFile } from './rules-files.ts';
import { testsFile } from './tests-file.ts';
import { watchModel } from './watch.ts';

/** Writes Prometheus rules with their unit tests, a scrape configuration, a Grafana dashboard and a page to read. */
export const monitoring: Target = {
  name: 'monitoring',
  summary: 'Prometheus rules with unit tests, and a Grafana dashboard',
  appliesTo: () => true,
  emit,
};

function emit(model: Model, context: EmitContext): readonly Artifact[] {
  const watch = watchModel(model, context);
  const { heading, words } = watch;
  return [
    file(
      'README.md',
      context.render.render(
        `monitoring/README.${model.locale}.md`,
        readmeView(watch),
      ),
    ),
    file(
      'prometheus-rules.yaml',
      stringifyYaml(rulesFile(watch), [heading, words['head.rules'] ?? '']),
    ),
    file(
      'prometheus-rules.test.yaml',
      stringifyYaml(testsFile(watch), [heading, words['head.tests'] ?? '']),
    ),
    file(
      'prometheus.yaml',
      stringifyYaml(scrapeFile(watch), [heading, words['head.scrape'] ?? '']),
    ),
    file('grafana-dashboard.json', stringifyJson(dashboard(watch))),
  ];
}

function file(name: string, content: string): Artifact {
  return {
    path: artifactPath('monitoring', name),
    content,
    policy: 'overwrite',
    isExecutable: false,
    origin: { target: 'monitoring', pointers: ['/broker'] },
  };
}
