// The colours of boxes: which classes a picture defines, and who wears them.

/** The classes that `templates/diagrams/styles.mmd.hbs` defines. */
const names = [
  'service',
  'external',
  'channel',
  'event',
  'command',
  'store',
  'guard',
  'retry',
  'failure',
  'context',
  'broker',
  'junction',
] as const;

export type Style = (typeof names)[number];

/** For a template: which of the classes are worn, so that no other is defined. */
export type WornStyles = Readonly<Record<Style, boolean>>;

const none = Object.fromEntries(
  names.map((name) => [name, false]),
) as WornStyles;

/** Tells which styles are among these. */
export function wornStyles(worn: Iterable<Style>): WornStyles {
  const found: Record<Style, boolean> = { ...none };
  for (const style of worn) found[style] = true;
  return found;
}

/** Makes the part of a view that says who wears what: by style, the ids as `class` statements take them. */
export function styleViews(
  styled: readonly { readonly id: string; readonly style: Style }[],
): {
  readonly styles: readonly { readonly name: Style; readonly ids: string }[];
  readonly worn: WornStyles;
} {
  const ids = new Map<Style, string>();
  for (const { id, style } of styled) {
    const known = ids.get(style);
    ids.set(style, known === undefined ? id : `${known},${id}`);
  }
  return {
    styles: [...ids].map(([name, list]) => ({ name, ids: list })),
    worn: wornStyles(ids.keys()),
  };
}
