// Weakened flows by what is to be changed: one setting often weakens many flows, and is told once.
import type { Pointer } from '../core/pointer.ts';
import type { Axis, Flow, Model, WeakeningCause } from './model.ts';

/** One setting that weakens flows on one axis. */
export interface Weakened {
  readonly axis: Axis;
  readonly cause: WeakeningCause;
  /** Where the setting is written, or would be. */
  readonly origin: Pointer;
  /** Invariant: at least one, in spec order. */
  readonly flows: readonly Flow[];
}

/** Lists the settings that weaken flows, in the order of the first flow of each. */
export function weakenedFlows(model: Model): readonly Weakened[] {
  const found = new Map<string, Weakened & { readonly flows: Flow[] }>();
  for (const flow of model.flows) {
    for (const { axis, cause, origin } of flow.weakenings) {
      const key = `${axis} ${cause} ${origin}`;
      const known = found.get(key);
      if (known === undefined)
        found.set(key, { axis, cause, origin, flows: [flow] });
      else if (known.flows.at(-1) !== flow) known.flows.push(flow);
    }
  }
  return [...found.values()];
}
