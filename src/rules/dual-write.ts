// A service writes its state and publishes the event separately, without an outbox.
import { shortList } from '../core/text.ts';
import { weakerThanDeclared } from '../model/declared.ts';
import { orLossy, orStateless } from '../model/dual-writes.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/dual-write`. */
export const dualWrite = defineRule(
  {
    name: 'dual-write',
    area: 'delivery',
    severity: 'warning',
    profile: 'minimal',
    summary:
      'A service writes its state and publishes the event separately, without an outbox.',
    message:
      '"{service}" commits its state and publishes {events} in two steps, so a crash between them loses what was declared {delivery}',
    hint: 'Set "outbox: true" for publisher "{service}"{lossy}{otherwise}.',
    why: 'Database and broker share no transaction. Between the two writes a crash leaves the state changed and nobody told, or the other way round. An outbox commits both in one place and relays afterwards.',
    source:
      'C. Richardson, Microservices Patterns, "Transactional outbox" (microservices.io); Confluent, "The Dual Write Problem"',
  },
  (facts) =>
    weakerThanDeclared(facts, 'dual-write', 'loss').map(({ origin, flows }) => {
      const service = flows[0]?.publisher ?? '';
      return {
        at: origin,
        service,
        events: shortList([...new Set(flows.map(({ event }) => event))]),
        delivery: flows[0]?.declared.delivery ?? '',
        lossy: orLossy(flows, facts),
        otherwise: orStateless(service, facts),
      };
    }),
);
