// Random valid specs through the whole pipeline. EVENT_ARCH_RUNS multiplies the number of runs.
import { spawnSync } from 'node:child_process';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import type { Artifact } from '../core/artifact.ts';
import type { JsonObject } from '../core/json.ts';
import { hostileText } from '../testing/hostile-text.ts';
import { loadMermaid, refusedDiagrams } from '../testing/mermaid.ts';
import { anyModelOf, brokerNamed, checkText } from '../testing/load-model.ts';
import { ownRenderer } from '../testing/own-templates.ts';
import type { BrokerName } from '../testing/random-draft.ts';
import { randomSpec } from '../testing/random-spec.ts';
import { schemaCoverage } from '../testing/schema-coverage.ts';
import { planArtifacts } from './plan-artifacts.ts';

const times = Number(process.env['EVENT_ARCH_RUNS'] ?? '1');
const brokers = ['kafka', 'rabbitmq'] as const;
const render = ownRenderer();

function emitted(text: string, broker: BrokerName): readonly Artifact[] {
  const checked = checkText(text, broker);
  const { value, diagnostics } = planArtifacts(
    anyModelOf(checked),
    {
      render,
      broker: brokerNamed(broker),
      findings: checked.diagnostics,
      toolVersion: '0.0.0',
    },
    null,
  );
  // A store or a broker may be without an adapter in code, which is a warning and leaves the rest as it is.
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual(
    [],
  );
  return value?.artifacts ?? [];
}

const source = (spec: JsonObject): string => JSON.stringify(spec);

describe.each(brokers)('random specs for %s', (broker) => {
  it('use every property of the language', () => {
    const specs = fc.sample(randomSpec(broker), { numRuns: 300, seed: 7 });
    const other = broker === 'kafka' ? 'rabbitmq' : 'kafka';
    const missing = schemaCoverage(specs).filter(
      (property) => !property.startsWith(`${other}.`),
    );
    expect(missing).toEqual([]);
  });

  it('validate without errors, though a review may find faults in their design', () => {
    fc.assert(
      fc.property(randomSpec(broker), (spec) => {
        anyModelOf(checkText(source(spec)));
      }),
      { numRuns: 15 * times },
    );
  });

  it('yield files with safe paths, whose text is of their format, twice the same', () => {
    fc.assert(
      fc.property(randomSpec(broker, hostileText()), (spec) => {
        const files = emitted(source(spec), broker);
        expect(files.length).toBeGreaterThan(10);
        expect(files.flatMap(faultsOf)).toEqual([]);
        expect(emitted(source(spec), broker)).toEqual(files);
      }),
      { numRuns: 4 * times },
    );
  });
});

describe('diagrams and scripts of random specs', () => {
  const specs = brokers.flatMap((broker) =>
    fc
      .sample(randomSpec(broker, hostileText()), {
        numRuns: 2 * times,
        seed: 5,
      })
      .map((spec) => ({ broker, spec })),
  );
  const files = specs.flatMap(({ broker, spec }, index) =>
    emitted(source(spec), broker).map((file) => ({ ...file, index })),
  );

  it('are diagrams that Mermaid parses', async () => {
    const diagrams = files.filter(({ path }) => path.endsWith('.mmd'));
    const texts = new Map(
      diagrams.map(({ index, path, content }) => [`${index} ${path}`, content]),
    );
    expect(texts.size).toBeGreaterThan(10);
    expect(await refusedDiagrams(await loadMermaid(), texts)).toEqual([]);
  });

  it('are scripts that a shell parses', () => {
    const scripts = files.filter(({ path }) => path.endsWith('.sh'));
    const refused = scripts.flatMap(({ index, path, content }) => {
      const { status, stderr } = spawnSync('sh', ['-n'], {
        input: content,
        encoding: 'utf8',
      });
      return status === 0 ? [] : [`${index} ${path}: ${stderr}`];
    });
    expect(scripts.length).toBeGreaterThan(0);
    expect(refused).toEqual([]);
  });
});

const hiddenFiles: ReadonlySet<string> = new Set([
  '.env.example',
  '.gitignore',
  '.npmrc',
  '.prettierrc.json',
]);

/** What is wrong with a file, whatever its spec. */
function faultsOf({ path, content }: Artifact): readonly string[] {
  const isSafe =
    /^[\w.-]+(\/[\w.-]+)*$/.test(path) &&
    !path
      .split('/')
      .some(
        (part) =>
          (part.startsWith('.') && !hiddenFiles.has(part)) || part.length > 200,
      );
  const isEnded = content.endsWith('\n') && !content.includes('\r');
  return [
    ...(isSafe ? [] : [`${path}: unsafe path`]),
    ...(isEnded ? [] : [`${path}: line ends`]),
    ...parseFaults(path, content),
  ];
}

function parseFaults(path: string, content: string): readonly string[] {
  try {
    if (path.endsWith('.json')) JSON.parse(content);
    if (/\.ya?ml$/.test(path)) {
      const documents = [...parseAllDocuments(content, { strict: true })];
      return documents.flatMap(({ errors }) =>
        errors.map((error) => `${path}: ${error.message}`),
      );
    }
  } catch (error) {
    return [`${path}: ${String(error)}`];
  }
  return path.endsWith('.md') ? tableFaults(path, content) : [];
}

/** Every row of a Markdown table has as many cells as its head. */
function tableFaults(path: string, content: string): readonly string[] {
  const cells = (line: string): number =>
    line.replaceAll(/\\./g, '').split('|').length;
  const lines = content.split('\n');
  return lines.flatMap((line, index) => {
    const isRow = line.startsWith('|') && lines[index - 1]?.startsWith('|');
    return isRow === true && cells(line) !== cells(lines[index - 1] ?? '')
      ? [`${path}:${index + 1}: ragged table: ${line}`]
      : [];
  });
}
