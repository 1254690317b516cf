// A request can make three services wait for each other in a row.
import { findCircle } from '../core/find-circle.ts';
import { gather } from '../core/gather.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/request-chain`. */
export const requestChain = defineRule(
  {
    name: 'request-chain',
    area: 'operations',
    severity: 'warning',
    profile: 'recommended',
    summary: 'A request can make three services wait for each other in a row.',
    message: 'a request can wait for a chain of {count}: {services}',
    hint: 'Let "{last}" publish what it is asked for, so that "{before}" answers from a copy of its own.',
    why: 'The caller is available only while all of the chain is, and as slow as all of it together. Each timeout has to be longer than the one behind it.',
    source:
      'M. Nygard, Release It!; M. Fowler, "What do you mean by Event-Driven?" (event-carried state transfer)',
  },
  ({ model }) => {
    const asked = gather(model.requests, ({ requester }) => [requester]);
    const responders = new Set(
      model.requests.map(({ responder }) => responder),
    );
    const nextOf = (service: string): readonly string[] =>
      (asked.get(service) ?? []).map(({ responder }) => responder);
    // A circle has a rule of its own, and no longest path.
    if (findCircle(asked.keys(), nextOf).length > 0) return [];
    const longest = new Map<string, readonly string[]>();
    const chainFrom = (service: string): readonly string[] => {
      const known = longest.get(service);
      if (known !== undefined) return known;
      const chains = nextOf(service).map(chainFrom);
      const best = chains.reduce(
        (most, one) => (one.length > most.length ? one : most),
        [],
      );
      const chain = [service, ...best];
      longest.set(service, chain);
      return chain;
    };
    return [...asked.keys()]
      .filter((service) => !responders.has(service))
      .map(chainFrom)
      .filter((chain) => chain.length > 3)
      .map((chain) => ({
        at: {
          pointer: asked.get(chain[0] ?? '')?.[0]?.origin ?? '',
          at: 'key',
        },
        count: chain.length - 1,
        services: chain.map((name) => `"${name}"`).join(' -> '),
        before: chain.at(-2) ?? '',
        last: chain.at(-1) ?? '',
      }));
  },
);
