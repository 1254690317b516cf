import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  isJsonObject,
  own,
  type JsonObject,
  type JsonValue,
} from '../core/json.ts';
import { fixturePath, readFixture } from '../testing/load-model.ts';
import { runCli } from '../testing/run-cli.ts';
import {
  startEditor,
  type Editor,
  type EditorPosition,
} from '../testing/yaml-language-server.ts';

const schemas = fileURLToPath(new URL('../../schemas', import.meta.url));
const schemaFiles = readdirSync(schemas, {
  recursive: true,
  encoding: 'utf8',
}).filter((file) => file.endsWith('.json'));

/** Lists the properties without a description of their own or of what they refer to; conditions describe nothing. */
function undescribed(schema: JsonValue, path: string): readonly string[] {
  if (Array.isArray(schema))
    return (schema as readonly JsonValue[]).flatMap((item, index) =>
      undescribed(item, `${path}/${index}`),
    );
  if (!isJsonObject(schema)) return [];
  const here = ['properties', 'patternProperties'].flatMap((keyword) => {
    const properties = own(schema, keyword);
    if (!isJsonObject(properties)) return [];
    return Object.entries(properties)
      .filter(
        ([, property]) => isJsonObject(property) && !isDescribed(property),
      )
      .map(([name]) => `${path}/${keyword}/${name}`);
  });
  return [
    ...here,
    ...Object.entries(schema)
      .filter(([keyword]) => keyword !== 'if')
      .flatMap(([keyword, inner]) => undescribed(inner, `${path}/${keyword}`)),
  ];
}

const isDescribed = (property: JsonObject): boolean => {
  const description = own(property, 'description');
  return (
    (typeof description === 'string' && description.length > 5) ||
    own(property, '$ref') !== undefined
  );
};

describe('the published schemas', () => {
  it.each(schemaFiles)('%s describes every property', (file) => {
    const schema = JSON.parse(
      readFileSync(join(schemas, file), 'utf8'),
    ) as JsonObject;
    expect(undescribed(schema, '')).toEqual([]);
  });

  it('offer for each choice exactly the words that it takes', () => {
    const root = JSON.parse(
      readFileSync(join(schemas, 'event-arch.schema.json'), 'utf8'),
    ) as { $defs: Record<string, { enum?: JsonValue }> };
    const offers = [
      ...JSON.stringify(root).matchAll(
        /"examples":(\[[^\]]*\]),"if":\{"type":"object"\}.*?"else":\{"\$ref":"#\/\$defs\/(\w+)"/g,
      ),
    ];
    expect(offers).toHaveLength(13);
    for (const [, words = '', name = ''] of offers)
      expect(JSON.parse(words)).toEqual(root.$defs[name]?.enum);
  });

  it('describe every shared definition, which properties refer to', () => {
    const root = JSON.parse(
      readFileSync(join(schemas, 'event-arch.schema.json'), 'utf8'),
    ) as { $defs: Record<string, JsonObject> };
    expect(
      Object.entries(root.$defs).filter(
        ([, definition]) => typeof own(definition, 'description') !== 'string',
      ),
    ).toEqual([]);
  });
});

/** Where a marked text ends. */
function after(text: string, marked: string): EditorPosition {
  const before = text
    .slice(0, text.indexOf(marked) + marked.length)
    .split('\n');
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

/** A file beside shop.yaml, so that its first line finds the schema. */
const beside = (name: string): string => fixturePath('specs', name);

describe('the published schema in an editor', () => {
  const shop = readFixture('specs', 'shop.yaml');
  let editor: Editor;
  let folder = '';

  beforeAll(async () => {
    editor = await startEditor();
    folder = mkdtempSync(join(tmpdir(), 'event-arch-editor-'));
  });
  afterAll(async () => {
    await editor.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([
    'shop.yaml',
    'eshop.yaml',
    'ftgo.yaml',
    'hello.yaml',
    'streetlights.yaml',
    'wikimedia.yaml',
  ])('finds nothing wrong with %s', async (name) => {
    expect(await editor.open(beside(name), readFixture('specs', name))).toEqual(
      [],
    );
  });

  it('tells a mistyped key once, at the key', async () => {
    const found = await editor.open(
      beside('typo.yaml'),
      shop.replace('    aggregate: order\n', '    agregate: order\n'),
    );
    expect(found.map(({ message }) => message)).toEqual([
      'Property agregate is not allowed.',
    ]);
    expect(found[0]?.range.start.line).toBe(
      shop.split('\n').indexOf('    aggregate: order'),
    );
  });

  it('tells a mistyped word once, with the words that are possible', async () => {
    const found = await editor.open(
      beside('word.yaml'),
      shop.replace('choice: at-least-once', 'choice: at-least-twice'),
    );
    expect(found).toHaveLength(1);
    expect(found[0]?.message).toContain('at-most-once');
  });

  it("tells a mistyped option of the spec's broker once", async () => {
    const found = await editor.open(
      beside('option.yaml'),
      shop.replace(
        '  version: "4.3"',
        '  version: "4.3"\n  options: { compresion: gzip }',
      ),
    );
    expect(found.map(({ message }) => message)).toEqual([
      'Property compresion is not allowed.',
    ]);
  });

  it.each([
    [
      'guarantees:\n  delivery: ',
      ['at-most-once', 'at-least-once', 'exactly-once'],
    ],
    [
      'guarantees:\n  delivery: { choice: ',
      ['at-most-once', 'at-least-once', 'exactly-once'],
    ],
    ['guarantees:\n  ordering: ', ['none', 'per-key', 'total']],
    ['guarantees:\n  compatibility: ', ['backward', 'forward', 'full', 'none']],
    ['eventStore: ', ['postgresql', 'kurrentdb', 'broker']],
    ['aggregates:\n  order:\n    storage: ', ['event-sourced', 'state']],
    ['consumers:\n  orders:\n    idempotency: ', ['inbox', 'natural', 'none']],
    [
      'consumers:\n  orders:\n    delivery: ',
      ['at-most-once', 'at-least-once', 'exactly-once'],
    ],
  ])('completes "%s"', async (typed, expected) => {
    const text = `# yaml-language-server: $schema=../../schemas/event-arch.schema.json\neventArch: 1\nname: Shop\nbroker: kafka\nevents: {}\n${typed}\n`;
    const path = beside(`complete-${typed.replaceAll(/\W+/g, '-')}.yaml`);
    await editor.open(path, text);
    const offered = await editor.complete(path, after(text, typed));
    expect(offered).toEqual(expect.arrayContaining(expected));
  });

  it.each([
    ['guarantees', 'Defaults for every flow'],
    ['    aggregate', 'events of one aggregate share a channel'],
    ['    outbox', 'transactional outbox'],
    ['snapshotEvery', 'Events between two snapshots'],
  ])('explains %s', async (key, words) => {
    await editor.open(beside('hover.yaml'), shop);
    const position = after(
      shop,
      `\n${key}`.includes('snapshot') ? key : `\n${key}`,
    );
    const shown = await editor.hover(beside('hover.yaml'), {
      ...position,
      character: position.character - 2,
    });
    expect(shown).toContain(words);
  });

  it('works the same with the copy that init writes beside a spec', async () => {
    writeFileSync(
      join(folder, 'event-arch.schema.json'),
      (await runCli(['schema'])).out,
    );
    const text = shop.replace('../../schemas/', './');
    expect(text).toContain('$schema=./event-arch.schema.json');
    const path = join(folder, 'shop.yaml');
    expect(await editor.open(path, text)).toEqual([]);
    const wrong = await editor.open(
      join(folder, 'wrong.yaml'),
      text.replace('kind: kafka ', 'kind: kafak '),
    );
    expect(wrong.length).toBeGreaterThan(0);
  });
});
