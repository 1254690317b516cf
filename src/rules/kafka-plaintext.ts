// Kafka clients talk to the cluster without encryption.
import { own } from '../core/json.ts';
import { child } from '../core/pointer.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/kafka-plaintext`. */
export const kafkaPlaintext = defineRule(
  {
    name: 'kafka-plaintext',
    area: 'broker',
    severity: 'warning',
    profile: 'recommended',
    broker: 'kafka',
    summary: 'Kafka clients talk to the cluster without encryption.',
    message:
      'securityProtocol is "{protocol}", so messages cross the network in clear text',
    hint: 'Set "securityProtocol: SASL_SSL" in the options of "broker", or remove it.',
    why: 'SCRAM keeps the password off the wire, but everything else is readable and can be changed on the way.',
    source: 'Apache Kafka documentation, "Security: Encryption using SSL"',
  },
  ({ model }) => {
    const protocol = own(model.broker.options, 'securityProtocol');
    if (typeof protocol !== 'string' || protocol !== 'SASL_PLAINTEXT')
      return [];
    return [
      {
        at: child(model.broker.origin, 'options', 'securityProtocol'),
        protocol,
      },
    ];
  },
);
