// What the documents claim, read from the Markdown alone, against the model and against each other.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Locale } from '../../core/locale.ts';
import type { Model } from '../../model/model.ts';
import {
  contradictions,
  set,
  type Claim,
} from '../../testing/document-facts/claim.ts';
import { claimsOf } from '../../testing/document-facts/claims-of.ts';
import {
  anyModelOf,
  brokerNamed,
  checkText,
  loadModel,
} from '../../testing/load-model.ts';
import { ownRenderer } from '../../testing/own-templates.ts';
import { randomSpec } from '../../testing/random-spec.ts';
import { documentTarget } from './document-target.ts';

const times = Number(process.env['EVENT_ARCH_RUNS'] ?? '1');
const render = ownRenderer();
const brokers = ['kafka', 'rabbitmq'] as const;
const locales = ['en', 'fr'] as const;

type Documents = ReadonlyMap<string, string>;

function documentsOf(model: Model): Documents {
  return new Map(
    [
      ...documentTarget.emit(model, {
        render,
        broker: brokerNamed(model.broker.kind),
        findings: [],
        toolVersion: '0.0.0',
      }),
    ].map(({ path, content }) => [path, content]),
  );
}

/** What the model says of the facts that the documents claim. */
function truthsOf(model: Model): readonly Claim[] {
  const truth = (fact: string, subject: string, value: string): Claim => ({
    fact,
    subject,
    value,
    place: 'the model',
  });
  const { broker, guarantees } = model;
  return [
    ...model.events.flatMap(({ name }) => {
      const services = model.publications
        .filter(({ event }) => event === name)
        .map(({ service }) => service);
      const readers = model.subscriptions
        .filter((one) => one.events.includes(name))
        .map(({ service }) => service);
      return [
        ...(services.length === 0
          ? []
          : [truth('published by', name, set(services))]),
        ...(readers.length === 0
          ? []
          : [truth('consumed by', name, set(readers))]),
      ];
    }),
    ...model.publications.map(({ service, event, hasOutbox }) =>
      truth(
        'leaves by',
        `${service}/${event}`,
        hasOutbox.value ? 'outbox' : 'direct',
      ),
    ),
    ...model.environments.map(({ name, replication }) =>
      truth('copies', name, String(replication.value)),
    ),
    ...model.sagas.flatMap(({ name, steps, coordinator, aborts }) => [
      truth('steps', name, String(steps.length)),
      ...(steps.every(({ compensate }) => compensate === null)
        ? [truth('undoes something', name, 'false')]
        : []),
      ...(coordinator === null
        ? [truth('has a coordinator', name, 'false')]
        : []),
      ...(aborts === null ? [] : [truth('given up with', name, aborts)]),
    ]),
    truth(
      'parks anything',
      'system',
      String(
        model.groups.some(
          ({ delivery, subscriptions }) =>
            delivery.value !== 'at-most-once' &&
            model.subscriptions.some(
              ({ id, hasDeadLetter }) =>
                subscriptions.includes(id) && hasDeadLetter.value,
            ),
        ),
      ),
    ),
    truth('kept for', 'system', String(guarantees.retention.value)),
    truth(
      'order',
      'system',
      guarantees.ordering.value === 'per-key' &&
        model.events.every(({ key }) => key === null)
        ? 'no keys'
        : guarantees.ordering.value,
    ),
    // What a log keeps of an event store or by compaction does not follow from the retention alone.
    ...(broker.kind === 'kafka'
      ? []
      : [
          truth(
            'kept otherwise',
            'system',
            set(
              model.channels
                .filter(
                  ({ retention }) =>
                    retention.value !== guarantees.retention.value,
                )
                .map(({ name }) => name),
            ),
          ),
        ]),
    truth('broker', 'system', `${broker.title} ${broker.version.value}`),
  ];
}

/** Faults of documents: what contradicts the model, and what contradicts itself. */
const faultsOf = (model: Model, documents: Documents): readonly string[] =>
  contradictions([...truthsOf(model), ...claimsOf(documents)]);

const cases = brokers.flatMap((broker) =>
  ['shop', 'eshop', 'ftgo', 'hello', 'streetlights', 'wikimedia'].flatMap(
    (spec) => locales.map((locale) => ({ spec, broker, locale })),
  ),
);

describe.each(cases)('$spec on $broker in $locale', (one) => {
  const model: Model = {
    ...loadModel(one.spec, one.broker),
    locale: one.locale,
  };

  it('is told without a contradiction', () => {
    expect(faultsOf(model, documentsOf(model))).toEqual([]);
  });
});

describe.each(brokers)('random systems on %s', (broker) => {
  it.each(locales)('are told without a contradiction in %s', (locale) => {
    fc.assert(
      fc.property(randomSpec(broker), (spec) => {
        const checked = checkText(JSON.stringify({ ...spec, locale }), broker);
        const model = anyModelOf(checked);
        expect(faultsOf(model, documentsOf(model))).toEqual([]);
      }),
      { numRuns: 15 * times },
    );
  });
});

describe('the choice of the broker', () => {
  const chosen = (written: string, locale: Locale, broker?: string) => {
    const text = `eventArch: 1
name: Hello
locale: ${locale}
broker: ${written}
events:
  order.created: { key: orderId, payload: { orderId: uuid } }
publishers:
  orders: [order.created]
consumers:
  inventory: [order.created]
`;
    return claimsOf(documentsOf(anyModelOf(checkText(text, broker)))).filter(
      ({ subject }) => subject === 'broker',
    );
  };
  const values = (found: readonly Claim[]): readonly string[] =>
    found.map(({ value }) => value);

  it.each(locales)('is the spec’s, with its reason, in %s', (locale) => {
    for (const version of ['', ', version: "4.1"']) {
      const [status, reason] = values(
        chosen(`{ kind: kafka${version}, because: We know it }`, locale),
      );
      expect([status, reason]).toEqual(['spec', 'We know it']);
    }
    expect(values(chosen('kafka', locale))[0]).toBe('spec');
  });

  it.each(locales)('is the run’s for another broker, in %s', (locale) => {
    const [status, reason] = values(
      chosen('{ kind: kafka, because: We know it }', locale, 'rabbitmq'),
    );
    expect(status).toBe('run');
    expect(reason).not.toBe('We know it');
  });
});

describe('the reading of documents', () => {
  const shop = loadModel('shop', 'kafka');
  const alone = loadModel('eshop', 'kafka');
  const changed = (
    model: Model,
    path: string,
    change: (text: string) => string,
  ): readonly string[] => {
    const documents = documentsOf(model);
    const text = documents.get(path) ?? '';
    const falsified = change(text);
    expect(falsified).not.toBe(text);
    return faultsOf(model, new Map([...documents, [path, falsified]]));
  };
  const page = 'ARCHITECTURE.md';

  it('finds claims of every kind', () => {
    const facts = new Set(
      [shop, alone].flatMap((model) =>
        claimsOf(documentsOf(model)).map(
          ({ fact, place }) => `${fact}: ${place}`,
        ),
      ),
    );
    expect([...facts].toSorted()).toMatchInlineSnapshot(`
      [
        "broker: drawing",
        "broker: infrastructure",
        "broker: record",
        "chosen: record",
        "consumed by: events",
        "consumed by: flows",
        "consumed by: guide",
        "copies: failure modes",
        "copies: infrastructure",
        "given up with: failure modes",
        "given up with: sagas",
        "has a coordinator: failure modes",
        "has a coordinator: sagas",
        "kept for: exceptions",
        "kept for: guarantees",
        "kept for: infrastructure",
        "kept for: personal data",
        "kept for: record",
        "kept otherwise: exceptions",
        "kept otherwise: record",
        "leaves by: failure modes",
        "leaves by: flows",
        "leaves by: guide",
        "order: guarantees",
        "order: record",
        "parks anything: infrastructure",
        "parks anything: patterns",
        "parks in: failure modes",
        "parks in: guide",
        "parks in: infrastructure",
        "published by: events",
        "published by: flows",
        "published by: guide",
        "published by: overview",
        "reason: record",
        "steps: sagas",
        "undoes something: failure modes",
        "undoes something: sagas",
      ]
    `);
  });

  it('sees a saga that is said to be undone by nobody and by someone', () => {
    expect(
      changed(alone, page, (text) =>
        text.replace(
          /(\| `checkout` \| No outcome within 1h \|).*\|/,
          '$1 Done steps are compensated, then `order.status-changed-to-cancelled` is published. |',
        ),
      ),
    ).toEqual([
      'undoes something: checkout is "false" in the model, "true" in failure modes',
      'has a coordinator: checkout is "false" in the model, "true" in failure modes',
    ]);
  });

  it('sees an environment that is not told, and one told wrong', () => {
    expect(
      changed(shop, page, (text) =>
        text.replace(
          /In `dev`, there is one copy[^|]*?\. In `prod`/,
          'In `prod`',
        ),
      ),
    ).toEqual(['copies: dev is "1" in the model, "not told" in failure modes']);
    expect(
      changed(shop, page, (text) =>
        text.replace('takes over (3 copies)', 'takes over (5 copies)'),
      ),
    ).toEqual(['copies: prod is "3" in the model, "5" in failure modes']);
  });

  it('sees a broker that the tool is said to have chosen', () => {
    const record = documentsOf(shop).get('decisions/0001-broker.md') ?? '';
    const status = (text: string): string | undefined =>
      claimsOf(new Map([['decisions/0001-broker.md', text]])).find(
        ({ fact }) => fact === 'chosen',
      )?.value;
    expect(status(record)).toBe('spec');
    expect(
      status(
        record.replace(
          'chosen in the spec',
          'default of the tool, not chosen in the spec',
        ),
      ),
    ).toBe('tool');
  });

  it('sees a publisher, an outbox, a consumer and a retention told otherwise', () => {
    const faults = changed(shop, page, (text) =>
      text
        .replace('`payment-service` (outbox)', '`payment-service` (direct)')
        .replace(
          '| `stock.reserved` | `inventory-service` |',
          '| `stock.reserved` | `order-service` |',
        )
        .replace('| Retention | 7d |', '| Retention | 3d |'),
    );
    expect(faults).toHaveLength(3);
  });
});
