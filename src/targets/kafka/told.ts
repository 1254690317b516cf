// Provenance in one line, the same in every file of this target.
import { readablePath } from '../../core/pointer.ts';
import type { Why } from '../../brokers/kafka/design.ts';

/** Writes `path in the spec: why`. Paths, not line numbers: those would change with every edit above them. */
export function told(why: Why): string {
  const path = readablePath(why.origin);
  return path === '' ? why.because : `${path}: ${why.because}`;
}
