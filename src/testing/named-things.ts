// What the generated pages name for people to type, checked against the other generated files; all are read as text.

type Files = ReadonlyMap<string, string>;

/** Lists scripts, groups, read models, places and users that a page names and that no file of the design has. */
export function namedFaults(files: Files): readonly string[] {
  const known = knownThings(files);
  const pages = [...files].filter(([path]) => path.endsWith('.md'));
  return pages.flatMap(([path, text]) =>
    [
      ...scriptFaults(text, known),
      ...commandFaults(text, known),
      ...replayFaults(text, known),
    ].map((fault) => `${path}: ${fault}`),
  );
}

interface Known {
  readonly scripts: ReadonlySet<string>;
  readonly groups: ReadonlySet<string>;
  readonly rebuilt: ReadonlySet<string>;
  /** Queues, exchanges and topics. */
  readonly places: ReadonlySet<string>;
  /** Consumer groups that somebody has a right to, or queues. */
  readonly readers: ReadonlySet<string>;
  readonly users: ReadonlySet<string>;
  readonly vhosts: ReadonlySet<string>;
  readonly mayRead: (user: string, place: string) => boolean;
}

interface Definitions {
  readonly vhosts: readonly { readonly name: string }[];
  readonly queues: readonly { readonly name: string }[];
  readonly exchanges: readonly { readonly name: string }[];
  readonly users: readonly { readonly name: string }[];
  readonly permissions: readonly {
    readonly user: string;
    readonly read: string;
  }[];
}

function knownThings(files: Files): Known {
  const scripts = files.get('code/package.json') ?? '{ "scripts": {} }';
  const definitions = [...files]
    .filter(([path]) => /rabbitmq\/definitions\.[^/]*json$/.test(path))
    .map(([, text]) => JSON.parse(text) as Definitions);
  const names = (
    of: Exclude<keyof Definitions, 'permissions'>,
  ): readonly string[] =>
    definitions.flatMap((one) => one[of].map(({ name }) => name));
  const rights = files.get('broker/kafka/acls.conf') ?? '';
  const topics = files.get('broker/kafka/topics.conf') ?? '';
  const found = (text: string, pattern: RegExp): readonly string[] =>
    [...text.matchAll(pattern)].map(([, name = '']) => name);
  const code = (folder: string): readonly string[] =>
    [...files]
      .filter(([path]) => path.startsWith(`code/src/generated/${folder}/`))
      .map(([, text]) => text);
  return {
    scripts: new Set(
      Object.keys(
        (JSON.parse(scripts) as { scripts: Record<string, string> }).scripts,
      ),
    ),
    groups: new Set(
      code('services').flatMap((text) =>
        found(text, /^\s+group:\s+'([^']+)'/gm),
      ),
    ),
    rebuilt: new Set(
      code('projections')
        .filter((text) => /rebuiltFrom: \[\s*'/.test(text))
        .flatMap((text) => found(text, /^ {2}name: '([^']+)',\n {2}group/gm)),
    ),
    places: new Set([
      ...names('queues'),
      ...names('exchanges'),
      ...found(topics, /^topic (\S+)/gm),
    ]),
    readers: new Set([
      ...names('queues'),
      ...found(rights, /^ {2}group literal (\S+)/gm),
    ]),
    users: new Set([...names('users'), ...found(rights, /^user (\S+)/gm)]),
    vhosts: new Set(names('vhosts')),
    mayRead: (user, place) =>
      definitions.some(({ permissions }) =>
        permissions.some(
          (one) => one.user === user && new RegExp(one.read).test(place),
        ),
      ) ||
      rights
        .split(/^user /m)
        .filter((block) => block.startsWith(`${user}\n`))
        .flatMap((block) => block.split('\n'))
        .some((line) =>
          ['topic', 'group'].some(
            (kind) =>
              line.startsWith(`  ${kind} literal ${place} `) &&
              / Read\b/.test(line),
          ),
        ),
  };
}

function scriptFaults(text: string, known: Known): readonly string[] {
  const named = [
    ...text.matchAll(/\bnpm (?:--prefix code )?run (?:-s )?([\w:-]+)/g),
    ...text.matchAll(/\bnpm (?:--prefix code )?(start|test)\b/g),
  ].map(([, script = '']) => script);
  return [...new Set(named)]
    .filter((script) => !known.scripts.has(script))
    .map((script) => `there is no script for npm run ${script}`);
}

/** Faults of shell lines in fences, and of commands in the text. */
function commandFaults(text: string, known: Known): readonly string[] {
  const fenced = [...text.matchAll(/^```sh\n([\s\S]*?)^```/gm)].flatMap(
    ([, block = '']) => block.split('\n'),
  );
  const inText = [...text.matchAll(/`(npm [^`\n]*)`/g)].map(
    ([, line = '']) => line,
  );
  return [
    ...[...fenced, ...inText].flatMap((line) =>
      lineFaults(wordsOf(line), known),
    ),
    ...loginFaults(text, known),
  ];
}

function lineFaults(
  [head = '', ...rest]: readonly string[],
  known: Known,
): readonly string[] {
  const missing = (
    what: string,
    name: string,
    of: ReadonlySet<string>,
  ): readonly string[] =>
    of.has(name) ? [] : [`there is no ${what} ${name}, which ${head} names`];
  const after = (word: string): string | undefined => {
    const at = rest.indexOf(word);
    return at === -1 ? undefined : rest[at + 1];
  };
  switch (head) {
    case 'look':
      return missing('place', rest[0] ?? '', known.places);
    case 'move':
      return [rest[1] ?? '', rest[3] ?? ''].flatMap((name) =>
        missing('place', name, known.places),
      );
    case 'put_back':
      return [
        ...missing('group', rest[0] ?? '', known.readers),
        ...rest
          .slice(1, 3)
          .flatMap((name) => missing('place', name, known.places)),
      ];
    case 'kafka-consumer-groups.sh': {
      const group = after('--group');
      return group === undefined ? [] : missing('group', group, known.readers);
    }
    case 'rabbitmqctl': {
      const vhost = after('-p');
      return vhost === undefined ? [] : missing('vhost', vhost, known.vhosts);
    }
    case 'npm': {
      const script = after('run') ?? '';
      const name = after('--') ?? '';
      // In capitals: whatever name the reader means.
      if (name === '' || /^[A-Z]+$/.test(name)) return [];
      if (script === 'replay') return missing('group', name, known.groups);
      if (script === 'rebuild')
        return missing('read model', name, known.rebuilt);
      return [];
    }
    default:
      return [];
  }
}

/** A login is named as `user X` or `utilisateur X`, in code. */
function loginFaults(text: string, known: Known): readonly string[] {
  return [...text.matchAll(/\b(?:user|utilisateur) `([^`\n]+)`/g)]
    .map(([, user = '']) => user)
    .filter((user) => !known.users.has(user))
    .map((user) => `there is no user ${user}`);
}

/** The login with which a section replays has to be one that may read what the section looks at. */
function replayFaults(text: string, known: Known): readonly string[] {
  return text.split(/^### /m).flatMap((section) => {
    const user = /\b(?:user|utilisateur) `([^`\n]+)`/.exec(section)?.[1];
    if (!section.includes(' run replay -- ')) return [];
    const lines = section.split('\n').map(wordsOf);
    const places = lines.flatMap(([head, first = '']) =>
      head === 'look' || head === 'put_back' ? [first] : [],
    );
    return places
      .filter((place) => user === undefined || !known.mayRead(user, place))
      .map((place) => `${user ?? 'nobody'} replays and may not read ${place}`);
  });
}

/** Takes a shell line apart as a shell does, as far as these lines go: blanks and single quotes. */
function wordsOf(line: string): readonly string[] {
  return [...line.matchAll(/(?:'[^']*'|\\'|[^\s'])+/g)].map(([word]) =>
    word.replaceAll(/'([^']*)'/g, '$1').replaceAll(String.raw`\'`, "'"),
  );
}
