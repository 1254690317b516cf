// What every part of the document looks things up in.
import type { Broker } from '../../brokers/broker.ts';
import type { Description } from '../../brokers/description.ts';
import type { ResourceNames } from '../../brokers/resource-names.ts';
import type { Diagnostic } from '../../core/diagnostic.ts';
import { joinAlike } from '../../core/join-alike.ts';
import { planCapacity, type Capacity } from '../../model/capacity.ts';
import type {
  Aggregate,
  Channel,
  ConsumerGroup,
  Event,
  Model,
  Projection,
  Saga,
  Service,
  Subscription,
} from '../../model/model.ts';
import type { EmitContext } from '../target.ts';
import type { Words } from './say.ts';

export interface DocumentContext {
  readonly model: Model;
  readonly broker: Broker;
  readonly names: ResourceNames;
  /** What the broker tells of this design in its own terms. */
  readonly described: Description;
  /** Where the broker still has events after they were handled, each once. */
  readonly kept: readonly string[];
  readonly findings: readonly Diagnostic[];
  readonly toolVersion: string;
  /** Words of the documents in the model's language. */
  readonly words: Words;
  /** Words and commands of the broker in that language. */
  readonly brokerWords: Words;
  readonly decisionWords: Words;
  /** What findings say in that language, by code; empty in English, which they speak. */
  readonly findingWords: Words;
  readonly drawings: Drawings;
  readonly capacity: Capacity;
  readonly index: Index;
}

export interface Drawings {
  /** Mermaid source of the whole system; empty when there is none. */
  readonly overview: string;
  readonly links: readonly { readonly title: string; readonly file: string }[];
}

export interface Index {
  readonly services: ReadonlyMap<string, Service>;
  readonly events: ReadonlyMap<string, Event>;
  readonly channels: ReadonlyMap<string, Channel>;
  readonly subscriptions: ReadonlyMap<string, Subscription>;
  readonly groups: ReadonlyMap<string, ConsumerGroup>;
  /** Group of each subscription, by the subscription's id. */
  readonly groupOf: ReadonlyMap<string, ConsumerGroup>;
  /** Names, by event, in spec order, each once. */
  readonly publishersOf: ReadonlyMap<string, readonly string[]>;
  readonly consumersOf: ReadonlyMap<string, readonly string[]>;
  readonly projectionOf: ReadonlyMap<string, Projection>;
  readonly sagaOf: ReadonlyMap<string, Saga>;
  readonly aggregates: ReadonlyMap<string, Aggregate>;
}

/** Gathers what the document of one model needs. */
export function documentContext(
  model: Model,
  context: EmitContext,
  drawings: Drawings,
): DocumentContext {
  const { render, broker } = context;
  const described = broker.describe(model);
  return {
    model,
    broker,
    names: broker.names(model),
    described,
    kept: [
      ...new Set(
        model.channels.flatMap((channel) => described.history(channel) ?? []),
      ),
    ],
    findings: joinAlike(context.findings),
    toolVersion: context.toolVersion,
    words: render.words('document', model.locale),
    brokerWords: render.words(`document/${broker.name}`, model.locale),
    decisionWords: render.words('document/decisions', model.locale),
    findingWords: render.words('document/findings', model.locale),
    drawings,
    capacity: planCapacity(model),
    index: indexOf(model),
  };
}

function indexOf(model: Model): Index {
  return {
    services: byName(model.services),
    events: byName(model.events),
    channels: byName(model.channels),
    subscriptions: new Map(model.subscriptions.map((one) => [one.id, one])),
    groups: byName(model.groups),
    groupOf: new Map(
      model.groups.flatMap((group) =>
        group.subscriptions.map((id) => [id, group] as const),
      ),
    ),
    publishersOf: gather(
      model.publications.map((one) => [one.event, one.service]),
    ),
    consumersOf: gather(
      model.subscriptions.flatMap((one) =>
        one.events.map((event) => [event, one.service] as const),
      ),
    ),
    projectionOf: byName(model.projections),
    sagaOf: byName(model.sagas),
    aggregates: byName(model.aggregates),
  };
}

const byName = <T extends { readonly name: string }>(
  items: readonly T[],
): ReadonlyMap<string, T> => new Map(items.map((item) => [item.name, item]));

function gather(
  pairs: readonly (readonly [string, string])[],
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const [key, value] of pairs) {
    const values = found.get(key);
    if (values === undefined) found.set(key, [value]);
    else if (!values.includes(value)) values.push(value);
  }
  return found;
}
