import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { globSync } from 'tinyglobby';
import { afterAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { formatSource } from '../../../syntax/format-source.ts';
import { changeText, compareTexts } from '../../../testing/compare-texts.ts';
import { fixturePath, readFixture } from '../../../testing/load-model.ts';
import { randomSpec } from '../../../testing/random-spec.ts';
import { runCli } from '../../../testing/run-cli.ts';
import {
  randomNumbers,
  shuffleEntries,
  specValue,
} from '../../../testing/spec-changes.ts';
import { specKeyOrder } from './key-order.ts';

const order = specKeyOrder();
const folder = mkdtempSync(join(tmpdir(), 'event-arch-format-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function formatted(text: string): string {
  const result = formatSource(text, order);
  if ('problem' in result) throw new Error(result.problem);
  return result.text;
}

const commentsOf = (text: string): readonly string[] =>
  [...text.matchAll(/(?:^|\s)#.*$/gm)]
    .map(([found]) => found.trim())
    .toSorted();

const files = globSync('**/*.yaml', { cwd: fixturePath('specs') }).toSorted();

describe('format', () => {
  it('leaves the worked example as it is', () => {
    const shop = readFixture('specs', 'shop.yaml');
    expect(formatted(shop)).toBe(shop);
  });

  it.each(files)(
    'keeps value and comments of %s, and is done after once',
    (file) => {
      const text = readFixture('specs', file);
      const made = formatted(text);
      expect(specValue(made)).toEqual(specValue(text));
      expect(commentsOf(made)).toEqual(commentsOf(text));
      expect(formatted(made)).toBe(made);
    },
  );

  it('keeps the design of random specs in any style and order, and is done after once', () => {
    fc.assert(
      fc.property(
        randomSpec('rabbitmq'),
        fc.constantFrom('block', 'flow', 'any'),
        fc.constantFrom(1, 2, 4, 7),
        fc.nat(),
        (spec, style, indent, seed) => {
          const text = stringify(shuffleEntries(spec, randomNumbers(seed)), {
            collectionStyle: style,
            indent,
            singleQuote: seed % 2 === 0,
            lineWidth: 70,
          });
          const made = formatted(text);
          expect(compareTexts(text, made).changes.map(changeText)).toEqual([]);
          expect(formatted(made)).toBe(made);
        },
      ),
      { numRuns: 8 },
    );
  });

  it('orders, indents, spaces and quotes, and keeps comments with what they are about', () => {
    const text = [
      '# About orders.',
      'name: Hello   ',
      'eventArch: 1',
      'broker:    rabbitmq',
      '',
      '',
      'consumers:',
      '    inventory: [ order.created ]',
      '# what happens',
      'events:',
      '    # the first one',
      '    order.created:',
      "        payload: {orderId: uuid,note?: 'string'}   # short",
      '        key: orderId',
      'publishers: { orders: [order.created] }',
    ].join('\n');
    expect(formatted(text)).toBe(
      [
        '# About orders.',
        'eventArch: 1',
        'name: Hello',
        'broker:    rabbitmq',
        '',
        '# what happens',
        'events:',
        '  # the first one',
        '  order.created:',
        '    key: orderId',
        '    payload: { orderId: uuid, note?: "string" } # short',
        'publishers: { orders: [order.created] }',
        '',
        'consumers:',
        '  inventory: [order.created]',
        '',
      ].join('\n'),
    );
  });

  it('keeps texts over several lines, and what anchors stand for', () => {
    const text =
      'name: >-\n    One\n\n      Two  \n\n    Three\nevents:\n   a: &x\n      key: id\n      description: |\n        Text  \n          deeper\n   b: *x\n';
    const made = formatted(text);
    expect(specValue(made)).toEqual(specValue(text));
    expect(made).toContain('  a: &x\n    key: id\n');
    expect(formatted(made)).toBe(made);
  });

  it('checks without writing, shows what it would do, writes, and refuses what is no YAML', async () => {
    const file = join(folder, 'a.yaml');
    const text = readFixture('specs', 'hello.yaml').replaceAll(
      /^ {2}/gm,
      '    ',
    );
    writeFileSync(file, text);
    expect(await runCli(['format', file, '--check'])).toMatchObject({
      code: 1,
    });
    const dry = await runCli(['format', file, '--dry-run']);
    expect(dry.out).toMatch(/^--- a\//);
    expect(readFileSync(file, 'utf8')).toBe(text);
    expect(await runCli(['format', file])).toMatchObject({ code: 0 });
    expect(await runCli(['format', file, '--check'])).toMatchObject({
      code: 0,
      out: '',
    });
    writeFileSync(file, 'a: [b\n');
    expect(await runCli(['format', file])).toMatchObject({ code: 2 });
  });
});

describe('add', () => {
  const file = join(folder, 'shop.yaml');
  const fresh = (): string => {
    const text = readFixture('specs', 'shop.yaml');
    writeFileSync(file, text);
    return text;
  };
  const add = (...argv: readonly string[]) =>
    runCli(['add', ...argv, '--spec', file]);

  it('writes an event with those who publish and consume it, and leaves every other line', async () => {
    const before = fresh().split('\n');
    const { code } = await add(
      'event',
      'order.refunded',
      '--aggregate',
      'order',
      '--key',
      'orderId',
      '--payload',
      '{ orderId: uuid, amount: number }',
      '--publisher',
      'order-service',
      '--consumer',
      'payment-service,mailer',
    );
    expect(code).toBe(0);
    const after = readFileSync(file, 'utf8').split('\n');
    // One line got longer: the publisher's list.
    expect(before.filter((line) => !after.includes(line))).toHaveLength(1);
    expect(
      compareTexts(before.join('\n'), after.join('\n')).changes.map(changeText),
    ).toEqual(
      expect.arrayContaining([
        'safe event-added@order.refunded',
        'safe consumer-added@mailer',
      ]),
    );
  });

  it.each([
    [
      'consumer',
      'shipping-service',
      'order.shipped',
      '--handler',
      'track',
      '--dead-letter',
    ],
    ['publisher', 'payment-service', 'order.paid'],
    ['service', 'billing', '--owner', 'team-money'],
    ['channel', 'stock.reserved', '--partitions', '3'],
    ['type', 'Money', '--fields', '{ amount: number, currency: string }'],
    ['query', 'byUser', '--projection', 'orders', '--by', 'userId'],
    [
      'request',
      'stock.check',
      '--requester',
      'order-service',
      '--responder',
      'inventory-service',
      '--request',
      '{ sku: string }',
      '--reply',
      '{ left: integer }',
    ],
  ])('takes %s %s', async (...argv) => {
    fresh();
    expect(await add(...argv)).toMatchObject({ code: 0, err: '' });
  });

  it('writes nothing that would not validate', async () => {
    const before = fresh();
    const { code, err } = await add(
      'publisher',
      'payment-service',
      'order.nope',
    );
    expect(code).toBe(1);
    expect(err).toContain('resolve/unknown-event');
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  it('says what is missing where there is no terminal, and what is there already', async () => {
    fresh();
    expect((await add('service')).err).toContain('needs its name');
    expect(
      (await add('service', 'payment-service', '--owner', 'x')).err,
    ).toContain('already');
  });

  it('writes to the file that holds the siblings', async () => {
    const parts = {
      'root.yaml':
        'eventArch: 1\nname: Hello\nbroker: rabbitmq\ninclude: parts.yaml\n',
      'parts.yaml':
        'events:\n  order.created: { key: orderId, payload: { orderId: uuid } }\npublishers:\n  orders: [order.created]\nconsumers:\n  inventory: [order.created]\n',
    };
    for (const [name, text] of Object.entries(parts))
      writeFileSync(join(folder, name), text);
    const { out } = await runCli([
      'add',
      'event',
      'order.paid',
      '--key',
      'orderId',
      '--payload',
      '{ orderId: uuid }',
      '--publisher',
      'orders',
      '--spec',
      join(folder, 'root.yaml'),
    ]);
    expect(out).toContain('parts.yaml');
    expect(readFileSync(join(folder, 'root.yaml'), 'utf8')).toBe(
      parts['root.yaml'],
    );
  });
});
