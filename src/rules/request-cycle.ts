// Services ask each other in a circle.
import { findCircle } from '../core/find-circle.ts';
import { gather } from '../core/gather.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/request-cycle`. */
export const requestCycle = defineRule(
  {
    name: 'request-cycle',
    area: 'operations',
    severity: 'warning',
    profile: 'recommended',
    summary: 'Services ask each other in a circle.',
    message: 'requests go round in a circle: {services}',
    hint: 'Let "{first}" publish what "{last}" asks it for, so that "{last}" keeps a copy of its own.',
    why: 'Each of them waits for the next. When one is slow, all are, and when all their threads wait for an answer, none is left to give one.',
    source:
      'M. Nygard, Release It!, "Cascading failures"; Microsoft, Azure Architecture Center, "Asynchronous Request-Reply"',
  },
  ({ model }) => {
    const asked = gather(model.requests, ({ requester }) => [requester]);
    const circle = findCircle(asked.keys(), (service) =>
      (asked.get(service) ?? []).map(({ responder }) => responder),
    );
    // The circle told from its first name on, wherever the walk met it.
    const start = circle.indexOf([...circle].toSorted()[0] ?? '');
    const turned = [...circle.slice(start), ...circle.slice(0, start)];
    const [first] = turned;
    const last = turned.at(-1);
    if (first === undefined || last === undefined) return [];
    const closing = asked
      .get(last)
      ?.find(({ responder }) => responder === first);
    return [
      {
        at: { pointer: closing?.origin ?? '', at: 'key' },
        services: [...turned, first].map((name) => `"${name}"`).join(' -> '),
        first,
        last,
      },
    ];
  },
);
