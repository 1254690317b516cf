// What comes of reading a type: the type, or what is wrong with its text.
import type { FieldType } from '../model/payload.ts';

export type ParsedType =
  | { readonly type: FieldType }
  | {
      readonly problem: 'unknown';
      readonly name: string;
      readonly near: string | null;
    }
  | {
      readonly problem: 'malformed';
      readonly reason: string;
      readonly advice: string;
    };

/** Tells why a text is no type, and what to write. */
export const malformed = (reason: string, advice: string): ParsedType => ({
  problem: 'malformed',
  reason,
  advice,
});
