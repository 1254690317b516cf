// Valid specs of any shape: every property of the language, references that hold, free texts as hostile as asked for.
import * as fc from 'fast-check';
import type { JsonObject, JsonValue } from '../core/json.ts';
import {
  compact,
  randomChoice,
  type BrokerName,
  type SpecDraft,
} from './random-draft.ts';
import { randomFlows } from './random-flows.ts';
import { randomNames } from './random-names.ts';
import { randomPayload } from './random-payload.ts';
import { randomProcesses } from './random-processes.ts';
import { randomSource, type RandomSource } from './random-source.ts';

/** Makes specs that validate for a broker. `texts`: what free-text fields hold. */
export function randomSpec(
  broker: BrokerName,
  texts: fc.Arbitrary<string> = plainText(),
): fc.Arbitrary<JsonObject> {
  return fc
    .record({
      seed: fc.nat(0x7fffffff),
      texts: fc.array(texts, { minLength: 6, maxLength: 24 }),
    })
    .map(({ seed, texts: found }) => buildSpec(broker, seed, found));
}

/** Words as an author would write them. */
export function plainText(): fc.Arbitrary<string> {
  return fc.constantFrom(
    'Takes orders',
    'Stock is reserved first.',
    'Équipe commandes',
    'See ADR 12',
  );
}

function buildSpec(
  broker: BrokerName,
  seed: number,
  texts: readonly string[],
): JsonObject {
  const random = randomSource(seed);
  const text = (): string => {
    const found = random.pick(texts);
    return found === '' ? 'x' : found;
  };
  const names = randomNames(random);
  const payloads = randomPayload(random, names, text);
  const draft: SpecDraft = { random, broker, names, payloads, text };
  const processes = randomProcesses(draft);
  const title = text();
  return compact({
    eventArch: 1,
    name: /\S/.test(title) ? title.slice(0, 200).padEnd(1, 'x') : 'Shop',
    description: random.maybe(0.5, text),
    locale: random.maybe(0.5, () => random.pick(['en', 'fr'])),
    documentsUrl: random.maybe(0.3, () => 'https://docs.example.org/shop'),
    include: random.maybe(0.1, () => []),
    context: random.maybe(0.5, () =>
      compact({
        needs: random.maybe(0.8, () => [text(), text()]),
        volume: random.maybe(0.8, () => random.pick(['10000/s', '1M/day'])),
        description: random.maybe(0.3, text),
      }),
    ),
    guarantees: random.maybe(0.4, () => randomGuarantees(draft)),
    broker: randomBroker(draft),
    eventStore: processes.eventStore,
    environments: random.maybe(0.4, () => randomEnvironments(draft)),
    services: random.maybe(0.7, () => randomServices(draft)),
    types: payloads.types,
    ...processes.sections,
    ...randomFlows(draft, processes),
    'x-notes': random.maybe(0.1, text),
  });
}

function randomGuarantees(draft: SpecDraft): JsonObject {
  const { random } = draft;
  return compact({
    delivery: random.maybe(0.4, () => randomChoice(draft, 'at-least-once')),
    // Order per key as the author's own default would ask every event for a key.
    ordering: random.maybe(0.4, () => randomChoice(draft, 'none')),
    retention: random.maybe(0.4, () =>
      randomChoice(draft, random.pick(['7d', '12h', 'forever', '1.5h'])),
    ),
    compatibility: random.maybe(0.4, () =>
      randomChoice(draft, random.pick(['backward', 'full-transitive', 'none'])),
    ),
  });
}

function randomBroker(draft: SpecDraft): JsonValue {
  const { random, broker, text } = draft;
  if (random.chance(0.5)) return broker;
  const options =
    broker === 'kafka' ? kafkaOptions(random) : rabbitmqOptions(random);
  return compact({
    kind: broker,
    version: random.maybe(0.8, () => (broker === 'kafka' ? '4.1' : '4.3')),
    options: random.maybe(0.8, () => options),
    because: random.maybe(0.5, text),
  });
}

function kafkaOptions(random: RandomSource): JsonObject {
  const isNew = random.chance(0.3);
  return compact({
    securityProtocol: random.maybe(0.4, () =>
      random.pick(['SASL_SSL', 'SASL_PLAINTEXT']),
    ),
    saslMechanism: random.maybe(0.3, () => 'SCRAM-SHA-512'),
    clusterName: random.maybe(0.4, () => 'shop-cluster'),
    compression: random.maybe(0.4, () => random.pick(['none', 'gzip', 'zstd'])),
    client: isNew ? 'platformatic' : random.maybe(0.3, () => 'kafkajs'),
    groupProtocol: isNew ? 'consumer' : random.maybe(0.3, () => 'classic'),
    operatorPrincipal: random.maybe(0.3, () => 'people'),
    exporterPrincipal: random.maybe(0.3, () => 'metrics'),
    alsoAllowed: random.maybe(0.3, () => ['audit', '*']),
  });
}

function rabbitmqOptions(random: RandomSource): JsonObject {
  return compact({
    vhost: random.maybe(0.4, () => 'Shop.v1'),
    hashPartitions: random.maybe(0.3, () => random.int(1, 16)),
    slots: random.maybe(0.3, () => random.int(1024, 4096)),
    outage: random.maybe(0.4, () => '2h'),
    logs: random.maybe(0.4, () => random.pick(['declared', 'always', 'never'])),
    delayedRetry: random.maybe(0.4, () => random.pick(['auto', 'never'])),
    consumerTimeout: random.maybe(0.3, () => '1h'),
    alsoAllowed: random.maybe(0.3, () => ['audit', 'backup']),
  });
}

function randomEnvironments(draft: SpecDraft): JsonObject {
  const { random, text } = draft;
  return Object.fromEntries(
    random
      .some(['dev', 'prod', 'con', 'constructor', 'eu-west'], 1, 4)
      .map((name): [string, JsonObject] => {
        const replication = random.pick([1, 3, 5]);
        return [
          name,
          compact({
            replication,
            minInSync: random.maybe(0.5, () => random.int(1, replication)),
            hosts: random.maybe(0.5, () => ['broker-1.test:9092', 'broker-2']),
            description: random.maybe(0.3, text),
            because: random.maybe(0.3, text),
          }),
        ];
      }),
  );
}

function randomServices(draft: SpecDraft): JsonObject {
  const { random, names, text } = draft;
  return Object.fromEntries(
    random.some(names.services, 1, 6).map((name): [string, JsonObject] => [
      name,
      compact({
        description: random.maybe(0.5, text),
        owner: random.maybe(0.6, text),
        context: random.maybe(0.6, text),
        database: names.transactional.includes(name)
          ? undefined
          : random.maybe(0.5, text),
        external: random.maybe(0.2, () => random.chance(0.5)),
      }),
    ]),
  );
}
