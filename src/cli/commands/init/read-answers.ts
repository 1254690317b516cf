// Answers from a file or from flags: plain values to what init wants to know, every misfit told at once.
import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
} from '../../../core/json.ts';
import { nearest, quotedList } from '../../../core/text.ts';
import type { Choice } from '../../prompter.ts';
import type { Answers } from './answers.ts';
import {
  brokerChoices,
  compatibilities,
  deliveries,
  idempotencies,
  kinds,
  locales,
  orderings,
  valuesOf,
} from './choices.ts';

export interface ReadAnswers {
  readonly answers: Partial<Answers>;
  /** What does not fit, with its place, e.g. `events[0].name has to be a text`. */
  readonly problems: readonly string[];
}

/** Reads one value; tells what does not fit and gives undefined then. */
type Read<T> = (
  value: JsonValue,
  path: string,
  problems: string[],
) => T | undefined;

const text: Read<string> = (value, path, problems) => {
  if (typeof value === 'string' && value.trim() !== '') return value;
  if (typeof value === 'number') return String(value);
  problems.push(`${path} has to be a text`);
  return undefined;
};

const flag: Read<boolean> = (value, path, problems) => {
  if (typeof value === 'boolean') return value;
  problems.push(`${path} has to be true or false`);
  return undefined;
};

const orNull =
  <T>(read: Read<T>): Read<T | null> =>
  (value, path, problems) =>
    value === null ? null : read(value, path, problems);

function oneOf<T extends string>(choices: readonly Choice<T>[]): Read<T> {
  return (value, path, problems) => {
    const values = valuesOf(choices);
    const found = values.find((known) => known === value);
    if (found !== undefined) return found;
    const near = typeof value === 'string' ? nearest(value, values) : null;
    problems.push(
      `${path} has to be ${quotedList(values, 'or')}${near === null ? '' : `; did you mean "${near}"?`}`,
    );
    return undefined;
  };
}

const listOf =
  <T>(read: Read<T>): Read<readonly T[]> =>
  (value, path, problems) => {
    if (!Array.isArray(value)) {
      problems.push(`${path} has to be a list`);
      return undefined;
    }
    // `Array.isArray` does not narrow readonly arrays out of the union.
    return (value as readonly JsonValue[]).flatMap((item, index) => {
      const one = read(item, `${path}[${index}]`, problems);
      return one === undefined ? [] : [one];
    });
  };

const textsByName: Read<Readonly<Record<string, string>>> = (
  value,
  path,
  problems,
) => {
  if (!isJsonObject(value)) {
    problems.push(`${path} has to be a mapping of names to types`);
    return undefined;
  }
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, type]) => {
      const read = text(type, `${path}.${name}`, problems);
      return read === undefined ? [] : [[name, read]];
    }),
  );
};

type Readers<T> = {
  readonly [K in keyof T]-?: readonly [
    Read<T[K]>,
    ...(readonly [T[K]] | readonly []),
  ];
};

/** Reads the members of an object; a second value beside a reader is what an absent member means. */
function members<T extends object>(readers: Readers<T>): Read<Partial<T>> {
  return (value, path, problems) => {
    if (!isJsonObject(value)) {
      problems.push(
        `${path === '' ? 'the answers have' : `${path} has`} to be a mapping`,
      );
      return undefined;
    }
    const known = Object.keys(readers);
    const at = (name: string): string =>
      path === '' ? name : `${path}.${name}`;
    for (const name of Object.keys(value)) {
      if (known.includes(name)) continue;
      const near = nearest(name, known);
      problems.push(
        `${at(name)} is no answer${near === null ? '' : `; did you mean "${near}"?`}`,
      );
    }
    const read = Object.entries<Readers<T>[keyof T]>(readers).flatMap(
      ([name, [reader, ...fallback]]) => {
        const found = Object.hasOwn(value, name)
          ? reader(value[name] ?? null, at(name), problems)
          : fallback[0];
        return found === undefined ? [] : [[name, found]];
      },
    );
    // Each reader gives the type of its member.
    return Object.fromEntries(read) as Partial<T>;
  };
}

function whole<T extends object>(readers: Readers<T>): Read<T> {
  return (value, path, problems) => {
    const read = members(readers)(value, path, problems);
    if (read === undefined) return undefined;
    const missing = Object.keys(readers).filter(
      (name) =>
        !Object.hasOwn(read, name) &&
        !(isJsonObject(value) && Object.hasOwn(value, name)),
    );
    for (const name of missing) problems.push(`${path} lacks "${name}"`);
    // Nothing is missing when it is used: any problem stops the command.
    return read as T;
  };
}

const names = listOf(text);

const answersReader = members<Answers>({
  name: [text],
  description: [orNull(text)],
  locale: [oneOf(locales)],
  needs: [names],
  volume: [orNull(text)],
  delivery: [oneOf(deliveries)],
  ordering: [oneOf(orderings)],
  retention: [text],
  compatibility: [oneOf(compatibilities)],
  broker: [
    (value, path, problems) => oneOf(brokerChoices())(value, path, problems),
  ],
  outbox: [flag],
  idempotency: [oneOf(idempotencies)],
  events: [
    listOf(
      whole({
        name: [text],
        kind: [oneOf(kinds), 'integration'],
        fields: [textsByName, {}],
        key: [orNull(text), null],
        publisher: [orNull(text), null],
        consumers: [names, []],
      }),
    ),
  ],
  aggregates: [
    listOf(whole({ name: [text], service: [text], events: [names] })),
  ],
  projections: [
    listOf(
      whole({ name: [text], service: [text], from: [names], key: [text] }),
    ),
  ],
  sagas: [
    listOf(
      whole({
        name: [text],
        coordinator: [text],
        starts: [text],
        steps: [
          listOf(
            whole({
              name: [text],
              command: [text],
              success: [text],
              failure: [orNull(text), null],
              compensate: [orNull(text), null],
            }),
          ),
        ],
        completes: [orNull(text), null],
        aborts: [orNull(text), null],
      }),
    ),
  ],
});

/** Reads answers; those that are absent stay absent. */
export function readAnswers(value: JsonObject): ReadAnswers {
  const problems: string[] = [];
  const answers = answersReader(value, '', problems) ?? {};
  return { answers, problems };
}
