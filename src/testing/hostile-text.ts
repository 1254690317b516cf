// Texts that try to break out of where they are printed; for property tests of escaping.
import * as fc from 'fast-check';

/** Fragments that mean something in Markdown, HTML, Mermaid, shells, TypeScript, SQL, YAML or Handlebars. */
export const hostileFragments: readonly string[] = [
  ['|', '\\', '\\|', '`', '``', '```', '````\n', '*', '**', '_', '__'],
  ['~~', '[', ']', '](', '![x](y)', '<', '>', '<b>', '</code>', '<!--'],
  ['<script>', '&amp;', '&#124;', '#', '##', '# ', '- ', '+ ', '1. ', '2) '],
  ['=', '---', '===', '> ', ':--', '$', '$$', '$(touch /tmp/x)', '${x}'],
  ['{{name}}', '{{{x}}}', '{{#each}}', '}}', '"', "'", "''", "'\"'", ';'],
  ['%%', '%%{init: {}}%%', 'end', 'subgraph', 'graph TD', 'style', 'click'],
  ['-->', '->>', '::', ':', '\n', '\r\n', '\t', '\u2028', '\u0000', '\u0007'],
  ['\u202e', '\u2066', '\ufeff', '\ud800', 'مرحبا', 'שלום', '👩‍🚀', '*/', '/*'],
  ['//', '--', 'constructor', '__proto__', 'class', ' ', '  ', 'a', 'é'],
  ['order.created', 'https://x.test/a_b_(c)', 'a@b.test', '\\n', '&', '!'],
].flat();

/** Makes texts of hostile fragments and of any characters. */
export function hostileText(): fc.Arbitrary<string> {
  return fc.oneof(
    fc
      .array(fc.constantFrom(...hostileFragments), { maxLength: 8 })
      .map((parts) => parts.join('')),
    fc.string({ unit: 'grapheme', maxLength: 30 }),
    fc.string({ unit: 'binary', maxLength: 30 }),
  );
}
