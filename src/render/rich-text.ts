// A sentence made of our own words and of texts from the spec, kept apart until the format's helper joins them.

/** `words` are ours and may hold markup; `text` and `code` come from the spec and are escaped. */
export type Segment =
  | { readonly kind: 'words'; readonly value: string }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'code'; readonly value: string };

export type RichText = readonly Segment[];

/** Tells whether a value of a view is a rich text. */
export function isRichText(value: unknown): value is RichText {
  if (!Array.isArray(value)) return false;
  for (const segment of value as readonly unknown[])
    if (!isSegment(segment)) return false;
  return true;
}

const isSegment = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  'kind' in value &&
  'value' in value;
