// What is wrong with an emitted RabbitMQ definitions file, read back as text: shares no code with what wrote it.

interface Definitions {
  readonly users: readonly {
    readonly name: string;
    readonly password_hash: string;
  }[];
  readonly permissions: readonly (Rights & { readonly user: string })[];
  readonly topic_permissions: readonly {
    readonly user: string;
    readonly exchange: string;
    readonly write: string;
    readonly read: string;
  }[];
  readonly policies: readonly Policy[];
  readonly queues: readonly {
    readonly name: string;
    readonly arguments: Readonly<Record<string, unknown>>;
  }[];
  readonly exchanges: readonly {
    readonly name: string;
    readonly type: string;
  }[];
  readonly bindings: readonly Binding[];
}

interface Rights {
  readonly configure: string;
  readonly write: string;
  readonly read: string;
}

interface Policy {
  readonly name: string;
  readonly pattern: string;
  readonly 'apply-to': string;
  readonly definition: Readonly<Record<string, unknown>>;
}

interface Binding {
  readonly source: string;
  readonly destination: string;
  readonly destination_type: string;
  readonly routing_key: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

/** Lists what does not hold, one sentence each. */
export function definitionsFaults(text: string): readonly string[] {
  const file = JSON.parse(text) as Definitions;
  return [
    ...referenceFaults(file),
    ...rightsFaults(file),
    ...laneFaults(file),
    ...file.policies.flatMap((policy) => policyFaults(file, policy)),
    ...file.users
      .filter(({ password_hash }) => password_hash !== '')
      .map(({ name }) => `user ${name} has a secret in the file`),
  ];
}

// Slots are 0, 1, 2, … without a gap, the same number everywhere; each leads to one lane of its exchange, slot mod lanes.
function laneFaults(file: Definitions): readonly string[] {
  const spreads = file.exchanges.filter(({ type }) => type === 'headers');
  const sizes = new Set<number>();
  const faults = spreads.flatMap(({ name }) => {
    const bound = file.bindings.filter(({ source }) => source === name);
    const stem = name.replace(/\.lanes$/, '.lane.');
    const lanes = file.queues.filter((queue) => queue.name.startsWith(stem));
    const slots = bound
      .map(({ arguments: given }) => Number(given['partition']))
      .toSorted((left, right) => left - right);
    sizes.add(slots.length);
    return [
      ...(slots.every((slot, at) => slot === at) && slots.length > 0
        ? []
        : [`the slots of ${name} are ${slots.join(' ')}`]),
      ...(slots.length < lanes.length
        ? [`${name} has fewer slots than lanes`]
        : []),
      ...bound
        .filter(
          ({ destination, routing_key: key, arguments: given }) =>
            key !== '' ||
            JSON.stringify(Object.keys(given)) !== '["x-match","partition"]' ||
            given['x-match'] !== 'all' ||
            typeof given['partition'] !== 'string' ||
            destination !==
              `${stem}${Number(given['partition']) % lanes.length}`,
        )
        .map(({ destination }) => `a slot of ${name} leads to ${destination}`),
      ...(file.policies.some(
        ({ pattern, definition, 'apply-to': to }) =>
          to === 'exchanges' &&
          (literalsOf(pattern) ?? []).includes(name) &&
          definition['alternate-exchange'] === 'unrouted',
      )
        ? []
        : [`${name} drops messages without a slot`]),
    ];
  });
  return sizes.size > 1
    ? [...faults, `groups differ in slots: ${[...sizes].join(' and ')}`]
    : faults;
}

const namesOf = (
  list: readonly { readonly name: string }[],
): ReadonlySet<string> => new Set(list.map(({ name }) => name));

function referenceFaults(file: Definitions): readonly string[] {
  const queues = namesOf(file.queues);
  const exchanges = namesOf(file.exchanges);
  const users = namesOf(file.users);
  return [
    ...file.bindings.flatMap(
      ({ source, destination, destination_type: type }) => [
        ...(exchanges.has(source)
          ? []
          : [`binding from ${source}, which does not exist`]),
        ...((type === 'queue' ? queues : exchanges).has(destination)
          ? []
          : [`binding to ${type} ${destination}, which does not exist`]),
      ],
    ),
    ...[...file.permissions, ...file.topic_permissions]
      .filter(({ user }) => !users.has(user))
      .map(({ user }) => `a right of ${user}, who does not exist`),
    ...file.topic_permissions
      .filter(({ exchange }) =>
        file.exchanges.every(
          ({ name, type }) => name !== exchange || type !== 'topic',
        ),
      )
      .map(
        ({ exchange }) =>
          `a topic right on ${exchange}, which is no topic exchange`,
      ),
  ];
}

// `^(?:a\.b|c)$` and `^a\.b$` name literal words and nothing else; `^$` names none.
function literalsOf(pattern: string): readonly string[] | null {
  const inner = /^\^(?:\(\?:(.*)\)|(.*))\$$/.exec(pattern);
  if (inner === null) return null;
  const text = inner[1] ?? inner[2] ?? '';
  if (text === '') return [];
  const words = text.split('|');
  return words.every((word) => /^(?:[\w-]|\\[.-])+$/.test(word))
    ? words.map((word) => word.replaceAll('\\', ''))
    : null;
}

function rightsFaults(file: Definitions): readonly string[] {
  const queues = namesOf(file.queues);
  const exchanges = new Set([...namesOf(file.exchanges), 'amq.default']);
  const check = (
    what: string,
    pattern: string,
    known: ReadonlySet<string> | null,
  ): readonly string[] => {
    const words = literalsOf(pattern);
    if (words === null) return [`${what} ${pattern} matches more than names`];
    return words
      .filter((word) => known !== null && !known.has(word))
      .map((word) => `${what} ${word}, which does not exist`);
  };
  return [
    ...file.permissions.flatMap(({ user, configure, write, read }) => [
      ...(configure === '^$' ? [] : [`${user} may configure ${configure}`]),
      ...check(`${user} may write`, write, exchanges),
      ...check(`${user} may read`, read, queues),
    ]),
    ...file.topic_permissions.flatMap(({ user, exchange, write }) => {
      const bound = new Set(
        file.bindings
          .filter(({ source }) => source === exchange)
          .map(({ routing_key }) => routing_key),
      );
      // An event that nobody here consumes is published all the same, so only dead letters must end somewhere.
      return check(
        `${user} may write on ${exchange} with`,
        write,
        exchange === 'dead-letters' ? bound : null,
      );
    }),
  ];
}

function policyFaults(file: Definitions, policy: Policy): readonly string[] {
  const { name, pattern, definition } = policy;
  const words = literalsOf(pattern);
  if (words === null)
    return [`policy ${name} matches more than names: ${pattern}`];
  const kind = policy['apply-to'];
  const known =
    kind === 'queues' ? namesOf(file.queues) : namesOf(file.exchanges);
  const strategy = definition['dead-letter-strategy'];
  return [
    ...words
      .filter((word) => !known.has(word))
      .map((word) => `policy ${name} is for ${word}, which does not exist`),
    ...file.policies
      .filter(
        (other) =>
          other !== policy &&
          other['apply-to'] === kind &&
          (literalsOf(other.pattern) ?? []).some((word) =>
            words.includes(word),
          ),
      )
      .map((other) => `policies ${name} and ${other.name} meet`),
    ...(strategy === 'at-least-once' &&
    definition['overflow'] !== 'reject-publish'
      ? [`policy ${name} dead-letters at least once without reject-publish`]
      : []),
    ...routeFaults(file, policy),
  ];
}

function routeFaults(
  file: Definitions,
  { name, definition }: Policy,
): readonly string[] {
  const exchange = definition['dead-letter-exchange'];
  const key = definition['dead-letter-routing-key'];
  const alternate = definition['alternate-exchange'];
  const isSpread = file.exchanges.some(
    (one) => one.name === exchange && one.type === 'headers',
  );
  const ends = (from: unknown, routingKey: unknown): boolean =>
    file.bindings.some(
      ({ source, destination_type: type, routing_key: own }) =>
        source === from &&
        type === 'queue' &&
        (routingKey === null || own === routingKey),
    );
  const isRouted =
    exchange === undefined ||
    (exchange === ''
      ? namesOf(file.queues).has(String(key))
      : ends(exchange, isSpread ? null : key));
  return [
    ...(isRouted ? [] : [`dead letters of policy ${name} end nowhere`]),
    ...(alternate === undefined || ends(alternate, null)
      ? []
      : [`the alternate exchange of policy ${name} leads nowhere`]),
  ];
}
