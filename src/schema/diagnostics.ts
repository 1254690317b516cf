// What can be wrong with a spec by its schema alone.
import { defineDiagnostics } from '../core/catalogue.ts';

export const schemaDiagnostics = defineDiagnostics('schema', {
  'unknown-property': {
    severity: 'error',
    message: '{where} has no property "{name}"',
    hint: '{advice}',
    why: 'A property that the language does not know would be ignored, so a mistyped setting would silently not hold.',
  },
  'misplaced-schema': {
    severity: 'error',
    message: '{where} holds JSON Schema, and takes fields in payload shorthand',
    hint: '{advice}',
    why: 'Fields and JSON Schema are two ways to write one payload. Read as fields, the keywords of a schema would be names of fields.',
  },
  'nested-fields': {
    severity: 'error',
    message: '{where} holds fields, and takes a type',
    hint: '{advice}',
    why: 'Each field is one line in payload shorthand: its name and its type. An object inside another is a type with a name, which the generated code has too.',
  },
  'missing-property': {
    severity: 'error',
    message: '{where} lacks "{name}"',
    hint: 'Add "{name}"{form}: {meaning}',
    why: 'Without this property the design is not defined at this place, and there is no safe default.',
  },
  'wrong-type': {
    severity: 'error',
    message: '{where} has to be {expected}, not {found}',
    hint: '{advice}',
    why: 'Each property has one form, or a short and a long form. The schema names them.',
  },
  'not-allowed': {
    severity: 'error',
    message: '{found} is not a value of {where}',
    hint: '{advice}',
    why: 'The property takes one of a closed list of words.',
  },
  'unit-needed': {
    severity: 'error',
    message: '{where} needs a unit: {found} is a bare number',
    hint: 'Write it with its unit, e.g. {example}.',
    why: 'A bare number could be milliseconds or days, bytes or megabytes; the difference is an outage.',
  },
  'bad-format': {
    severity: 'error',
    message: '{where} cannot be written as {found}',
    hint: '{advice}',
    why: 'Durations, sizes, rates and versions have one spelling each, so that nobody has to guess the unit.',
  },
  'bad-name': {
    severity: 'error',
    message: '"{name}" cannot be a name here',
    hint: '{advice}',
    why: 'Names become topics, queues, files and identifiers; the pattern keeps them legal in all of these.',
  },
  'out-of-range': {
    severity: 'error',
    message: '{where} is {found}, but has to be {bound}',
    hint: '{meaning}',
    why: 'The number has a range in which it means something.',
  },
  'empty-value': {
    severity: 'error',
    message: '{where} is empty',
    hint: '{meaning}',
    why: 'An empty text or list says nothing; leave the property out, or fill it in.',
  },
  'repeated-item': {
    severity: 'error',
    message: '{found} stands twice in {where}',
    hint: 'Remove one of the two.',
    why: 'A repeated entry has no meaning of its own, so one of the two is probably a slip.',
  },
  'quote-version': {
    severity: 'error',
    message: '{where} is read as the number {found}',
    hint: 'Put the version in quotes, e.g. "{found}".',
    why: 'YAML reads 4.10 as the number 4.1. Quotes keep a version what it is.',
  },
} as const);
