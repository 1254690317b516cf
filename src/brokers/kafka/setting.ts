// One way to make a setting with its reason.
import type { Pointer } from '../../core/pointer.ts';
import type { Setting } from './design.ts';

/** Makes a setting: what, from which place in the spec, why. */
export function setting(
  pair: readonly [key: string, value: string],
  origin: Pointer,
  because: string,
): Setting {
  const [key, value] = pair;
  return { key, value, origin, because };
}
