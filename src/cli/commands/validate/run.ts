// The work of `validate`: each spec under the configuration that holds for it, one report of all.
import type { Diagnostic } from '../../../core/diagnostic.ts';
import { HostError, type Host } from '../../../core/host.ts';
import { nodeHost } from '../../../host/node-host.ts';
import { checkSpec, type SpecSource } from '../../../pipeline/check-spec.ts';
import type { FailOn } from '../../../policy/read-config.ts';
import {
  severityOption,
  type CheckedUnder,
} from '../../review/checked-under.ts';
import { prepareReview } from '../../review/prepare-review.ts';
import { exitCodes, type ExitCode, type Terminal } from '../../terminal.ts';
import { failsAt, formatOption, report, type Checked } from '../../report.ts';
import { brokerOption } from '../../broker-option.ts';
import { specSource } from '../../spec-input.ts';
import type { ValidateOptions } from './options.ts';

/** Validates specs and reports what is found. Throws: `HostError` for a wrong option or a failure of the file system. */
export async function validateSpecs(
  specs: readonly string[],
  options: ValidateOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const choices = formatOption(
    options.format.length === 0 ? ['text'] : options.format,
  );
  const failOn =
    options.failOn === undefined ? null : severityOption(options.failOn);
  checkCombination(options);
  const host = nodeHost();
  const sources = await sourcesOf(specs, options, terminal);
  const check = (): Promise<readonly CheckedUnder[]> =>
    checkAll(host, sources, options);
  let checked = await check();
  let out = terminal;
  if (options.fix === true) {
    const { fixSpecs } = await import('./fix-specs.ts');
    const isChanged = fixSpecs(checked, options.dryRun === true, terminal);
    if (isChanged) checked = await check();
    // The diff is the result then, and what is found goes with everything else that is said.
    if (options.dryRun === true)
      out = { ...terminal, out: terminal.err, isOutTty: terminal.isErrTty };
  }
  if (options.updateBaseline === true) {
    const { updateBaselines } = await import('./update-baselines.ts');
    updateBaselines(checked, terminal);
    checked = await checkAll(host, sources, {
      ...options,
      updateBaseline: false,
    });
  }
  const told = once(checked).map((one) => withTexts(host, one, sources));
  report(told, choices, out);
  const isFailing = told.some(({ diagnostics }, index) =>
    failsAt(levelOf(failOn, checked[index]), diagnostics),
  );
  return isFailing ? exitCodes.findings : exitCodes.clean;
}

function checkCombination(options: ValidateOptions): void {
  if (options.dryRun === true && options.fix !== true)
    throw new HostError(
      '--dry-run goes with --fix: validate writes nothing else',
    );
  if (options.fix === true && options.updateBaseline === true)
    throw new HostError(
      'use --fix first, and --update-baseline for what is left in a second run',
    );
}

async function sourcesOf(
  specs: readonly string[],
  options: ValidateOptions,
  terminal: Terminal,
): Promise<readonly SpecSource[]> {
  const broker = brokerOption(options.broker);
  const sources: SpecSource[] = [];
  for (const spec of specs.length === 0 ? [undefined] : specs) {
    const source = await specSource(spec, terminal);
    sources.push(broker === null ? source : { ...source, broker });
  }
  return sources;
}

async function checkAll(
  host: Host,
  sources: readonly SpecSource[],
  options: ValidateOptions,
): Promise<readonly CheckedUnder[]> {
  const checked: CheckedUnder[] = [];
  for (const source of sources) {
    const review = await prepareReview(host, source.file, {
      ...options,
      isWritten: options.updateBaseline === true,
    });
    const { policy } = review;
    const spec =
      policy === null ? null : checkSpec(host, { ...source, policy });
    checked.push({ source, review, spec });
  }
  return checked;
}

/** What is told of each spec; of a configuration that several share, once. */
function once(checked: readonly CheckedUnder[]): readonly Checked[] {
  const seen = new Set<string>();
  const isNew = ({ code, location, message }: Diagnostic): boolean => {
    const key = JSON.stringify([code, location, message]);
    const isKnown = seen.has(key);
    seen.add(key);
    return !isKnown;
  };
  return checked.map(({ source, review, spec }) => ({
    // A configuration that cannot be used is what was checked, and all that was.
    file: spec === null ? (review.texts[0]?.file ?? source.file) : source.file,
    sources: spec?.sources ?? { documents: [] },
    texts: review.texts,
    diagnostics: [
      ...review.diagnostics.filter(isNew),
      ...(spec?.diagnostics ?? []),
    ],
    ...(spec !== null && { heldBack: spec.heldBack }),
  }));
}

/** A file that could not be read as YAML is in no document, but its lines are shown all the same. */
function withTexts(
  host: Host,
  checked: Checked,
  sources: readonly SpecSource[],
): Checked {
  const { diagnostics, texts = [] } = checked;
  const known = new Set(
    [...checked.sources.documents, ...texts].map(({ file }) => file),
  );
  const missing = new Set(
    diagnostics.flatMap(({ location }) =>
      location === null || location.range === null || known.has(location.file)
        ? []
        : [location.file],
    ),
  );
  const given = (file: string): string | undefined =>
    sources.find((source) => source.file === file)?.text;
  return {
    ...checked,
    texts: [
      ...texts,
      ...[...missing].map((file) => ({
        file,
        text: given(file) ?? host.readText(file),
      })),
    ],
  };
}

const levelOf = (
  option: FailOn | null,
  checked: CheckedUnder | undefined,
): FailOn => option ?? checked?.review.failOn ?? 'error';
