// A channel that was put together by hand carries events of several contexts.
import { keyName } from '../model/event-key.ts';
import { gather } from '../core/gather.ts';
import { shortList } from '../core/text.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/mixed-domains`. */
export const mixedDomains = defineRule(
  {
    name: 'mixed-domains',
    area: 'ownership',
    severity: 'warning',
    profile: 'recommended',
    summary:
      'A channel carries events that have nothing to do with each other.',
    message:
      'channel "{channel}" carries events of {count} {kind} that share no key: {parts}',
    hint: 'Give the events of each their own channel, and keep in "{channel}" those whose order matters to each other.',
    why: 'Consumers of one take, decode and skip what others publish. Retention, partitions and rights are one decision for all, and no team can make it alone.',
    source:
      'Confluent, "Should You Put Several Event Types in the Same Kafka Topic?"; E. Evans, Domain-Driven Design, "Bounded Context"',
  },
  ({ model, events, services, publicationsByEvent }) => {
    const serviceOf = (name: string): string | null =>
      publicationsByEvent().get(name)?.[0]?.service ?? null;
    return model.channels
      .filter(({ kind }) => kind === 'declared')
      .flatMap((channel) => {
        const known = channel.events.flatMap((name) => {
          const service = serviceOf(name);
          return service === null ? [] : [{ name, service }];
        });
        const keys = new Set(
          known.map(({ name }) => keyName(events().get(name)?.key ?? [])),
        );
        if (keys.size < 2) return [];
        const contextOf = (service: string): string | null =>
          services().get(service)?.context ?? null;
        const areNamed = known.every(
          ({ service }) => contextOf(service) !== null,
        );
        const parts = [
          ...gather(known, ({ service }) => [
            (areNamed ? contextOf(service) : null) ?? service,
          ]).keys(),
        ];
        // Two services of no named context may well be one domain; with keys that differ each from each, they are not.
        const isMixed =
          parts.length > 1 && (areNamed || keys.size >= parts.length);
        return isMixed
          ? [
              {
                at: { pointer: channel.origin, at: 'key' as const },
                channel: channel.name,
                count: parts.length,
                kind: areNamed ? 'contexts' : 'services',
                parts: shortList(parts),
              },
            ]
          : [];
      });
  },
);
