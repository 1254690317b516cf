// What can be wrong with a spec as a set of files, and with a plan as a set of artifacts.
import { defineDiagnostics } from '../core/catalogue.ts';

export const loadDiagnostics = defineDiagnostics('load', {
  'include-not-found': {
    severity: 'error',
    message: '"{pattern}" includes nothing: {reason}',
    hint: 'Write the path or glob relative to "{file}", such as "parts/*.yaml".',
    why: 'A part of the system that is not found would silently be missing from the design.',
  },
  'include-circle': {
    severity: 'error',
    message: '"{file}" is included by itself: {path}',
    hint: 'Remove one of the includes of the circle.',
    why: 'Files that include each other have no order in which they could be read.',
  },
  'duplicate-definition': {
    severity: 'error',
    message: '{what} is defined twice: in "{first}" and in "{second}"',
    hint: '{advice}',
    why: 'Files that are merged share one set of names. One of two definitions would be lost.',
  },
} as const);

export const planDiagnostics = defineDiagnostics('plan', {
  'no-code': {
    severity: 'warning',
    message: 'no code is generated: {reason}',
    hint: 'Set "eventStore" to postgresql or kurrentdb, or choose other targets with "--only".',
    why: 'Code that keeps its events elsewhere than the design says would be worse than none.',
  },
  'path-conflict': {
    severity: 'error',
    message: 'the targets "{first}" and "{second}" both write "{path}"',
    hint: 'Choose one of them with "--only", or rename what the file is named after.',
    why: 'One file would silently overwrite the other, also where file systems ignore case.',
  },
} as const);
