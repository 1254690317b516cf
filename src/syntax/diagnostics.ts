// What can be wrong with a file as YAML, before anything is known about architecture.
import { defineDiagnostics } from '../core/catalogue.ts';

export const syntaxDiagnostics = defineDiagnostics('syntax', {
  'empty-file': {
    severity: 'error',
    message: '"{file}" holds no spec: it is empty or only comments',
    hint: 'Start with "eventArch: 1", or let "event-arch init" write a first spec.',
    why: 'A spec is one YAML mapping. An empty file has nothing to check or to generate from.',
  },
  'not-a-mapping': {
    severity: 'error',
    message: 'the spec is {found}, but it has to be a mapping of sections',
    hint: 'Write the sections as keys, e.g. "eventArch: 1" and "events:" on lines of their own.',
    why: 'Every part of a spec is a named section: events, publishers, consumers and so on.',
  },
  'duplicate-key': {
    severity: 'error',
    message: 'the key "{key}" stands twice in one mapping',
    hint: 'Remove one of the two, or merge what they hold.',
    why: 'YAML parsers keep one of two equal keys and drop the other silently, so half of the design would be lost.',
  },
  'list-in-flow': {
    severity: 'error',
    message:
      'YAML reads the "[" of "{text}" as the start of a list, because it stands inside braces',
    hint: 'Write "list<{item}>" inside braces, or give the field a line of its own.',
    why: 'In a flow mapping, [ and ] belong to YAML. The list<T> form of the payload shorthand has no brackets.',
  },
  'tab-indentation': {
    severity: 'error',
    message: 'a tab is used where YAML wants spaces',
    hint: 'Indent with spaces; most editors do it with "expand tabs" or "indent using spaces".',
    why: 'YAML forbids tabs in indentation, since their width differs from editor to editor.',
  },
  'unclosed-bracket': {
    severity: 'error',
    message: 'a "{bracket}" is opened here and never closed',
    hint: 'Add the closing bracket, or check the indentation of the lines after it.',
    why: 'Until the bracket is closed, YAML reads everything that follows as part of it.',
  },
  'unclosed-quote': {
    severity: 'error',
    message: 'a quote ({quote}) is opened here and never closed',
    hint: 'Close the quote at the end of the text; inside it, write the quote as \\" or, between single quotes, as two single quotes.',
    why: 'Until the quote is closed, YAML reads everything that follows as one text.',
  },
  'colon-in-text': {
    severity: 'error',
    message: 'YAML reads the ": " in this text as the end of a key',
    hint: 'Put the whole text in quotes.',
    why: 'In YAML a colon with a space behind it divides a key from its value, also in the middle of a text without quotes.',
  },
  'several-documents': {
    severity: 'error',
    message: 'the file holds several YAML documents, divided by "---"',
    hint: 'Keep one spec in one file; bring other files in with "include".',
    why: 'A spec is one document. Parts of a large system are separate files joined by include.',
  },
  'alias-expansion': {
    severity: 'error',
    message: 'the aliases of this file expand to more than {limit} values',
    hint: 'Write the repeated parts under "types" instead of nesting aliases in aliases.',
    why: 'Nested aliases grow exponentially; a small file could fill the memory of a build machine.',
  },
  'unknown-alias': {
    severity: 'error',
    message: 'the alias "*{name}" has no anchor "&{name}" before it',
    hint: 'Define the anchor above its first use. A text that starts with "*", such as a pattern, needs quotes.',
    why: 'In YAML a plain * starts an alias. Patterns such as "*.created" must be quoted.',
  },
  'key-not-text': {
    severity: 'error',
    message: 'a key is {found}, but keys have to be plain names',
    hint: 'Write a plain name before the colon, in quotes when it holds special characters.',
    why: 'Every key of a spec is a name. Lists and mappings as keys have no meaning here.',
  },
  'invalid-yaml': {
    severity: 'error',
    message: 'this is not valid YAML: {reason}',
    hint: 'Check the indentation, quotes and colons here and on the line before; a text with ": " or " #" in it needs quotes.',
    why: 'The file cannot be read past this point with certainty, so nothing after it is checked.',
  },
  'too-deep': {
    severity: 'error',
    message: 'the file is nested more than {limit} levels deep',
    hint: 'Flatten the nesting; a spec needs fewer than 20 levels.',
    why: 'Nesting this deep is never a design, and reading it would exhaust the stack.',
  },
} as const);
