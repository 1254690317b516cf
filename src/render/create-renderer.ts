// Templates as texts in, rendered texts out. Prepares a template when it is first rendered; knows no target and no disk.
import type { Locale } from '../core/locale.ts';
import { nearest } from '../core/text.ts';
import type { EscapedTemplate } from './escape-by-default.ts';
import { finishText } from './finish-text.ts';
import { parseTemplate } from './parse-template.ts';
import type { Renderer } from './renderer.ts';
import { toldProblem } from './told-problem.ts';
import { TemplateProblem } from './template-problem.ts';
import { templateRuns } from './template-runs.ts';
import type { TemplateSources } from './template-sources.ts';

/**
 * Makes the renderer of one run. A mistake in a user's template is found here when it is one of form.
 * Throws: `HostError` with file, line, column and remedy for a mistake in the overlay; `Error` for one in our templates.
 */
export function createRenderer(sources: TemplateSources): Renderer {
  const overlay = sources.overlay?.files ?? new Map<string, string>();
  const texts = new Map([...sources.templates, ...overlay]);
  // A mistake in a user's template is told with its own file.
  const runOf = templateRuns(texts, { isInlining: overlay.size === 0 });
  const guarded = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof TemplateProblem)) throw error;
      throw toldProblem(error, sources.overlay ?? null);
    }
  };
  if (overlay.size > 0) guarded(() => checkOverlay(sources, texts));
  return {
    render: (template, view) =>
      guarded(() => finishText(runOf(`${template}.hbs`)(view))),
    files: (folder) => sources.files?.(folder) ?? new Map(),
    words: (target, locale) =>
      guarded(() => ({
        ...readWords(sources.templates, target, locale),
        ...readWords(overlay, target, locale),
      })),
  };
}

/** Lists the templates' raw insertions, for the test that keeps them few and reasoned. */
export function parsedTemplates(
  templates: ReadonlyMap<string, string>,
): readonly EscapedTemplate[] {
  return [...templates.keys()]
    .filter((file) => file.endsWith('.hbs'))
    .map((file) => parseTemplate(file, templates));
}

function checkOverlay(
  sources: TemplateSources,
  texts: ReadonlyMap<string, string>,
): void {
  const files = [...(sources.overlay?.files.keys() ?? [])];
  const parsed = files
    .filter((file) => file.endsWith('.hbs'))
    .map((file) => parseTemplate(file, texts));
  const included = new Set(
    parsed.flatMap((template) =>
      template.partials.map((name) => `${name}.hbs`),
    ),
  );
  for (const file of files) {
    if (sources.templates.has(file) || included.has(file)) continue;
    const near = nearest(file, sources.templates.keys());
    throw new TemplateProblem(
      file,
      { line: null, column: null },
      {
        message: 'this file replaces no template and none includes it',
        remedy:
          near === null ? 'Remove or rename it.' : `Did you mean "${near}"?`,
      },
    );
  }
}

function readWords(
  texts: ReadonlyMap<string, string>,
  target: string,
  locale: Locale,
): Readonly<Record<string, string>> {
  const file = `${target}/${locale}.words.json`;
  const text = texts.get(file);
  if (text === undefined) return {};
  try {
    return JSON.parse(text) as Readonly<Record<string, string>>;
  } catch (error) {
    throw new TemplateProblem(
      file,
      { line: null, column: null },
      {
        message: error instanceof Error ? error.message : 'is not JSON',
        remedy: 'Make it a JSON object of texts.',
      },
    );
  }
}
