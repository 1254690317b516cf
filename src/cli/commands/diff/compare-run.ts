// One comparison as a command asks for it: both designs checked, compared, and ready to be printed.
import type { Policy } from '../../../compat/check-readable.ts';
import { HostError } from '../../../core/host.ts';
import { lineIndex, type LineIndex } from '../../../core/line-index.ts';
import { nearest, quotedList } from '../../../core/text.ts';
import { changeKinds } from '../../../changes/index.ts';
import type { Impact } from '../../../changes/change.ts';
import { parseReason, type Reason } from '../../../changes/reasons.ts';
import {
  checkSpec,
  type CheckedSpec,
  type SpecSource,
} from '../../../pipeline/check-spec.ts';
import {
  changeDiagnostics,
  compareDesigns,
  designOf,
} from '../../../pipeline/compare-designs.ts';
import { brokerOption } from '../../broker-option.ts';
import { unknownChoice } from '../../spec-input.ts';
import { tellFindings } from '../../tell-findings.ts';
import type { Terminal } from '../../terminal.ts';
import { toolVersion } from '../../version.ts';
import { otherDesign } from './against.ts';
import type { ChangeReport } from './change-report.ts';

export interface CompareRequest {
  readonly source: SpecSource;
  /** The new design, checked already. */
  readonly checked: CheckedSpec;
  readonly against: string;
  readonly fromMergeBase: boolean;
  readonly policy: Policy;
  readonly reasons: readonly Reason[];
  readonly broker: string | undefined;
}

/**
 * Compares; null when the new design does not resolve, whose findings the caller tells.
 * Throws: `HostError` when there is nothing to compare with, or the other design does not resolve.
 */
export function compareRun(
  request: CompareRequest,
  terminal: Terminal,
): Omit<ChangeReport, 'isColoured'> | null {
  const { source, checked, against } = request;
  const { host, file, notes } = otherDesign({
    spec: source.file,
    against,
    fromMergeBase: request.fromMergeBase,
  });
  if (designOf(checked) === null) return null;
  const broker = brokerOption(request.broker);
  const before =
    file === null
      ? null
      : checkSpec(host, broker === null ? { file } : { file, broker });
  if (before !== null && designOf(before) === null) {
    tellFindings(file ?? against, before, terminal);
    throw new HostError(
      `the design at "${against}" does not resolve, so there is nothing to compare with`,
    );
  }
  const compared = compareDesigns(before, checked, request);
  if (compared === null) return null;
  const indexes = new Map<string, LineIndex>(
    checked.sources.documents.map((document) => [
      document.file,
      lineIndex(document.text),
    ]),
  );
  return {
    ...compared,
    file: source.file,
    against,
    notes,
    diagnostics: changeDiagnostics(checked.sources, compared.changes),
    lines: (name) => indexes.get(name) ?? null,
    toolVersion,
  };
}

/** Reads `--policy`. Throws: `HostError`. */
export function policyOption(value: string): Policy {
  if (value === 'strict' || value === 'lenient') return value;
  throw new HostError(unknownChoice('--policy', value, ['strict', 'lenient']));
}

const levels: readonly (Impact | 'none')[] = [
  'breaking',
  'risky',
  'safe',
  'none',
];

/** Reads `--fail-on` of a comparison. Throws: `HostError`. */
export function impactOption(value: string): Impact | 'none' {
  const found = levels.find((level) => level === value);
  if (found !== undefined) return found;
  throw new HostError(unknownChoice('--fail-on', value, levels));
}

/** Tells whether an open change is as grave as the level that fails a run. */
export function failsAtImpact(
  level: Impact | 'none',
  { changes }: Pick<ChangeReport, 'changes'>,
): boolean {
  if (level === 'none') return false;
  const limit = levels.indexOf(level);
  return changes.some(
    ({ impact, cover }) => cover === null && levels.indexOf(impact) <= limit,
  );
}

/** Reads `--allow`, repeated. Throws: `HostError` without a reason, or for a code that there is not. */
export function allowOption(values: readonly string[]): readonly Reason[] {
  const known = changeKinds.flatMap(({ catalogue }) =>
    Object.keys(catalogue.entries).map((slug) => `diff/${slug}`),
  );
  return values.map((value) => {
    const reason = parseReason(value);
    if (reason === null)
      throw new HostError(
        `--allow needs a reason: --allow "${value.split('=')[0] ?? ''}=why it may"`,
      );
    if (!known.includes(reason.code)) {
      const near = nearest(reason.code, known);
      throw new HostError(
        `"${reason.code}" is no code of a change.${near === null ? ' docs/diff.md lists them.' : ` Did you mean ${quotedList([near])}?`}`,
      );
    }
    return reason;
  });
}
