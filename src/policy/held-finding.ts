// A finding that is not told, with what holds it back.
import type { Diagnostic, Location } from '../core/diagnostic.ts';

export interface HeldFinding extends Diagnostic {
  readonly heldBy: {
    /** What its author wrote; null where nobody was asked for a reason. */
    readonly reason: string | null;
    /** The comment, or the entry of the baseline. */
    readonly location: Location;
  };
}
