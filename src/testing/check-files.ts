// A spec with its configuration and baseline, all in memory, checked as the command does.
import type { Diagnostic } from '../core/diagnostic.ts';
import { checkSpec } from '../pipeline/check-spec.ts';
import { codesOf, reviewPolicy } from '../pipeline/review-policy.ts';
import { readBaseline } from '../policy/baseline.ts';
import {
  checkCodes,
  missingBaseline,
  noConfig,
  readConfig,
} from '../policy/read-config.ts';
import { rules } from '../rules/index.ts';
import { memoryHost } from './memory-host.ts';

/** Checks `spec.yaml` under `event-arch.config.yaml`, when there is one; every rule runs unless it says otherwise. */
export function checkFiles(
  files: Readonly<Record<string, string>>,
): readonly Diagnostic[] {
  const text = files['event-arch.config.yaml'];
  const read =
    text === undefined
      ? { value: noConfig, named: null, diagnostics: [] }
      : readConfig('event-arch.config.yaml', text);
  const config = read.value;
  if (config === null)
    return read.named === null
      ? read.diagnostics
      : [
          ...read.diagnostics,
          ...checkCodes(read.named.document, codesOf(rules)),
        ];
  const { profile, levels, overrides, baseline: named, document } = config;
  const known = named === null ? undefined : files[named];
  const held =
    named === null || known === undefined ? null : readBaseline(named, known);
  const isMissing = named !== null && held === null && document !== null;
  const policy = reviewPolicy({
    levels: { profile: profile ?? 'strict', levels, overrides },
    baseline: held?.baseline ?? null,
    spec: 'spec.yaml',
  });
  const checked = checkSpec(memoryHost(files), { file: 'spec.yaml', policy });
  return [
    ...(document === null ? [] : checkCodes(document, policy.codes())),
    ...(isMissing
      ? [missingBaseline(document, { file: named, reason: 'no such file' })]
      : []),
    ...(held?.diagnostics ?? []),
    ...checked.diagnostics,
  ];
}
