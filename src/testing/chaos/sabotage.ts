// Takes one protection out of a generated project, in its text; a patch that does not apply is an error.

/** The protections that a run can do without. */
export const protections = ['outbox', 'inbox', 'confirms', 'order'] as const;

export type Protection = (typeof protections)[number];

/** One replacement in one file of the generated project. */
interface Patch {
  readonly path: string;
  readonly from: string;
  readonly to: string;
}

const withoutOutbox = (service: string): readonly Patch[] => [
  {
    path: `src/generated/services/${service}.ts`,
    from: `import { transactionalOutbox } from '../../runtime/outbox/relay.js';\n`,
    to: '',
  },
  {
    path: `src/generated/services/${service}.ts`,
    from: 'outbox: transactionalOutbox,',
    // What the runtime does for a service without an outbox: it publishes after the commit.
    to: 'outbox: null,',
  },
];

const confirmsOf: Readonly<Record<string, readonly Patch[]>> = {
  rabbitmq: [
    {
      path: 'src/runtime/rabbitmq/rabbit-publisher.ts',
      from: 'this.waiting.add(reject);',
      // Done as soon as it is written to the socket.
      to: 'this.waiting.add(reject);\n      resolve();',
    },
  ],
  kafka: [
    {
      path: 'src/runtime/kafka/kafkajs-client.ts',
      from: 'idempotent: true,',
      to: 'idempotent: false,',
    },
    {
      path: 'src/runtime/kafka/kafkajs-client.ts',
      from: 'acks: -1,',
      to: 'acks: 0,',
    },
  ],
};

const patchesOf = (
  protection: Protection,
  broker: string,
): readonly Patch[] => {
  switch (protection) {
    case 'outbox':
      return ['order-service', 'inventory-service', 'payment-service'].flatMap(
        withoutOutbox,
      );
    case 'inbox':
      return [
        {
          path: 'src/runtime/consume/inbox.ts',
          from: 'return rows.length === 1;',
          to: 'return rows.length >= 0;',
        },
      ];
    case 'confirms':
      return confirmsOf[broker] ?? [];
    case 'order':
      return [
        {
          path: 'src/runtime/outbox/relay.ts',
          from: 'ORDER BY outbox.position LIMIT $1',
          to: 'ORDER BY outbox.position DESC LIMIT $1',
        },
      ];
    default:
      return protection satisfies never;
  }
};

/** Text of a project by path below its folder. */
export type ProjectText = ReadonlyMap<string, string>;

/**
 * Gives the project without one protection.
 *
 * Throws: the text to replace is not there exactly once, so the run would prove nothing.
 */
export function sabotage(
  project: ProjectText,
  protection: Protection,
  broker: string,
): ProjectText {
  const patches = patchesOf(protection, broker);
  if (patches.length === 0)
    throw new Error(`nothing takes out ${protection} on ${broker}`);
  const changed = new Map(project);
  for (const { path, from, to } of patches) {
    const text = changed.get(path);
    const parts = text?.split(from) ?? [];
    if (parts.length !== 2)
      throw new Error(
        `"${from}" stands ${String(Math.max(0, parts.length - 1))} times in ${path}, not once`,
      );
    changed.set(path, parts.join(to));
  }
  return changed;
}
