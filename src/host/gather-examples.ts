// The fixtures that show each code, read as examples. Apart from their loading, so that the build can gather them too.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Files of an example by name; the spec is `spec.yaml`. */
type Files = Readonly<Record<string, string>>;

export type GatheredExample =
  | { readonly bad: Files; readonly good: Files | null }
  | { readonly before: Files; readonly after: Files };

type Entry = readonly [code: string, example: GatheredExample];

/** Corrected files, and what they stand for; of any other the name behind `good.` is that of the file. */
const goodNames: Readonly<Record<string, string>> = {
  'good.config.yaml': 'event-arch.config.yaml',
  'good.txt': 'known.txt',
  'good.yaml': 'spec.yaml',
};
const isGood = (file: string): boolean => file.startsWith('good.');

/** Reads the examples of a folder of fixtures: `rules/<name>`, `diagnostics/<stage>/<slug>`, `changes/examples/<slug>`. */
export function gatherExamples(
  fixtures: string,
): Readonly<Record<string, GatheredExample>> {
  return Object.fromEntries([
    ...ofRules(join(fixtures, 'rules')),
    ...ofChanges(join(fixtures, 'changes', 'examples')),
    ...list(join(fixtures, 'diagnostics')).flatMap((stage) =>
      ofStage(join(fixtures, 'diagnostics', stage), stage),
    ),
  ]);
}

const list = (folder: string): readonly string[] =>
  readdirSync(folder).toSorted();

const read = (folder: string, file: string): string =>
  readFileSync(join(folder, file), 'utf8');

const spec = (folder: string, file: string): Files => ({
  'spec.yaml': read(folder, file),
});

function ofRules(folder: string): readonly Entry[] {
  return list(folder)
    .filter((name) => existsSync(join(folder, name, 'reports.yaml')))
    .map((name): Entry => {
      const bad = spec(join(folder, name), 'reports.yaml');
      const good = spec(join(folder, name), 'accepts.yaml');
      return [`rule/${name}`, { bad, good }];
    });
}

const ofChanges = (folder: string): readonly Entry[] =>
  list(folder).map((slug): Entry => {
    const before = spec(join(folder, slug), 'before.yaml');
    const after = spec(join(folder, slug), 'after.yaml');
    return [`diff/${slug}`, { before, after }];
  });

function ofStage(folder: string, stage: string): readonly Entry[] {
  // A configuration or baseline is shown without the spec beside it.
  const isWithoutSpec = ['baseline', 'config'].includes(stage);
  return list(folder)
    .filter((slug) => !slug.includes('--'))
    .map((slug): Entry => {
      const files = list(join(folder, slug)).filter(
        (file) => file !== 'expected.txt',
      );
      const named = (chosen: readonly string[]): Files =>
        Object.fromEntries(
          chosen.map((file) => [
            goodNames[file] ?? file.replace(/^good\./, ''),
            read(join(folder, slug), file),
          ]),
        );
      const bad = named(
        files.filter(
          (file) => !isGood(file) && !(isWithoutSpec && file === 'spec.yaml'),
        ),
      );
      const corrected = named(files.filter(isGood));
      const good = isWithoutSpec ? corrected : { ...bad, ...corrected };
      const hasGood = Object.keys(corrected).length > 0;
      return [`${stage}/${slug}`, { bad, good: hasGood ? good : null }];
    });
}
