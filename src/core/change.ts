// A change to a spec that needs no judgement, told with the finding that it ends. Where it applies is the finding's pointer.
import type { Range } from './range.ts';

export type Change =
  /** The key (`at: key`) or the text (`at: value`) is to be another. */
  | { readonly kind: 'rename'; readonly to: string }
  /** The value as it is written is meant as a text. */
  | { readonly kind: 'quote' }
  /** The text is meant as the number, or as true or false, that it spells. */
  | { readonly kind: 'unquote' }
  /** The entry or item is to go. */
  | { readonly kind: 'remove' }
  /** The mapping lacks an entry. */
  | {
      readonly kind: 'insert';
      readonly key: string;
      readonly value: string | number;
    }
  /** A part of the text that stands for no value is to be another, such as a comment. */
  | { readonly kind: 'text'; readonly range: Range; readonly to: string };
