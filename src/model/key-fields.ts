// What is certain of the fields that make the keys of events.
import type { KeyPath } from './event-key.ts';
import { locateField, shapeLookup } from './locate-field.ts';
import { anything, type LocatedField } from './located-field.ts';
import type { Event, Model } from './model.ts';

export interface KeyField {
  readonly path: KeyPath;
  readonly field: LocatedField;
}

/** Finds the fields of each event's key, in their order; events without a key are absent. */
export function keyFieldsOf(
  model: Pick<Model, 'events' | 'types'>,
): ReadonlyMap<string, readonly KeyField[]> {
  const shapeOf = shapeLookup(model.types);
  return new Map(
    model.events.flatMap(({ name, key, payload }: Event) =>
      key === null
        ? []
        : [
            [
              name,
              key.map((path) => ({
                path,
                field: locateField(payload, path, shapeOf) ?? anything,
              })),
            ] as const,
          ],
    ),
  );
}
