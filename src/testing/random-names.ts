// Legal names of every kind, some of them words that files, languages and diagrams keep for themselves.
import type { RandomSource } from './random-source.ts';

export interface Names {
  readonly services: readonly string[];
  /** Services whose effects are messages alone, so that they may ask for exactly-once. */
  readonly transactional: readonly string[];
  /** A name of events, channels, queues, aggregates and the like that no other has, also when case and separators are ignored. */
  readonly fresh: () => string;
  /** Like `fresh`, in camel case. */
  readonly freshCamel: () => string;
  readonly types: readonly string[];
}

const reserved = [
  ['constructor', 'con', 'nul', 'aux', 'prn', 'com1', 'lpt1', 'prototype'],
  ['tostring', 'valueof', 'end', 'graph', 'subgraph', 'class', 'style'],
  ['click', 'default', 'delete', 'import', 'function', 'state', 'note', 'null'],
  ['true', 'yes', 'on', 'readme', 'index', 'architecture', 'guide', 'broker'],
  ['runtime', 'generated', 'messages', 'tables', 'schemas', 'types', 'test'],
  ['system', 'main', 'app', 'handlers', 'sagas', 'sql', 'unit', 'brokers'],
  ['async', 'promise', 'date', 'map', 'order.item', 'record', 'buffer'],
].flat();
const words = ['order', 'stock', 'payment', 'a', 'x1', '1st', 'shipment', '0'];
const verbs = ['created', 'paid', 'shipped', 'rejected', 'v2', '1'];
const typeNames = [
  ['OrderItem', 'Address', 'Constructor', 'Object', 'String', 'Date', 'Array'],
  ['Promise', 'Record', 'A', 'Envelope', 'Error', 'ToString', 'Payload'],
  ['Fact', 'Sql', 'UnitOfWork', 'Map', 'OrderCreated', 'Test', 'Buffer'],
].flat();

/** Makes the names of one spec. */
export function randomNames(random: RandomSource): Names {
  const taken = new Set<string>();
  let count = 0;
  // No service holds a dot or ends like another's name, so that `<service>.<channel>` is unambiguous.
  const services = [
    ...random.some(
      reserved.filter((name) => !name.includes('.')),
      1,
      3,
    ),
    'order-svc',
    'stock-svc',
    'pay_svc',
  ];
  for (const service of services) taken.add(plain(service));
  const isFree = (name: string): boolean => !taken.has(plain(name));
  const candidate = (): string => {
    const shape = random.int(0, 5);
    const word = random.pick(words.slice(0, 5));
    if (shape === 0) return random.pick(reserved);
    if (shape === 1) return `${word}.${random.pick(reserved)}`;
    if (shape === 2) return `${word}.${'very-'.repeat(6)}long`;
    const rest = [random.pick(words), random.pick(verbs)];
    return [word, ...rest.slice(random.int(0, 1))].join(
      random.pick(['.', '.', '-', '_']),
    );
  };
  const fresh = (): string => {
    let name = candidate();
    while (!isFree(name)) name = `${candidate()}.n${(count += 1)}`;
    taken.add(plain(name));
    return name;
  };
  return {
    services,
    transactional: random.chance(0.3) ? ['stock-svc'] : [],
    fresh,
    freshCamel: () =>
      fresh().replaceAll(/[._-]+([a-z0-9])/g, (_, letter: string) =>
        letter.toUpperCase(),
      ),
    types: random.some(typeNames, 0, 4),
  };
}

const plain = (name: string): string =>
  name.toLowerCase().replaceAll(/[._-]/g, '');
