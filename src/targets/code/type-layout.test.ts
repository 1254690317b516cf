import { describe, expect, it } from 'vitest';
import { layOutDeclaration } from './type-layout.ts';

const member = (line: string): string =>
  `export interface Order {\n  readonly id: string; // uuid\n${line}\n}\n`;

describe('the layout of a declaration', () => {
  it.each([
    "  readonly status: 'open' | 'closed' | null;",
    '  readonly tags?: readonly string[]; // personal data',
    '  /** Where it goes. */\n  readonly to: types.Address;',
    `  readonly ${'n'.repeat(100)}: string;`,
    '  readonly rows: readonly (readonly string[])[];',
    "  readonly rows: readonly (readonly ('a' | 'b')[])[];",
    '  readonly cubes: readonly (readonly (readonly number[])[])[];',
  ])('leaves what is laid out: %s', (line) => {
    expect(layOutDeclaration(member(line))).toBe(member(line));
  });

  it('breaks a union that is too wide by its remark', () => {
    const union = "  readonly status: 'aaaaaaaaaaaaaaaa' | 'bbbbbbbbbbbbbbbb';";
    const fitting = `${union} // ${'r'.repeat(80 - union.length - 4)}`;
    expect(layOutDeclaration(member(fitting))).toBe(member(fitting));
    expect(layOutDeclaration(member(`${fitting}r`))).toContain(
      "  readonly status:\n    'aaaaaaaaaaaaaaaa' | 'bbbbbbbbbbbbbbbb'; // r",
    );
  });

  it.each([
    ["  readonly 'it\\'s': string;", '  readonly "it\'s": string;'],
    [
      "  readonly kind: 'it\\'s' | 'other';",
      "  readonly kind: \"it's\" | 'other';",
    ],
    ['  readonly   spaced: string;', '  readonly spaced: string;'],
  ])('lays out what is not: %s', (line, laid) => {
    expect(layOutDeclaration(member(line))).toBe(member(laid));
  });
});
