// From a path into a payload to the field of the spec that it runs through.
import { segmentsOf, type Pointer } from '../core/pointer.ts';
import type { Shape } from '../model/payload.ts';

/** Finds where the first step of a payload's path is written; the shape itself when it names no field of it. */
export function pointerInto(shape: Shape, path: string): Pointer {
  const [first] = segmentsOf(path);
  const field = shape.fields.find(({ name }) => name === first);
  return field?.origin ?? shape.origin;
}
