import { describe, expect, it } from 'vitest';
import {
  isJsonObject,
  own,
  type JsonObject,
  type JsonValue,
} from '../core/json.ts';
import { nodeHost } from '../host/node-host.ts';
import { checkSpec, type CheckedSpec } from '../pipeline/check-spec.ts';
import {
  brokerNamed,
  checkText,
  fixturePath,
  modelOf,
} from '../testing/load-model.ts';
import { showModel } from './show-model.ts';
import { shownJson } from './shown-json.ts';
import { shownYaml } from './shown-yaml.ts';

const fixtures = [
  ['shop.yaml'],
  ['eshop.yaml'],
  ['ftgo.yaml'],
  ['hello.yaml'],
  ['streetlights.yaml'],
  ['wikimedia.yaml'],
  ['by-context', 'library.yaml'],
];

const checked = (...path: readonly string[]): CheckedSpec =>
  checkSpec(nodeHost(), { file: fixturePath('specs', ...path) });

const show = (spec: CheckedSpec): ReturnType<typeof showModel> =>
  showModel(
    modelOf(spec),
    (at) => spec.sources.documents.some((document) => document.has(at)),
    brokerNamed(modelOf(spec).broker.kind).derivedOptions(modelOf(spec)),
  );

/** Takes from a model what says only where things were written and why. */
function withoutProvenance(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutProvenance);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(
        ([key]) =>
          !['from', 'origin', 'because'].includes(key) ||
          Array.isArray((value as Record<string, unknown>)[key]),
      )
      .map(([key, inner]) => [key, withoutProvenance(inner)]),
  );
}

const shopText = (extra: string): string =>
  `eventArch: 1\nname: Shop\nbroker: kafka\n${extra}`;

describe('a shown spec as YAML', () => {
  it.each(fixtures)('is a valid spec of the same model: %s %s', (...path) => {
    const before = checked(...path);
    const text = shownYaml(show(before));
    const after = checkText(text);
    expect(
      after.diagnostics.filter(({ severity }) => severity === 'error'),
    ).toEqual([]);
    expect(withoutProvenance(modelOf(after))).toEqual(
      withoutProvenance(modelOf(before)),
    );
  });

  it('says the same when it is shown again, but for what is now written', () => {
    const once = modelOf(checked('shop.yaml'));
    const twice = modelOf(
      checkText(
        shownYaml(show(checkText(shownYaml(show(checked('shop.yaml')))))),
      ),
    );
    expect(withoutProvenance(twice)).toEqual(withoutProvenance(once));
  });

  it('reads as a spec whose every default is told', async () => {
    await expect(shownYaml(show(checked('hello.yaml')))).toMatchFileSnapshot(
      fixturePath('cli', 'show', 'hello.yaml'),
    );
  });

  it('keeps the design when groups, patterns and derived participants meet', () => {
    const text = shopText(`
events:
  order.created: { key: id, payload: { id: uuid } }
  order.paid: { key: id, payload: { id: uuid } }
publishers: { orders: { publishes: [order.created, order.paid], because: it owns them } }
consumers:
  orders:
    retry: { attempts: 2 }
    subscribes:
      order.*: {}
      order.created: [{ group: a, retry: { first: 2s } }, { group: b, instances: 2 }]
  audit: { subscribes: { order.#: { group: audit.all }, order.paid: {} } }
projections:
  orders: { service: orders, from: order.*, key: id, fields: { id: uuid } }
`);
    const before = checkText(text);
    const after = checkText(shownYaml(show(before)));
    expect(withoutProvenance(modelOf(after))).toEqual(
      withoutProvenance(modelOf(before)),
    );
  });

  it('keeps the settings of a publisher whose events all follow from a saga', () => {
    const before = checkText(
      shopText(`
events:
  order.created: { key: id, payload: { id: uuid } }
  card.hold: { type: command, key: id, payload: { id: uuid } }
  card.held: { key: id, payload: { id: uuid } }
publishers: { shop: [order.created], bank: [card.held], orders: { outbox: true } }
consumers: { bank: [card.hold] }
sagas: { booking: { coordinator: orders, starts: order.created, steps: [{ name: hold, command: card.hold, success: card.held }] } }
`),
    );
    const after = checkText(shownYaml(show(before)));
    expect(withoutProvenance(modelOf(after))).toEqual(
      withoutProvenance(modelOf(before)),
    );
    expect(
      modelOf(after).publications.find(({ event }) => event === 'card.hold'),
    ).toMatchObject({
      service: 'orders',
      hasOutbox: { value: true, from: 'spec' },
    });
  });

  it('quotes what would otherwise be read as something else', () => {
    const spec = checkText(
      shopText(
        `description: "yes: # no"\nevents:\n  a.b: { description: "- *x\\n{{y}}", payload: { id: uuid }, tags: ["1:30", "null", "#"] }\n`,
      ),
    );
    const event = modelOf(checkText(shownYaml(show(spec)))).events[0];
    expect(event?.description).toBe('- *x\n{{y}}');
    expect(event?.tags).toEqual(['1:30', 'null', '#']);
  });
});

/** Lists the leaves of the JSON form with their paths. */
function leaves(
  value: JsonValue,
  path: string,
): readonly (readonly [string, JsonObject])[] {
  if (Array.isArray(value))
    return (value as readonly JsonValue[]).flatMap((item, index) =>
      leaves(item, `${path}/${index}`),
    );
  if (!isJsonObject(value)) throw new Error(`${path} is no leaf and no branch`);
  if (
    own(value, 'from') !== undefined &&
    typeof own(value, 'from') === 'string'
  )
    return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) =>
    leaves(inner, `${path}/${key}`),
  );
}

describe('a shown spec as JSON', () => {
  const shopLeaves = leaves(shownJson(show(checked('shop.yaml'))), '');
  const leaf = (path: string): JsonObject | undefined =>
    shopLeaves.find(([at]) => at === path)?.[1];

  it('has only leaves that say where they came from', () => {
    const sources = new Set(shopLeaves.map(([, { from }]) => from));
    expect(sources).toEqual(new Set(['default', 'derived', 'spec']));
    expect(
      shopLeaves.every(
        ([, value]) =>
          Object.keys(value).join(' ') === 'value from origin because',
      ),
    ).toBe(true);
  });

  it('tells spec, default and derived values apart, each with its reason', () => {
    expect(leaf('/guarantees/delivery')).toEqual({
      value: 'at-least-once',
      from: 'spec',
      origin: '/guarantees/delivery',
      because: 'Consumers are idempotent',
    });
    expect(
      leaf('/consumers/shipping-service/subscribes/order.paid/instances'),
    ).toEqual({
      value: 1,
      from: 'default',
      origin: '/consumers/shipping-service/subscribes/order.paid',
      because: 'One copy until more is asked for',
    });
    expect(
      leaf('/consumers/order-service/subscribes/stock.reserved/role'),
    ).toEqual({
      value: 'saga',
      from: 'derived',
      origin: '/sagas/fulfilment/steps/0/success',
      because: 'The saga "fulfilment" needs it',
    });
  });

  it('names in every origin of "spec" a place that the spec has', () => {
    const { documents } = checked('shop.yaml').sources;
    const lost = shopLeaves.filter(
      ([, { from, origin }]) =>
        from === 'spec' &&
        !documents.some((document) => document.has(origin as string)),
    );
    expect(lost.map(([path]) => path)).toEqual([]);
  });
});
