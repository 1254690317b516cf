// Keys that name a finding over time: by rule and place in the model, never by line.
import { createHash } from 'node:crypto';
import type { Diagnostic } from '../../core/diagnostic.ts';

/** Gives each diagnostic a key of 64 hexadecimal digits; findings of one code at one place are told apart by their order. */
export function fingerprints(
  diagnostics: readonly Diagnostic[],
): readonly string[] {
  const seen = new Map<string, number>();
  return diagnostics.map(({ code, pointer, location }) => {
    const place = JSON.stringify([code, location?.file ?? null, pointer]);
    const earlier = seen.get(place) ?? 0;
    seen.set(place, earlier + 1);
    return createHash('sha256').update(`${place} ${earlier}`).digest('hex');
  });
}
