import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import type { JsonObject, JsonValue } from '../core/json.ts';
import { checkText, fixturePath, readFixture } from '../testing/load-model.ts';

const told = (text: string): readonly string[] =>
  checkText(text).diagnostics.map(
    ({ code, location }) => `${code} at ${location?.range?.start ?? ''}`,
  );

const codes = (text: string): readonly string[] =>
  told(text).map((one) => one.split(' ')[0] ?? '');

const spec = (parts: Readonly<Record<string, string>> = {}): string =>
  `eventArch: 1
name: Orders
broker: kafka
events:
  order.placed: ${parts['event'] ?? '{ key: orderId, payload: { orderId: uuid } }'}
publishers: ${parts['publishers'] ?? '{ orders: [order.placed] }'}
consumers:
  billing: { subscribes: { order.placed: { ${parts['settings'] ?? ''} } } }
  stock: [${parts['subscribed'] ?? 'order.placed'}]
`;

/** How many places of a spec are spoilt; EVENT_ARCH_RUNS multiplies them. */
const most = 100 * Number(process.env['EVENT_ARCH_RUNS'] ?? '1');

/** Every value inside a spec replaced by one that no schema takes, one at a time. */
function* spoilt(value: JsonValue): Generator<JsonValue> {
  if (Array.isArray(value)) {
    const items = value as readonly JsonValue[];
    for (const [index, item] of items.entries())
      for (const inner of spoilt(item)) yield items.with(index, inner);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value as JsonObject))
      for (const inner of spoilt(item))
        yield { ...(value as JsonObject), [key]: inner };
  }
  yield [[[]]];
}

describe('a spec that the schema refuses in places', () => {
  it('is told with the mistyped names elsewhere', () => {
    expect(
      codes(spec({ settings: 'instances: many', subscribed: 'order.plced' })),
    ).toEqual(['schema/wrong-type', 'resolve/unknown-event']);
  });

  it('is told with mistyped names of the same participant', () => {
    expect(
      codes(
        spec({ settings: '}, order.paid: { instances: many', subscribed: '' }),
      ),
    ).toEqual(['resolve/unknown-event', 'schema/wrong-type']);
  });

  it('is told with a name that is near that of what is refused inside', () => {
    expect(
      codes(
        spec({
          event: '{ type: domian, key: orderId, payload: { orderId: uuid } }',
          subscribed: 'order.plced',
        }),
      ),
    ).toEqual(['schema/not-allowed', 'resolve/unknown-event']);
  });

  it('keeps the places of what stands behind a refused part of a list', () => {
    const text = spec({
      publishers:
        '{ a: [order.placed, 5], orders: [order.placed, order.paid] }',
    });
    expect(told(text)).toEqual([
      `schema/wrong-type at ${text.indexOf('5]')}`,
      `resolve/unknown-event at ${text.indexOf('order.paid')}`,
    ]);
  });

  it('says nothing about a key when the payload is refused', () => {
    expect(codes(spec({ event: '{ key: orderId, payload: 5 }' }))).toEqual([
      'schema/wrong-type',
    ]);
  });

  it('calls no name unknown when names may be among what is refused', () => {
    expect(
      codes(spec({ event: '5', subscribed: 'order.placed, other' })),
    ).toEqual(['schema/wrong-type']);
    expect(codes(spec().replace('events:', 'event:'))).not.toContain(
      'resolve/unknown-event',
    );
  });

  it.each(
    readdirSync(fixturePath('specs')).filter((name) => name.endsWith('.yaml')),
  )('blames nothing but the refused value of %s', (name) => {
    const whole = parse(readFixture('specs', name)) as JsonObject;
    const all = [...spoilt(whole)];
    const step = Math.ceil(all.length / most);
    const some = all.filter((_, index) => index % step === 0);
    const blamed = some.flatMap((value) => {
      const found = codes(stringify(value, { aliasDuplicateObjects: false }));
      return found.some((code) => code.startsWith('schema/'))
        ? found.filter((code) => code.startsWith('resolve/'))
        : [];
    });
    expect(blamed).toEqual([]);
  });
});
