// What the command line says already: an answers file, and flags over it.
import { HostError } from '../../../core/host.ts';
import type { JsonObject, JsonValue } from '../../../core/json.ts';
import { lineIndex } from '../../../core/line-index.ts';
import { readNamedText } from '../../../host/node-host.ts';
import { parseSource } from '../../../syntax/parse-source.ts';
import type { Terminal } from '../../terminal.ts';
import type { InitOptions } from './options.ts';
import type { Answers } from './answers.ts';
import { readAnswers } from './read-answers.ts';

/** Reads the answers that are given. Throws: `HostError` that tells everything that does not fit. */
export async function givenAnswers(
  options: InitOptions,
  terminal: Terminal,
): Promise<Partial<Answers>> {
  const fromFile =
    options.answers === undefined
      ? {}
      : await answersFile(options.answers, terminal);
  const { answers, problems } = readAnswers({
    ...fromFile,
    ...fromFlags(options),
  });
  if (problems.length > 0)
    throw new HostError(
      `the answers do not fit:\n${problems
        .map((problem) => `  ${problem}\n`)
        .join('')
        .trimEnd()}`,
    );
  return answers;
}

async function answersFile(
  file: string,
  terminal: Terminal,
): Promise<JsonObject> {
  const text = file === '-' ? await terminal.readInput() : readNamedText(file);
  return yaml(file === '-' ? '<stdin>' : file, text);
}

function fromFlags(options: InitOptions): JsonObject {
  const single = [
    'name',
    'description',
    'locale',
    'volume',
    'delivery',
    'ordering',
    'retention',
    'compatibility',
    'broker',
    'idempotency',
    'outbox',
  ] as const;
  const many = {
    needs: options.need,
    events: parsed('--event', options.event),
    aggregates: parsed('--aggregate', options.aggregate),
    projections: parsed('--projection', options.projection),
    sagas: parsed('--saga', options.saga),
  };
  const given: Record<string, JsonValue> = {};
  for (const name of single) {
    const value = options[name];
    if (value !== undefined) given[name] = value;
  }
  for (const [name, values] of Object.entries<readonly JsonValue[]>(many))
    if (values.length > 0) given[name] = values;
  return given;
}

const parsed = (
  flag: string,
  values: readonly string[],
): readonly JsonObject[] => values.map((value) => yaml(flag, value));

function yaml(source: string, text: string): JsonObject {
  const { value, diagnostics } = parseSource(source, text);
  const [first] = diagnostics;
  if (value !== null && first === undefined) return value.value;
  const range = first?.location?.range ?? null;
  const { line, column } = lineIndex(text).positionOf(range?.start ?? 0);
  throw new HostError(
    `${source}:${line}:${column}: ${first?.message ?? 'this is not YAML'}`,
  );
}
