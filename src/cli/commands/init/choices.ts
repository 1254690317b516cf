// The closed questions of `init`: each choice with what it means in one line. Prompts, help and the spec's comments say the same.
import { brokers } from '../../../brokers/index.ts';
import type { Locale } from '../../../core/locale.ts';
import type {
  Compatibility,
  Delivery,
  EventKind,
  Idempotency,
  Ordering,
} from '../../../model/settings.ts';
import type { Choice } from '../../prompter.ts';

export const locales: readonly Choice<Locale>[] = [
  { value: 'en', means: 'documents in English' },
  { value: 'fr', means: 'documents in French' },
];

export const deliveries: readonly Choice<Delivery>[] = [
  {
    value: 'at-least-once',
    means:
      'nothing is lost; a message may come twice, so consumers are idempotent',
  },
  {
    value: 'at-most-once',
    means: 'nothing comes twice; a message may be lost',
  },
  {
    value: 'exactly-once',
    means:
      'only from topic to topic inside one Kafka cluster, by transactions of your own code',
  },
];

export const orderings: readonly Choice<Ordering>[] = [
  {
    value: 'per-key',
    means: 'messages of one key stay in order; different keys run in parallel',
  },
  { value: 'none', means: 'no order; every message for itself' },
  {
    value: 'total',
    means: 'one order for everything, at the speed of one consumer',
  },
];

export const compatibilities: readonly Choice<Compatibility>[] = [
  {
    value: 'backward',
    means: 'new consumers read old messages: upgrade consumers first',
  },
  {
    value: 'forward',
    means: 'old consumers read new messages: upgrade publishers first',
  },
  { value: 'full', means: 'both: upgrade in any order' },
  { value: 'none', means: 'payloads may change freely, with their consumers' },
  {
    value: 'backward-transitive',
    means: 'as backward, with every older version',
  },
  {
    value: 'forward-transitive',
    means: 'as forward, with every older version',
  },
  { value: 'full-transitive', means: 'as full, with every older version' },
];

const brokerMeans: Readonly<Record<string, string>> = {
  kafka:
    'a partitioned log: keeps messages, replays them, scales by partitions',
  rabbitmq:
    'queues and exchanges: flexible routing, a message is gone once handled',
};

/** The registered brokers. */
export function brokerChoices(): readonly Choice<string>[] {
  return brokers.map(({ name, title }) => ({
    value: name,
    means: brokerMeans[name] ?? title,
  }));
}

export const idempotencies: readonly Choice<Idempotency>[] = [
  {
    value: 'inbox',
    means:
      "remember each message's id together with the effect; duplicates are dropped",
  },
  { value: 'natural', means: 'handling a message twice changes nothing' },
  { value: 'none', means: 'duplicates do harm; the check will say so' },
];

export const kinds: readonly Choice<EventKind>[] = [
  {
    value: 'integration',
    means: 'something happened that other contexts hear of',
  },
  { value: 'domain', means: 'something happened, told within its own context' },
  {
    value: 'command',
    means: 'one service is asked to act; exactly one consumer',
  },
];

export type Pattern = 'outbox' | 'event-sourcing' | 'cqrs' | 'saga';

export const patterns: readonly Choice<Pattern>[] = [
  {
    value: 'outbox',
    means: 'state and event are committed together and relayed afterwards',
  },
  {
    value: 'event-sourcing',
    means: 'an aggregate is kept as the events that made it',
  },
  { value: 'cqrs', means: 'a read model is kept up to date from events' },
  {
    value: 'saga',
    means:
      'a coordinator runs a process over several services, and undoes it when it fails',
  },
];

/** Says what a choice means; empty for one that is not among them. */
export function meaningOf<T extends string>(
  choices: readonly Choice<T>[],
  value: T,
): string {
  return choices.find((choice) => choice.value === value)?.means ?? '';
}

/** Lists the values of choices, e.g. for help. */
export function valuesOf<T extends string>(
  choices: readonly Choice<T>[],
): readonly T[] {
  return choices.map(({ value }) => value);
}
