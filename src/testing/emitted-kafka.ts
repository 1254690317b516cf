// What is wrong with emitted Kafka files, read back as text: shares no code with what wrote them.

interface Section {
  readonly name: string;
  /** Words of each line below it. */
  readonly lines: readonly (readonly string[])[];
}

/** Lists what does not hold in `topics.conf`, `acls.conf` and `users.conf`, one sentence each. */
export function kafkaFaults(files: {
  readonly topics: string;
  readonly acls: string;
  readonly users: string;
  /** Groups that consumers are set to join. */
  readonly groups: readonly string[];
}): readonly string[] {
  const topics = sectionsOf(files.topics, 'topic');
  const names = new Set(topics.map(({ name }) => name));
  const users = new Set(
    sectionsOf(files.users, 'user').map(({ name }) => name),
  );
  const rights = sectionsOf(files.acls, 'user').flatMap(
    ({ name: user, lines }) =>
      lines.map(([resource = '', pattern = '', name = '', ...operations]) => ({
        user,
        resource,
        pattern,
        name,
        operations,
      })),
  );
  const readers = new Set(
    rights
      .filter(
        ({ resource, operations }) =>
          resource === 'topic' && operations.includes('Read'),
      )
      .map(({ name }) => name),
  );
  return [
    ...topics.flatMap((topic) => topicFaults(topic, topics)),
    ...rights
      .filter(({ user }) => !users.has(user))
      .map(({ user }) => `a right of ${user}, who does not exist`),
    ...rights
      .filter(
        ({ resource, pattern, name }) =>
          resource === 'topic' &&
          pattern === 'literal' &&
          name !== '*' &&
          !names.has(name),
      )
      .map(
        ({ user, name }) =>
          `${user} has a right on topic ${name}, which does not exist`,
      ),
    ...rights
      .filter(
        ({ pattern, name, operations }) =>
          (name === '*' || (pattern === 'prefixed' && name === '')) &&
          operations.some((operation) => operation !== 'Describe'),
      )
      .map(({ user, resource }) => `${user} has a right on every ${resource}`),
    ...[...names]
      .filter((name) => /\.dlt$|\.retry\.\d+$/.test(name) && !readers.has(name))
      .map((name) => `nobody may read ${name}`),
    ...files.groups
      .filter(
        (group) =>
          !rights.some(
            ({ resource, name }) => resource === 'group' && name === group,
          ),
      )
      .map((group) => `nobody may join group ${group}`),
  ];
}

function sectionsOf(text: string, word: string): readonly Section[] {
  const sections: { name: string; lines: (readonly string[])[] }[] = [];
  for (const line of text.split('\n')) {
    const words = line
      .replace(/(^|\s)#.*$/, '')
      .trim()
      .split(/\s+/)
      .filter((one) => one !== '');
    if (words.length === 0) continue;
    if (words[0] === word && !line.startsWith(' '))
      sections.push({ name: words[1] ?? '', lines: [] });
    else sections.at(-1)?.lines.push(words);
  }
  return sections;
}

function topicFaults(
  { name, lines }: Section,
  topics: readonly Section[],
): readonly string[] {
  const numberOf = (section: Section | undefined): number =>
    Number(section?.lines.find(([key]) => key === 'partitions')?.[1] ?? 0);
  const partitions = numberOf({ name, lines });
  const settings = new Map(
    lines
      .filter(([key]) => key === 'config')
      .map(([, setting = '']) => setting.split('=') as [string, string]),
  );
  // A topic that serves another is named after it.
  const isServing = (one: string): boolean => /\.(?:dlt|retry\.\d+)$/.test(one);
  const [source] = topics
    .filter(
      (one) =>
        isServing(name) &&
        !isServing(one.name) &&
        name.startsWith(`${one.name}.`),
    )
    .toSorted((a, b) => b.name.length - a.name.length);
  return [
    ...(partitions >= 1 ? [] : [`${name} has no partitions`]),
    ...(source !== undefined && partitions < numberOf(source)
      ? [`${name} has fewer partitions than ${source.name}`]
      : []),
    ...(settings.has('cleanup.policy')
      ? []
      : [`${name} does not say what is kept`]),
    ...(/^[\w.-]{1,249}$/.test(name) ? [] : [`${name} is no name of a topic`]),
  ];
}
