// A production environment keeps one copy of each message.
import type { Model } from '../model/model.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/single-copy`. */
export const singleCopy = defineRule(
  {
    name: 'single-copy',
    area: 'delivery',
    severity: 'warning',
    profile: 'recommended',
    summary: 'A production environment keeps one copy of each message.',
    message:
      'environment "{environment}" keeps one copy of each message, so the loss of one disk loses what was declared {delivery}',
    hint: 'Set "replication: 3" for environment "{environment}".',
    why: 'The broker confirms a message when the copies agreed on have it. With one copy, its disk is all that stands between a confirmed message and its loss.',
    source:
      'Apache Kafka documentation, "Replication"; RabbitMQ documentation, "Quorum Queues"',
  },
  ({ model }) => {
    const delivery = model.channels
      .map((channel) => channel.delivery.value)
      .find((value) => value !== 'at-most-once');
    if (delivery === undefined) return [];
    // Where several environments are named, the others are for trying things out.
    const production = model.environments.filter(({ name }) =>
      isProduction(name),
    );
    const checked = production.length > 0 ? production : onlyOne(model);
    return checked
      .filter(({ replication }) => replication.value === 1)
      .map(({ name, replication }) => ({
        at: replication.origin,
        environment: name,
        delivery,
      }));
  },
);

const isProduction = (name: string): boolean =>
  /(^|[._-])(prod|production|live)([._-]|$)/.test(name);

const onlyOne = ({ environments }: Model): Model['environments'] =>
  environments.length === 1 ? environments : [];
