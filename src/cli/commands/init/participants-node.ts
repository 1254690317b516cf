// Publishers and consumers of a spec that init writes.
import type { JsonValue } from '../../../core/json.ts';
import type {
  CommentedEntry,
  CommentedMap,
} from '../../../render/commented-yaml.ts';
import type { Answers } from './answers.ts';
import { idempotencies, meaningOf, patterns } from './choices.ts';

const property = (
  key: string,
  value: JsonValue,
  comment: string | null = null,
): CommentedEntry => ({
  key,
  node: { kind: 'value', value, comment },
  above: [],
  hasBlankLineBefore: false,
  isCommentedOut: false,
});

/** Groups names by the services that go with them, in order of first mention. */
function byService(
  pairs: readonly (readonly [string, string])[],
): ReadonlyMap<string, readonly string[]> {
  const grouped = new Map<string, string[]>();
  for (const [service, name] of pairs) {
    const known = grouped.get(service);
    if (known === undefined) grouped.set(service, [name]);
    else if (!known.includes(name)) known.push(name);
  }
  return grouped;
}

/** Writes who publishes what; what a saga sends is its coordinator's without saying. */
export function publishersNode({ events, outbox }: Answers): CommentedMap {
  const published = byService(
    events.flatMap(({ name, publisher }) =>
      publisher === null ? [] : [[publisher, name] as const],
    ),
  );
  const entries = [...published].map(([service, names]): CommentedEntry => {
    const list = property('publishes', names);
    const flag = property('outbox', true, meaningOf(patterns, 'outbox'));
    return outbox
      ? {
          ...property(service, null),
          node: { kind: 'map', entries: [list, flag] },
        }
      : property(service, names);
  });
  return { kind: 'map', entries };
}

/** Writes who handles what, and how duplicates are borne. */
export function consumersNode({ events, idempotency }: Answers): CommentedMap {
  const handled = byService(
    events.flatMap(({ name, consumers }) =>
      consumers.map((service) => [service, name] as const),
    ),
  );
  const entries = [...handled].map(([service, names]): CommentedEntry => ({
    ...property(service, null),
    node: {
      kind: 'map',
      entries: [
        property(
          'idempotency',
          idempotency,
          meaningOf(idempotencies, idempotency),
        ),
        property('subscribes', names),
      ],
    },
  }));
  return { kind: 'map', entries };
}
