// Every code that can be corrected, on its fixtures and on random specs with mistakes put in.
import { readdirSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import type { Diagnostic } from '../core/diagnostic.ts';
import { isJsonObject, type JsonObject } from '../core/json.ts';
import { checkFiles } from '../testing/check-files.ts';
import { fixturePath, readFixture } from '../testing/load-model.ts';
import { randomSpec } from '../testing/random-spec.ts';
import { readSource } from '../syntax/read-source.ts';
import { fixableCodes } from './fixable-codes.ts';
import { fixText } from './fix-text.ts';

const check = (text: string): readonly Diagnostic[] =>
  checkFiles({ 'spec.yaml': text });
const valueOf = (text: string): JsonObject | null =>
  readSource('spec.yaml', text).value?.value ?? null;
const comments = (text: string): readonly string[] =>
  text.match(/(?<=^|\s)#.*/gm) ?? [];

const cases = readdirSync(fixturePath('diagnostics')).flatMap((stage) =>
  readdirSync(fixturePath('diagnostics', stage))
    .map((name) => `${stage}/${name}`)
    .filter((name) => fixableCodes.has(name.split('--', 1)[0] ?? '')),
);
const corrected = (name: string): { before: string; after: string } => {
  const before = readFixture('diagnostics', name, 'spec.yaml');
  return { before, after: fixText(before, check(before)).text };
};

describe('the correction of a fixture', () => {
  const changing = cases.filter((name) => {
    const { before, after } = corrected(name);
    return before !== after;
  });

  it('is there for every code that says so', () => {
    const codes = new Set(changing.map((name) => name.split('--', 1)[0]));
    // These have cases of their own below.
    const elsewhere = [
      'resolve/unknown-aggregate',
      'resolve/unknown-field',
      'schema/bad-format',
      'schema/missing-property',
      'schema/wrong-type',
    ];
    expect(
      [...fixableCodes].filter(
        (code) => !codes.has(code) && !elsewhere.includes(code),
      ),
    ).toEqual([]);
  });

  it.each(changing)('ends the finding, and brings no other: %s', (name) => {
    const { before, after } = corrected(name);
    const place = ({ code, pointer }: Diagnostic): string =>
      `${code} ${pointer}`;
    const ended = check(before).filter(({ change }) => change !== undefined);
    const left = check(after).map(place);
    expect(ended.map(place).filter((one) => left.includes(one))).toEqual([]);
    expect(fixText(after, check(after)).fixed).toEqual([]);
  });
});

const shop = (line: string): string => `eventArch: 1 # the version
name: Shop
broker: kafka
events:
  # what happens
  order.created: { key: orderId, payload: { orderId: uuid } }   # first
  order.paid:
    key: orderId
    payload:
      orderId:   uuid
publishers:
  orders: [ order.created,order.paid ]
consumers:
  stock:
${line}
`;

describe('a correction', () => {
  it.each([
    [
      'a mistyped key',
      '    subscibes: [order.created] # s',
      '    subscribes: [order.created] # s',
    ],
    [
      'a mistyped word',
      "    idempotency: 'inbxo'\n    subscribes: [order.created]",
      "    idempotency: 'inbox'\n    subscribes: [order.created]",
    ],
    [
      'a word in another case',
      '    idempotency: Inbox\n    subscribes: [order.created]',
      '    idempotency: inbox\n    subscribes: [order.created]',
    ],
    [
      'a mistyped name',
      '    subscribes: [ order.craeted ]  # s',
      '    subscribes: [ order.created ]  # s',
    ],
    [
      'a mistyped name in a key',
      '    subscribes: { order.craeted: {} }',
      '    subscribes: { order.created: {} }',
    ],
    [
      'spaces in a duration',
      '    processing: "20 ms"\n    subscribes: [order.created]',
      '    processing: "20ms"\n    subscribes: [order.created]',
    ],
    [
      'quotes around a number',
      "    instances: '4'   # i\n    subscribes: [order.created]",
      '    instances: 4   # i\n    subscribes: [order.created]',
    ],
    [
      'missing quotes',
      '    description: 2024\n    subscribes: [order.created]',
      '    description: "2024"\n    subscribes: [order.created]',
    ],
    [
      'an item that stands twice',
      '    subscribes: [ order.paid, order.created,  order.paid ]',
      '    subscribes: [ order.paid, order.created ]',
    ],
    [
      'an item on a line of its own',
      '    subscribes:\n      - order.paid\n      - order.created # c\n      - order.paid\n',
      '    subscribes:\n      - order.paid\n      - order.created # c\n',
    ],
  ])('changes %s and nothing else', (_what, before, after) => {
    const text = shop(before);
    const { text: found, fixed } = fixText(text, check(text));
    expect(found).toBe(shop(after));
    expect(fixed).toHaveLength(1);
  });

  it.each([
    [
      'a name near two others',
      '    subscribes: [order.praid]\n',
      'order.paid: { key: orderId, payload: { orderId: uuid } }\n  order.plaid',
    ],
    [
      'a key that is there already',
      '    subscribes: [order.created]\n    subscibes: [order.paid]',
      null,
    ],
    [
      'an item with a comment of its own',
      '    subscribes:\n      - order.paid\n      - order.paid # why\n',
      null,
    ],
    ['a name behind an anchor', '    subscribes: [&e order.craeted]', null],
  ])('leaves %s alone', (_what, line, other) => {
    const text =
      other === null ? shop(line) : shop(line).replace('order.paid', other);
    expect(check(text).length).toBeGreaterThan(0);
    expect(fixText(text, check(text)).text).toBe(text);
  });

  const aggregates = `aggregates:
  order:
    service: orders
    states: [open, paid]
    commands:
      create: { emits: order.created, to: open }
      pay: { from: open, emits: order.paid, to: paid }
projections:
  orders:
    service: orders
    from: [order.created]
    key: orderId
    fields: { orderId: uuid, total: number }
queries:
  all: { projection: orders, by: total, sort: -ordrId }
`;

  it.each([
    ['an aggregate', '{ aggregate: ordr, key', '{ aggregate: order, key'],
    ['a field behind a sign', '-ordrId', '-orderId'],
  ])('changes the name of %s', (_what, wrong, right) => {
    const base = (shop('    subscribes: [order.created]') + aggregates)
      .replace('order.created: { key', 'order.created: { aggregate: order, key')
      .replace('order.paid:', 'order.paid:\n    aggregate: order')
      .replace('-ordrId', '-orderId');
    const text = base.replace(right, wrong);
    expect(text).not.toBe(base);
    expect(fixText(text, check(text)).text).toBe(base);
  });

  it('leaves a name alone whose definition may be what is mistyped', () => {
    const text = shop('    subscribes: [order.created]').replace(
      'order.created: {',
      'order.craeted: {',
    );
    expect(check(text).map(({ code }) => code)).toContain(
      'resolve/unknown-event',
    );
    expect(fixText(text, check(text)).text).toBe(text);
  });

  it('keeps line ends and a byte order mark', () => {
    const text = `\uFEFF${shop('    subscibes: [order.created]')}`.replaceAll(
      '\n',
      '\r\n',
    );
    expect(fixText(text, check(text)).text).toBe(
      text.replace('subscibes', 'subscribes'),
    );
  });

  it('puts a missing version of the language first', () => {
    const text = shop('    subscribes: [order.created]').replace(
      /^eventArch.*\n/,
      '# Shop\n',
    );
    expect(fixText(text, check(text)).text).toBe(
      text.replace('# Shop\n', '# Shop\neventArch: 1\n'),
    );
  });
});

/** A spec with keys and words mistyped at random, beside the one it was. */
function mistyped(
  spec: JsonObject,
  seed: number,
): { text: string; count: number } {
  const text = stringify(spec, { aliasDuplicateObjects: false });
  const lines = text.split('\n').map((line, index) => {
    const hasComment = index % 3 === 0 && /^\s*[\w-]+: *[\w.-]+$/.test(line);
    return hasComment ? `${line} # note ${index}` : line;
  });
  const places = lines.flatMap((line, index) =>
    /^ *(?:payload|publishers|consumers|subscribes|publishes|idempotency|ordering|retention):/.test(
      line,
    )
      ? [index]
      : [],
  );
  const chosen = places.filter((_, index) => (index + seed) % 3 === 0);
  for (const index of chosen)
    lines[index] = (lines[index] ?? '').replace(
      /(\w)(\w)(\w*):/,
      (_all, first: string, second: string, rest: string) =>
        `${second}${first}${rest}:`,
    );
  return { text: lines.join('\n'), count: chosen.length };
}

describe('random specs with mistyped keys', () => {
  it.each(['kafka', 'rabbitmq'] as const)(
    'are corrected to what they were, comments and layout kept: %s',
    (broker) => {
      let count = 0;
      fc.assert(
        fc.property(randomSpec(broker), fc.nat(2), (spec, seed) => {
          const right = mistyped(spec, -1e9 + 0.5);
          const wrong = mistyped(spec, seed);
          count += wrong.count;
          const { text, fixed } = fixText(wrong.text, check(wrong.text));
          // What is corrected is corrected to what it was, line by line.
          const rightLines = right.text.split('\n');
          const wrongLines = wrong.text.split('\n');
          for (const [index, line] of text.split('\n').entries())
            expect([rightLines[index], wrongLines[index]]).toContain(line);
          expect(valueOf(text)).not.toBeNull();
          expect(comments(text)).toEqual(comments(wrong.text));
          expect(fixed.length).toBeLessThanOrEqual(wrong.count);
          if (wrong.count > 0) expect(isJsonObject(valueOf(text))).toBe(true);
        }),
        { numRuns: 10, seed: 11 },
      );
      expect(count).toBeGreaterThan(10);
    },
  );
});
