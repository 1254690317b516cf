// Roles in words.
import type { Role } from '../model/model.ts';

/** Writes why a participant takes part: `saga "fulfilment"`. */
export function roleText({ kind, name }: Role): string {
  return name === null ? kind : `${kind} "${name}"`;
}
