// The `broker:` options of RabbitMQ with their defaults filled in; `schemas/brokers/rabbitmq.schema.json` defines them.
import { own } from '../../core/json.ts';
import { kebabCase } from '../../core/text.ts';
import { parseDuration } from '../../core/units.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Model } from '../../model/model.ts';

export type LogChoice = 'declared' | 'always' | 'never';
export type DelayedRetryChoice = 'auto' | 'always' | 'never';

export interface RabbitOptions {
  readonly vhost: string;
  /** Lanes of every group that needs more than one; null leaves the number to instances, concurrency and volume. */
  readonly hashPartitions: number | null;
  /** Places that publishers spread keys over; null leaves it to the lanes. */
  readonly slots: number | null;
  /** How long consumers may be down at peak rate before publishers are refused, ms. */
  readonly outageMs: number;
  readonly logs: LogChoice;
  readonly delayedRetry: DelayedRetryChoice;
  /** A delivery that is not settled for this long is taken back and delivered again, ms. */
  readonly consumerTimeoutMs: number;
  /** Users of others who may have rights in the virtual host without failing the drift check. */
  readonly alsoAllowed: readonly string[];
}

const text = (options: JsonObject, key: string, otherwise: string): string => {
  const value = own(options, key);
  return typeof value === 'string' ? value : otherwise;
};

const number = (options: JsonObject, key: string): number | null => {
  const value = own(options, key);
  return typeof value === 'number' ? value : null;
};

const texts = (options: JsonObject, key: string): readonly string[] => {
  const value = own(options, key);
  return Array.isArray(value) ? value.map(String) : [];
};

const choice = <T extends string>(
  options: JsonObject,
  key: string,
  choices: readonly [T, ...T[]],
): T => {
  const value = own(options, key);
  return choices.find((candidate) => candidate === value) ?? choices[0];
};

const duration = (
  options: JsonObject,
  key: string,
  otherwise: number,
): number => {
  const value = own(options, key);
  return (typeof value === 'string' ? parseDuration(value) : null) ?? otherwise;
};

/** Reads the RabbitMQ options of a model. They are valid by their schema; what is not said takes its default. */
export function readOptions(model: Model): RabbitOptions {
  const { options } = model.broker;
  return {
    vhost: text(options, 'vhost', kebabCase(model.name)),
    hashPartitions: number(options, 'hashPartitions'),
    slots: number(options, 'slots'),
    outageMs: duration(options, 'outage', 3_600_000),
    logs: choice(options, 'logs', ['declared', 'always', 'never']),
    delayedRetry: choice(options, 'delayedRetry', ['auto', 'always', 'never']),
    consumerTimeoutMs: duration(options, 'consumerTimeout', 1_800_000),
    alsoAllowed: texts(options, 'alsoAllowed'),
  };
}
