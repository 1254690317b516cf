// What a broker holds beside the design, for people: short enough to be read, and complete in the JSON.
import { gather } from '../../../core/gather.ts';
import type { Comparison } from '../../../apply/compare.ts';
import type { LiveResource } from '../../../brokers/resource.ts';
import { printable } from '../../reporters/printable.ts';

/** How many names of a kind are printed. */
const shown = 5;

/** Prints what is left alone, a line for each kind: rights of shared users, then what is not of the design at all. */
export function besideText({
  foreign,
  shared,
}: Pick<Comparison, 'foreign' | 'shared'>): readonly string[] {
  return [
    ...section(
      "left alone, rights of this design's users on what is not of it (shared with another design, or left by an earlier one):",
      shared,
    ),
    ...section('left alone, as not of this design:', foreign),
  ];
}

function section(
  title: string,
  resources: readonly LiveResource[],
): readonly string[] {
  if (resources.length === 0) return [];
  return [
    title,
    ...[...gather(resources, ({ kind }) => [kind])].map(([kind, all]) => {
      const names = all.slice(0, shown).map(({ name }) => printable(name));
      const more = all.length - names.length;
      return `  ${all.length} ${kind}: ${names.join(', ')}${more === 0 ? '' : ` and ${more} more (--format json lists them)`}`;
    }),
  ];
}
