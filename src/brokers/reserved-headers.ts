// Headers that an event declares and that something on the way sets or reads itself.
import type { Pointer } from '../core/pointer.ts';
import type { Model } from '../model/model.ts';

export interface ReservedHeader {
  readonly event: string;
  readonly header: string;
  /** What the header is for, as a relative clause. */
  readonly use: string;
  readonly pointer: Pointer;
}

/** Finds the headers of events that are taken. `useOf` tells what a name is for, null when it is free. */
export function reservedHeaders(
  model: Model,
  useOf: (name: string) => string | null,
): readonly ReservedHeader[] {
  return model.events.flatMap(({ name: event, headers }) =>
    (headers?.fields ?? []).flatMap(({ name: header, origin }) => {
      const use = useOf(header) ?? useOfMoved(header);
      return use === null ? [] : [{ event, header, use, pointer: origin }];
    }),
  );
}

/** A message that is retried or given up is published again, with what it was in these. */
function useOfMoved(name: string): string | null {
  const isMoved =
    ['x-attempt', 'x-type', 'x-channel'].includes(name) ||
    name.startsWith('x-dead-letter-');
  return isMoved
    ? 'which tells of a message that is retried or given up where it comes from'
    : null;
}
