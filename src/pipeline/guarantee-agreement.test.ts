// What the model, the document in both languages, the guide and the diff tell of a flow: the same of loss, doubling and order.
// EVENT_ARCH_RUNS multiplies the number of random specs.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deliveryWords } from '../changes/worth-words.ts';
import type { JsonObject } from '../core/json.ts';
import type { Flow, Model } from '../model/model.ts';
import { promisedWorth } from '../model/worth.ts';
import { mdRich } from '../render/escape-markdown.ts';
import { documentTarget } from '../targets/document/document-target.ts';
import { codes } from '../targets/document/say.ts';
import { compareTexts } from '../testing/compare-texts.ts';
import {
  anyModelOf,
  brokerNamed,
  checkText,
  loadModel,
  readFixture,
} from '../testing/load-model.ts';
import { ownRenderer } from '../testing/own-templates.ts';
import { randomSpec } from '../testing/random-spec.ts';
import { specText, specValue } from '../testing/spec-changes.ts';

const times = Number(process.env['EVENT_ARCH_RUNS'] ?? '1');
const brokers = ['kafka', 'rabbitmq'] as const;
const fixtures = [
  'by-context/library',
  'eshop',
  'ftgo',
  'hello',
  'shop',
  'streetlights',
  'wikimedia',
];
const render = ownRenderer();
const languages = ['en', 'fr'] as const;

function pages(model: Model, locale: 'en' | 'fr'): ReadonlyMap<string, string> {
  return new Map(
    [
      ...documentTarget.emit(
        { ...model, locale },
        {
          render,
          broker: brokerNamed(model.broker.kind),
          findings: [],
          toolVersion: '0.0.0',
        },
      ),
    ].map(({ path, content }) => [path, content]),
  );
}

const code = (name: string): string => mdRich(codes([name])).toString();

/** The cells of a table's rows in the section that a heading opens. */
function rowsUnder(page: string, heading: RegExp): readonly string[][] {
  const [, section = ''] = page.split(heading);
  return (section.split(/^#{2,3} /m)[0] ?? '')
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => line.slice(2, -2).split(/(?<!\\) \| /));
}

const headings = {
  en: /^### Declared against effective$/m,
  fr: /^### Déclaré et effectif$/m,
} as const;

/** Faults of one document: flows that it tells otherwise than the model has them. */
function untold(model: Model, locale: 'en' | 'fr'): readonly string[] {
  const page = pages(model, locale).get('ARCHITECTURE.md') ?? '';
  const words = render.words('document', locale);
  const rows = rowsUnder(page, headings[locale]);
  const chance = (isPossible: boolean): string =>
    words[isPossible ? 'chance.possible' : 'chance.never'] ?? '';
  const order = (flow: Flow): string =>
    flow.effective.ordering === 'none'
      ? (words['choice.unordered'] ?? '')
      : (words[`choice.${flow.effective.ordering}`] ?? '');
  const subscriptions = new Map(
    model.subscriptions.map((one) => [one.id, one]),
  );
  const weak = model.flows.filter(({ weakenings }) => weakenings.length > 0);
  return [
    ...weak
      .filter((flow) => {
        const group = subscriptions.get(flow.subscription ?? '')?.group;
        return !rows.some(
          ([events = '', hop = '', , lost, doubled, ordering]) =>
            events.split(', ').includes(code(flow.event)) &&
            (group === undefined || hop.endsWith(code(group))) &&
            lost === chance(flow.effective.mayBeLost) &&
            doubled === chance(flow.effective.mayBeDoubled) &&
            ordering === order(flow),
        );
      })
      .map(({ event, subscription }) => `${event} to ${subscription ?? '-'}`),
    ...model.flows.flatMap((flow) =>
      flow.assumptions
        .filter(({ kind, boundMs }) => {
          const [text = ''] = (words[`assumption.${kind}`] ?? '').split('{');
          const subscription = subscriptions.get(flow.subscription ?? '');
          const place =
            boundMs !== null
              ? flow.channel
              : kind === 'refused-replay'
                ? subscription?.role.name
                : subscription?.group;
          return !rows.some(
            ([, said = '', where = '']) =>
              said.startsWith(text) &&
              where.split(', ').includes(code(place ?? '')),
          );
        })
        .map(({ kind }) => `${kind} of ${flow.event}`),
    ),
  ];
}

/** Subscriptions that the guide gives no guard although the model has one, or the other way round. */
function misguided(model: Model): readonly string[] {
  const guide = pages(model, 'en').get('GUIDE.md') ?? '';
  const rows = rowsUnder(guide, /^## Consume an event$/m);
  const bare = render.words('document', 'en')['guide.idempotency.none'] ?? '';
  const unordered = render.words('document', 'en')['guide.order.none'] ?? '';
  return model.groups
    .filter((group) => {
      const own = model.flows.filter(({ subscription }) =>
        group.subscriptions.includes(subscription ?? ''),
      );
      // Groups of one service may handle the same events, each in its own way.
      const told = rows
        .filter(([, service, events]) => {
          const listed = events?.split(', ') ?? [];
          return (
            service === code(group.service) &&
            listed.length === group.events.length &&
            group.events.every((event) => listed.includes(code(event)))
          );
        })
        .map(([, , , rules = '']) => rules);
      const isDoubled = own.some(({ effective }) => effective.mayBeDoubled);
      return (
        (isDoubled && !told.some((rules) => rules.includes(bare))) ||
        (told.every((rules) => rules.includes(unordered)) &&
          own.some(({ effective }) => effective.ordering !== 'none'))
      );
    })
    .map(({ name }) => name);
}

/** Invariants of the model itself: nothing is weaker than declared without a cause, nor stronger than promised. */
function inconsistent({ flows, subscriptions }: Model): readonly string[] {
  const guarded = new Set(
    subscriptions
      .filter(({ idempotency }) => idempotency.value !== 'none')
      .map(({ id }) => id),
  );
  return flows
    .filter(({ declared, effective, weakenings, subscription }) => {
      const promised = promisedWorth(declared);
      const hasCause = (axis: string): boolean =>
        weakenings.some((one) => one.axis === axis);
      const isSkipped = guarded.has(subscription ?? '');
      return (
        effective.mayBeLost !== (promised.mayBeLost || hasCause('loss')) ||
        effective.mayBeDoubled !==
          ((promised.mayBeDoubled && !isSkipped) || hasCause('doubling')) ||
        (effective.ordering !== promised.ordering) !== hasCause('order')
      );
    })
    .map(({ event }) => event);
}

function faults(model: Model): readonly string[] {
  return [
    ...inconsistent(model).map((one) => `model: ${one}`),
    ...languages.flatMap((locale) =>
      untold(model, locale).map((one) => `${locale}: ${one}`),
    ),
    ...misguided(model).map((one) => `guide: ${one}`),
  ];
}

describe.each(brokers)('the guarantees of a design for %s', (broker) => {
  it.each(fixtures)('are told alike everywhere of %s', (name) => {
    expect(faults(loadModel(name, broker))).toEqual([]);
  });

  it('are told alike everywhere of random specs', () => {
    fc.assert(
      fc.property(randomSpec(broker), (spec) => {
        const model = anyModelOf(checkText(JSON.stringify(spec), broker));
        expect(faults(model)).toEqual([]);
      }),
      { numRuns: 12 * times },
    );
  });
});

/** The spec without outboxes, dead letters and guards. */
function stripped(spec: JsonObject): JsonObject {
  const text = JSON.stringify(spec)
    .replaceAll(/,?"outbox":true/g, '')
    .replaceAll('"deadLetter":true', '"deadLetter":false');
  return JSON.parse(text) as JsonObject;
}

/** What every consumer of an event can count on, least first. */
function delivered(text: string): ReadonlyMap<string, string> {
  const model = anyModelOf(checkText(text));
  const services = new Map(
    model.subscriptions.map(({ id, service }) => [id, service]),
  );
  const found = new Map<string, Flow['effective']>();
  for (const { event, subscription, effective } of model.flows) {
    const key = `${event} to ${services.get(subscription ?? '') ?? '-'}`;
    const known = found.get(key);
    found.set(key, {
      ordering: effective.ordering,
      mayBeLost: effective.mayBeLost || known?.mayBeLost === true,
      mayBeDoubled: effective.mayBeDoubled || known?.mayBeDoubled === true,
    });
  }
  return new Map([...found].map(([key, one]) => [key, deliveryWords(one)]));
}

describe('the diff of a design that loses what guards it', () => {
  it.each(fixtures.filter((name) => !name.includes('/')))(
    'tells of %s what its model tells',
    (name) => {
      const spec = specValue(readFixture('specs', `${name}.yaml`));
      const [before, after] = [spec, stripped(spec)].map(specText);
      if (before === undefined || after === undefined) throw new Error('two');
      const [old, now] = [delivered(before), delivered(after)];
      const expected = [...now].filter(
        ([key, words]) => !key.endsWith(' to -') && old.get(key) !== words,
      );
      const told = compareTexts(before, after).changes.filter(({ code: one }) =>
        one.startsWith('diff/delivery-'),
      );
      for (const [key, words] of expected) {
        const [event = '', service = ''] = key.split(' to ');
        expect(
          told.some(
            ({ subject, message }) =>
              subject.name === event &&
              message.includes(`"${service}"`) &&
              message.includes(`to "${words}"`),
          ),
          key,
        ).toBe(true);
      }
      expect(new Set(told.map(({ subject }) => subject.name))).toEqual(
        new Set(expected.map(([key]) => key.split(' to ')[0])),
      );
    },
  );
});
