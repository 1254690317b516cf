// Events are to be kept for ever, but no stream may be made for them.
import { own } from '../core/json.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/rabbitmq-log-refused`. */
export const rabbitmqLogRefused = defineRule(
  {
    name: 'rabbitmq-log-refused',
    area: 'broker',
    severity: 'error',
    profile: 'minimal',
    broker: 'rabbitmq',
    summary:
      'Events are to be kept for ever, but no stream may be made for them.',
    message:
      'channel "{channel}" is to be kept for ever, but the option "logs: never" makes no stream for it',
    hint: 'Remove "logs: never" from the options of "broker", or the retention of channel "{channel}".',
    why: 'Queues forget what was acknowledged; only a stream keeps it. The design promises a replay that cannot be had.',
    source: 'RabbitMQ documentation, "Streams"',
  },
  ({ model }) => {
    if (own(model.broker.options, 'logs') !== 'never') return [];
    return model.channels
      .filter(
        ({ retention, kind }) =>
          retention.value === 'forever' && kind !== 'command',
      )
      .map(({ name, retention }) => ({ at: retention.origin, channel: name }));
  },
);
