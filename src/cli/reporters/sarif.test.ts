import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { declaredDiagnostics } from '../../pipeline/catalogues.ts';
import {
  findingsIn,
  findingsOf,
  hostileFindings,
  noFindings,
} from '../../testing/findings.ts';
import { fixturePath } from '../../testing/load-model.ts';
import { itWithSchema } from '../../testing/schema-folder.ts';
import { codeScanning } from './code-scanning.ts';
import type { Findings } from './reporter.ts';
import { sarif } from './sarif.ts';

interface Log {
  readonly runs: readonly [
    {
      readonly tool: {
        readonly driver: {
          readonly rules: readonly {
            readonly id: string;
            readonly help: { readonly text: string };
          }[];
        };
      };
      readonly results: readonly {
        readonly ruleId: string;
        readonly ruleIndex: number;
        readonly message: { readonly text: string };
        readonly locations: readonly {
          readonly physicalLocation?: {
            readonly artifactLocation: { readonly uri: string };
          };
        }[];
        readonly suppressions?: readonly object[];
        readonly partialFingerprints: Readonly<Record<string, string>>;
      }[];
    },
  ];
}

const runOf = (findings: Findings): Log['runs'][0] =>
  (JSON.parse(sarif.print(findings)) as Log).runs[0];

/** The published schema is draft-04; the two drafts differ in the keywords that it uses only in `id`. */
function validator(schema: object): (log: unknown) => readonly unknown[] {
  const {
    id: _id,
    $schema: _dialect,
    ...rest
  } = schema as {
    id: string;
    $schema: string;
  };
  expect(JSON.stringify(rest)).not.toMatch(/"exclusiveM/);
  const ajv = new Ajv({ strict: false, allErrors: true });
  formats.default(ajv);
  const validate = ajv.compile(rest);
  return (log) => (validate(log) ? [] : (validate.errors ?? []));
}

const schemaFile = 'sarif-2.1.0.schema.json';

describe('the sarif reporter', () => {
  itWithSchema(
    schemaFile,
    'is valid by the published schema, with findings and without',
    (schema) => {
      const errorsOf = validator(schema);
      const logs = [
        noFindings,
        findingsOf('broken.yaml'),
        findingsOf('meaning.yaml'),
      ];
      for (const findings of logs)
        expect(errorsOf(JSON.parse(sarif.print(findings)))).toEqual([]);
    },
  );

  itWithSchema(
    schemaFile,
    'is valid by the published schema, whatever the texts hold',
    (schema) => {
      const errorsOf = validator(schema);
      fc.assert(
        fc.property(hostileFindings(), (findings) => {
          expect(errorsOf(JSON.parse(sarif.print(findings)))).toEqual([]);
        }),
        { numRuns: 60 },
      );
    },
  );

  itWithSchema(
    schemaFile,
    'is valid by the published schema with suppressed results, wherever they are held back',
    (schema) => {
      const errorsOf = validator(schema);
      fc.assert(
        fc.property(hostileFindings(), ({ diagnostics, ...rest }) => {
          const held = diagnostics.map((finding, index) => ({
            ...finding,
            heldBy: {
              reason: index % 2 === 0 ? finding.message : null,
              location: finding.location ?? { file: 'known.txt', range: null },
            },
          }));
          const heldBack = { ignored: held, known: held };
          const log: unknown = JSON.parse(
            sarif.print({ ...rest, diagnostics, heldBack }),
          );
          expect(errorsOf(log)).toEqual([]);
        }),
        { numRuns: 60 },
      );
    },
  );

  it('says of every result of a run whether it is suppressed, or of none', () => {
    const findings = findingsOf('meaning.yaml');
    const [first, ...others] = findings.diagnostics;
    const location = { file: 'meaning.yaml', range: null };
    const held = [{ ...first!, heldBy: { reason: 'known', location } }];
    const suppressions = (one: Findings): readonly (number | undefined)[] =>
      runOf(one).results.map((result) => result.suppressions?.length);
    expect(new Set(suppressions(findings))).toEqual(new Set([undefined]));
    const heldBack = { ignored: held, known: [] };
    expect(
      suppressions({ ...findings, diagnostics: others, heldBack }),
    ).toEqual([...others.map(() => 0), 1]);
    expect(codeScanning.print({ ...findings, heldBack })).toBe(
      sarif.print(findings),
    );
  });

  it('keeps the key of a finding, whatever is held back beside it', () => {
    const findings = findingsOf('meaning.yaml');
    const location = { file: 'meaning.yaml', range: null };
    const held = findings.diagnostics.map((finding) => ({
      ...finding,
      heldBy: { reason: null, location },
    }));
    const keysOf = (one: Findings): readonly object[] =>
      runOf(one).results.map(({ partialFingerprints }) => partialFingerprints);
    const keys = keysOf(findings);
    const beside = keysOf({
      ...findings,
      heldBack: { ignored: [], known: held },
    });
    expect(beside.slice(0, keys.length)).toEqual(keys);
    expect(new Set(beside.map((key) => JSON.stringify(key))).size).toBe(
      2 * keys.length,
    );
  });

  it('holds the rules that its results name with their help, and no others', () => {
    expect(runOf(noFindings).tool.driver.rules).toEqual([]);
    const { tool, results } = runOf(findingsOf('meaning.yaml'));
    const named = new Set(results.map(({ ruleId }) => ruleId));
    expect(named.size).toBeGreaterThan(1);
    expect(tool.driver.rules.map(({ id }) => id)).toEqual(
      declaredDiagnostics()
        .map(({ code }) => code)
        .filter((code) => named.has(code)),
    );
    expect(tool.driver.rules.filter(({ help }) => help.text === '')).toEqual(
      [],
    );
  });

  it('points each result at its rule', () => {
    const { tool, results } = runOf(findingsOf('meaning.yaml'));
    expect(
      results.map(({ ruleIndex }) => tool.driver.rules[ruleIndex]?.id),
    ).toEqual(results.map(({ ruleId }) => ruleId));
  });

  it('prints results as expected', async () => {
    // Each new diagnostic moves the indexes, which another test checks.
    const results = runOf(findingsOf('meaning.yaml')).results.map(
      ({ ruleIndex: _index, ...result }) => result,
    );
    await expect(`${JSON.stringify(results, null, 2)}\n`).toMatchFileSnapshot(
      fixturePath('cli', 'reporters', 'expected', 'meaning.sarif.txt'),
    );
  });

  it.each([
    ['./specs/shop.yaml', 'specs/shop.yaml'],
    ['my specs/50%.yaml', 'my%20specs/50%25.yaml'],
    ['/srv/shop#1.yaml', 'file:///srv/shop%231.yaml'],
    ['C:\\specs\\shop.yaml', 'file:///C:/specs/shop.yaml'],
  ])('writes the path %s as the URI %s', (file, uri) => {
    const [diagnostic] = findingsOf('broken.yaml').diagnostics;
    const { results } = runOf(
      findingsIn(file, 'a: 1\n', [
        { ...diagnostic!, location: { file, range: null } },
      ]),
    );
    expect(
      results[0]?.locations[0]?.physicalLocation?.artifactLocation.uri,
    ).toBe(uri);
  });

  it('makes no link of brackets in a message', () => {
    const [diagnostic] = findingsOf('broken.yaml').diagnostics;
    const { results } = runOf(
      findingsIn('shop.yaml', 'a: 1\n', [
        { ...diagnostic!, message: 'see [this](0)', hint: null },
      ]),
    );
    expect(results[0]?.message.text).toBe('see \\[this\\](0)');
  });
});
