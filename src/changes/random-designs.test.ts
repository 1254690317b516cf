// Random designs: nothing changes between a design and itself in another order, both directions tell of the same things,
// and every payload that is shown as proof is what ajv says it is. EVENT_ARCH_RUNS multiplies the number of runs.
import { Ajv2020 } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../core/json.ts';
import { changeText, compareTexts } from '../testing/compare-texts.ts';
import {
  anyModelOf,
  brokerNamed,
  checkText,
  readFixture,
} from '../testing/load-model.ts';
import { randomSpec } from '../testing/random-spec.ts';
import {
  randomNumbers,
  shuffleEntries,
  specText,
  specValue,
} from '../testing/spec-changes.ts';
import { shapeSchema, typeSchemas } from '../model/json-schema.ts';
import type { Event, Model } from '../model/model.ts';
import type { Shape } from '../model/payload.ts';
import type { Change } from './change.ts';
import { findChanges } from './find-changes.ts';
import { changeKinds } from './index.ts';
import { jointContent } from './payload-check.ts';

const times = Number(process.env['EVENT_ARCH_RUNS'] ?? '1');
const brokers = ['kafka', 'rabbitmq'] as const;

/** What the other direction may call a change; a code that is not here is its own mirror. */
const mirrors: Readonly<Record<string, readonly string[]>> = {
  'aggregate-added': ['aggregate-removed'],
  'aggregate-reassigned': ['history-split', 'aggregate-reassigned'],
  'broker-version-raised': ['broker-version-lowered'],
  'capacity-lowered': ['capacity-raised', 'capacity-lowered'],
  'capacity-raised': ['capacity-lowered', 'capacity-raised'],
  'channel-added': ['channel-removed'],
  'compaction-on': ['compaction-off'],
  'compatibility-lowered': ['compatibility-raised', 'compatibility-lowered'],
  'consumer-added': ['consumer-removed', 'subscription-narrowed'],
  'dead-letter-added': ['dead-letter-dropped'],
  'delivery-strengthened': ['delivery-weakened'],
  'delivery-duplicates': ['delivery-weakened', 'delivery-strengthened'],
  'environment-added': ['environment-removed'],
  'event-added': ['event-removed', 'event-dropped'],
  'event-unpublished': ['publisher-added'],
  'headers-changed': ['headers-refused', 'headers-changed'],
  'headers-refused': ['headers-changed', 'headers-refused'],
  'idempotency-dropped': ['idempotency-changed'],
  'idempotency-changed': ['idempotency-dropped', 'idempotency-changed'],
  'key-added': ['key-removed'],
  'once-dropped': ['once-promised'],
  'ordering-strengthened': ['ordering-weakened'],
  'outbox-added': ['outbox-dropped'],
  'partitions-grown': ['partitions-reduced'],
  'payload-changed': ['payload-refused', 'payload-unproven', 'payload-changed'],
  'payload-refused': ['payload-changed', 'payload-unproven', 'payload-refused'],
  'projection-added': ['projection-removed'],
  'public-granted': ['public-withdrawn'],
  'publisher-added': ['publisher-removed', 'event-unpublished'],
  'publisher-removed': ['publisher-added'],
  'query-added': ['query-removed'],
  'replication-raised': ['replication-lowered'],
  'request-added': ['request-removed'],
  'request-changed': ['request-refused', 'request-changed'],
  'request-refused': ['request-changed', 'request-refused'],
  'retention-lengthened': ['retention-shortened'],
  'retry-lengthened': ['retry-shortened'],
  'saga-added': ['saga-removed'],
  'service-added': ['service-removed'],
  'state-declared': ['state-disclaimed'],
  'states-added': ['states-removed'],
  'subscription-narrowed': ['subscription-rewritten', 'subscription-narrowed'],
  'subscription-rewritten': ['subscription-rewritten', 'consumer-added'],
  'timeout-shortened': ['timeout-lengthened'],
  'undo-waived': ['undo-withdrawn'],
  'version-raised': ['version-lowered'],
  'volume-raised': ['volume-lowered', 'volume-raised'],
};

/** These follow from what one side keeps, and have no counterpart of their own. */
const oneSided = new Set([
  'resource-abandoned',
  'history-forgotten',
  'payload-unreplayable',
  'version-forgotten',
  'version-documented',
]);

function mirrored(slug: string): readonly string[] {
  const there = mirrors[slug] ?? [];
  const back = Object.keys(mirrors).filter((other) =>
    mirrors[other]?.includes(slug),
  );
  return there.length + back.length === 0 ? [slug] : [...there, ...back];
}

const slugOf = ({ code }: Change): string => code.replace(/^diff\//, '');

/** The changes that the other direction does not tell of. */
function unmirrored(
  there: readonly Change[],
  back: readonly Change[],
): readonly string[] {
  const isRenamed = [...there, ...back].some((change) =>
    slugOf(change).endsWith('-renamed'),
  );
  return there
    .filter((change) => !oneSided.has(slugOf(change)))
    .filter(
      (change) =>
        !back.some(
          (other) =>
            mirrored(slugOf(change)).includes(slugOf(other)) &&
            // A renamed thing has another name on the way back.
            (isRenamed || other.subject.name === change.subject.name),
        ),
    )
    .map(changeText);
}

// Fields may be called like what every object inherits, such as "toString".
const ajv = new Ajv2020({
  ownProperties: true,
  strict: false,
  validateSchema: false,
  logger: false,
});
ajvFormats.default(ajv);

function accepts(schema: JsonObject, payload: unknown): boolean {
  const validate = ajv.compile(schema);
  ajv.removeSchema(schema);
  return validate(structuredClone(payload));
}

/** Proofs that ajv contradicts, of changes to payloads. */
function contradicted(
  before: Model,
  after: Model,
  changes: readonly Change[],
): readonly string[] {
  return changes
    .filter((change) => slugOf(change) === 'payload-refused')
    .flatMap((change) => {
      const { proof, subject } = change;
      if (proof === null || 'missing' in proof) return [];
      const find = ({ events }: Model): Event | undefined =>
        events.find(({ name }) => name === subject.name);
      const [old, now] = [find(before), find(after)];
      if (old === undefined || now === undefined) return [];
      const content = jointContent({ before: old, after: now });
      const compiled = (
        { types }: Model,
        { payload }: Pick<Event, 'payload'>,
      ) => shapeSchema(typeSchemas(types), payload, content);
      const next = compiled(after, now);
      const earlier = [
        compiled(before, old),
        ...old.versions.map((each) => compiled(before, each)),
        ...now.versions.map((each) => compiled(after, each)),
      ];
      const isShown = earlier.some(
        (each) => accepts(each, proof.payload) !== accepts(next, proof.payload),
      );
      return isShown ? [] : [`${changeText(change)} ${JSON.stringify(proof)}`];
    });
}

/** Reorders every list of a model whose order says nothing. */
function shuffledModel(model: Model, random: () => number): Model {
  const shuffled = <T>(items: readonly T[]): readonly T[] =>
    items
      .map((item) => ({ item, at: random() }))
      .toSorted((left, right) => left.at - right.at)
      .map(({ item }) => item);
  const shape = (of: Shape): Shape => ({ ...of, fields: shuffled(of.fields) });
  return {
    ...model,
    services: shuffled(model.services),
    types: shuffled(model.types).map((type) => ({
      ...type,
      shape: shape(type.shape),
    })),
    events: shuffled(model.events).map((event) => ({
      ...event,
      payload: shape(event.payload),
      headers: event.headers === null ? null : shape(event.headers),
      versions: event.versions.map((version) => ({
        ...version,
        payload: shape(version.payload),
      })),
    })),
    channels: shuffled(model.channels).map((channel) => ({
      ...channel,
      events: shuffled(channel.events),
    })),
    publications: shuffled(model.publications),
    subscriptions: shuffled(model.subscriptions),
    groups: shuffled(model.groups),
    flows: shuffled(model.flows),
    requests: shuffled(model.requests),
    aggregates: shuffled(model.aggregates).map((aggregate) => ({
      ...aggregate,
      commands: shuffled(aggregate.commands),
    })),
    projections: shuffled(model.projections),
    queries: shuffled(model.queries),
    sagas: shuffled(model.sagas),
  };
}

describe.each(brokers)('random designs for %s', (broker) => {
  it('do not differ from themselves in another order', () => {
    fc.assert(
      fc.property(randomSpec(broker), fc.nat(), (spec, seed) => {
        const model = anyModelOf(checkText(specText(spec)));
        const known = brokerNamed(broker);
        const shuffled = shuffledModel(model, randomNumbers(seed));
        const { changes } = findChanges(
          { model, broker: known },
          { model: shuffled, broker: known },
          'strict',
        );
        expect(changes.map(changeText)).toEqual([]);
      }),
      { numRuns: 6 * times },
    );
  });

  it('tell of the same things in both directions, with proofs that hold', () => {
    let count = 0;
    fc.assert(
      fc.property(randomSpec(broker), randomSpec(broker), (first, second) => {
        const [left, right] = [specText(first), specText(second)];
        const there = compareTexts(left, right);
        const back = compareTexts(right, left);
        expect(unmirrored(there.changes, back.changes)).toEqual([]);
        expect(unmirrored(back.changes, there.changes)).toEqual([]);
        const [before, after] = [there.before, there.after];
        if (before !== null)
          expect(contradicted(before, after, there.changes)).toEqual([]);
        count += there.changes.length;
      }),
      { numRuns: 4 * times },
    );
    expect(count).toBeGreaterThan(30);
  });
});

describe('the fixtures', () => {
  it.each(['shop', 'eshop', 'ftgo', 'hello', 'streetlights', 'wikimedia'])(
    '%s does not differ from itself in another order',
    (name) => {
      const text = readFixture('specs', `${name}.yaml`);
      const shuffled = shuffleEntries(specValue(text), randomNumbers(5));
      expect(compareTexts(text, specText(shuffled)).changes).toEqual([]);
    },
  );

  it('know every code that a mirror names', () => {
    const declared = changeKinds.flatMap(({ catalogue }) =>
      Object.keys(catalogue.entries),
    );
    const named = Object.entries(mirrors).flatMap(([code, others]) => [
      code,
      ...others,
    ]);
    expect(named.filter((code) => !declared.includes(code))).toEqual([]);
  });
});
