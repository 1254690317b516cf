// The documents: ARCHITECTURE.md, GUIDE.md and the decision records.
import {
  artifactPath,
  pathSegment,
  type Artifact,
} from '../../core/artifact.ts';
import { renderDiagram } from '../../diagrams/diagram.ts';
import { planDiagrams } from '../../diagrams/plan-diagrams.ts';
import type { Model } from '../../model/model.ts';
import type { EmitContext, Target } from '../target.ts';
import { architectureView } from './architecture-view.ts';
import { decisions } from './decisions.ts';
import { documentContext, type Drawings } from './document-context.ts';
import { guide } from './guide.ts';

const name = 'document';

export const documentTarget: Target = {
  name,
  summary: 'ARCHITECTURE.md, GUIDE.md and a decision record per choice',
  appliesTo: () => true,
  emit: emitDocument,
};

function emitDocument(model: Model, context: EmitContext): readonly Artifact[] {
  const found = documentContext(model, context, drawings(model, context));
  const records = decisions(found);
  const head = {
    toolVersion: context.toolVersion,
    project: model.name,
  };
  const render = (template: string, view: object): string =>
    context.render.render(`document/${template}.${model.locale}.md`, {
      ...head,
      ...view,
    });
  return [
    artifact(
      'ARCHITECTURE.md',
      render('architecture', architectureView(found, records)),
    ),
    artifact('GUIDE.md', render('guide', { guide: guide(found) })),
    ...records.map((decision) =>
      artifact(
        artifactPath('decisions', `${pathSegment(decision.file)}.md`),
        render('decision', { decision }),
      ),
    ),
  ];
}

function artifact(path: string, content: string): Artifact {
  return {
    path,
    content,
    policy: 'overwrite',
    isExecutable: false,
    // The documents follow from the whole spec.
    origin: { target: name, pointers: [''] },
  };
}

// The overview is embedded, the others are linked where the diagrams target writes them.
function drawings(model: Model, { render, diagrams }: EmitContext): Drawings {
  const planned = diagrams?.() ?? planDiagrams(model, render);
  const overview = planned.find((diagram) => diagram.kind === 'overview');
  return {
    overview:
      overview === undefined ? '' : renderDiagram(overview, render, 'embedded'),
    links: planned.map((diagram) => ({
      title: diagram.title,
      file: `diagrams/${diagram.name}.mmd`,
    })),
  };
}
