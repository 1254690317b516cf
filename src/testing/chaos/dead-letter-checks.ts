// The checks on what the groups gave up: each poison message with its reason, and nothing else.
import type { Pool } from 'pg';
import type { CheckResult } from './check.ts';
import type { DeadLetter } from './chaos-broker.ts';
import type { Garbage } from './double-deliveries.ts';
import type { Fate, PlannedOrder } from './planned-orders.ts';

/** One dead letter that must be there. */
interface ExpectedLetter {
  readonly group: string;
  /** Identity of the message, or the text of one that has none. */
  readonly message: string;
  readonly reason: 'attempts-exhausted' | 'permanent-error';
  readonly error: string;
  readonly attempts: number;
}

interface Poison extends Omit<ExpectedLetter, 'message'> {
  readonly fate: Fate;
}

const poisons: readonly Poison[] = [
  {
    fate: 'poison-permanent',
    group: 'notification-service.order',
    reason: 'permanent-error',
    error: 'PermanentError: this address can never be written to',
    attempts: 1,
  },
  {
    fate: 'poison-transient',
    group: 'notification-service.order',
    reason: 'attempts-exhausted',
    error: 'Error: the mail server is away each time',
    attempts: 3,
  },
  {
    fate: 'poison-audit',
    group: 'audit-service.order',
    reason: 'permanent-error',
    error: 'PermanentError: the auditor refuses this order',
    attempts: 1,
  },
];

/** Fills the table of what is poison to which group, for the checks on effects. */
export async function layPoisonTable(
  database: Pool,
  orders: readonly PlannedOrder[],
): Promise<void> {
  await database.query(
    'CREATE TABLE evidence.poison (consumer_group text NOT NULL, message_id text NOT NULL, PRIMARY KEY (consumer_group, message_id))',
  );
  for (const { fate, group } of poisons) {
    await database.query(
      `INSERT INTO evidence.poison SELECT $1, id FROM evidence.event WHERE type = 'order.created' AND key = ANY($2)`,
      [
        group,
        orders.filter((order) => order.fate === fate).map(({ id }) => id),
      ],
    );
  }
}

/** Lists the dead letters that a run must have left. */
export async function expectedLetters(
  database: Pool,
  orders: readonly PlannedOrder[],
  garbage: readonly Garbage[],
): Promise<readonly ExpectedLetter[]> {
  const { rows } = await database.query<{
    readonly id: string;
    readonly key: string;
  }>(`SELECT id, key FROM evidence.event WHERE type = 'order.created'`);
  const fateOf = new Map(orders.map(({ id, fate }) => [id, fate]));
  const poisoned = rows.flatMap(({ id, key }) =>
    poisons
      .filter(({ fate }) => fateOf.get(key) === fate)
      .map((poison): ExpectedLetter => ({ ...poison, message: id })),
  );
  const unreadable = garbage.flatMap(({ body, groups }) =>
    groups.map((group): ExpectedLetter => ({
      group,
      message: body,
      reason: 'permanent-error',
      error: 'InvalidMessageError: the body is not JSON',
      attempts: 1,
    })),
  );
  return [...poisoned, ...unreadable];
}

/** Compares what is there with what must be; a letter may be there more than once, as a message may come twice. */
export function deadLetterChecks(
  letters: readonly DeadLetter[],
  expected: readonly ExpectedLetter[],
): readonly CheckResult[] {
  const wanted = new Map(
    expected.map((letter) => [`${letter.group} ${letter.message}`, letter]),
  );
  const found = new Map<string, DeadLetter[]>();
  for (const letter of letters) {
    const name = `${letter.group} ${messageOf(letter.body)}`;
    found.set(name, [...(found.get(name) ?? []), letter]);
  }
  const amiss = [...wanted].flatMap(([name, letter]) => {
    const copies = found.get(name) ?? [];
    if (copies.length === 0) return [`${name} is not there`];
    return copies
      .filter((copy) => !isAsExpected(copy, letter))
      .slice(0, 1)
      .map(
        ({ reason, error, attempts }) =>
          `${name}: ${reason} "${error}" after ${String(attempts)}`,
      );
  });
  const others = [...found].filter(([name]) => !wanted.has(name));
  return [
    {
      name: 'poison-kept',
      says: 'every poison message is a dead letter with reason and attempts',
      looked: wanted.size,
      wrong: amiss.length,
      examples: amiss.slice(0, 3),
    },
    {
      name: 'nothing-else-dead',
      says: 'there is no other dead letter',
      looked: letters.length,
      wrong: others.length,
      examples: others
        .slice(0, 3)
        .map(([name, [letter]]) => `${name}: ${letter?.error ?? ''}`),
    },
  ];
}

/** A broker that lost a consumer may count its attempt: never fewer than the policy says. */
const isAsExpected = (letter: DeadLetter, expected: ExpectedLetter): boolean =>
  letter.reason === expected.reason &&
  letter.error === expected.error &&
  letter.attempts >= expected.attempts;

function messageOf(body: string): string {
  try {
    return (JSON.parse(body) as { readonly id: string }).id;
  } catch {
    return body;
  }
}
