// A service commits its state and publishes in two steps, so that two copies can publish in another order.
import { shortList } from '../core/text.ts';
import { weakerThanDeclared, whereDeclared } from '../model/declared.ts';
import { orStateless } from '../model/dual-writes.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/reordered-publishing`. */
export const reorderedPublishing = defineRule(
  {
    name: 'reordered-publishing',
    area: 'ordering',
    severity: 'info',
    profile: 'recommended',
    summary:
      'A service commits its state and publishes in two steps, so that its copies can publish in another order.',
    message:
      'two copies of "{service}" can publish {events} in another order than they committed the changes, although order is wanted ({ordering})',
    hint: 'Set "outbox: true" for publisher "{service}", or declare "ordering: none" {where}{otherwise}.',
    why: 'One copy commits first and publishes last. No fault is needed for that, only two requests at once, and consumers that keep the last value keep the older one. The relay of an outbox publishes in the order of the commits.',
    source:
      'C. Richardson, Microservices Patterns, "Transactional outbox" (microservices.io)',
  },
  (facts) => {
    const { subscriptions } = facts;
    // Where the two writes also lose, dual-write tells it, and the remedy is the same.
    const losing = new Set(
      weakerThanDeclared(facts, 'dual-write', 'loss').map(
        ({ origin }) => origin,
      ),
    );
    return weakerThanDeclared(facts, 'dual-write', 'order')
      .filter(({ origin }) => !losing.has(origin))
      .flatMap(({ origin, flows }) => {
        const consumed = flows.filter(({ subscription }) =>
          subscriptions().has(subscription ?? ''),
        );
        return consumed.slice(0, 1).map(({ publisher, declared }) => ({
          at: origin,
          service: publisher ?? '',
          events: shortList([...new Set(consumed.map(({ event }) => event))]),
          ordering: declared.ordering,
          where: whereDeclared(consumed, 'order', facts),
          otherwise: orStateless(publisher ?? '', facts),
        }));
      });
  },
);
