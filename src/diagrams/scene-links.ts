// Who touches which channel, and through which pipe it is drawn.
import { onceFor } from '../core/once-for.ts';
import type { Model } from '../model/model.ts';
import type { DiagramIds } from './diagram-ids.ts';
import type { PlanContext } from './plan-context.ts';
import { say } from './words.ts';

export type Side = 'out' | 'in';

/** One arrow between a participant and a channel. */
export interface Link {
  readonly side: Side;
  readonly service: string;
  readonly channel: string;
}

/** Lists every link of the services shown, and what others do with the same channels. */
export function linksOf(
  { model }: PlanContext,
  shown: ReadonlySet<string>,
): readonly Link[] {
  const links = everyLink(model);
  const home = new Set(
    links.filter((link) => shown.has(link.service)).map((link) => link.channel),
  );
  return links.filter((link) => home.has(link.channel));
}

const everyLink = onceFor((model: Model): readonly Link[] => {
  const channels = new Map(
    model.events.map(({ name, channel }) => [name, channel]),
  );
  return [
    ...model.publications.flatMap(({ event, service }): readonly Link[] => {
      const channel = channels.get(event);
      return channel === undefined ? [] : [{ side: 'out', service, channel }];
    }),
    ...model.groups.flatMap(({ service, channels: read }) =>
      read.map((channel): Link => ({ side: 'in', service, channel })),
    ),
  ];
});

/** The pipe that stands for a channel: its own, or the one of everything that comes from another context. */
export interface Carrier {
  readonly id: string;
  /** Name of the context it comes from; null for a pipe of its own. */
  readonly foreign: string | null;
  readonly channels: readonly string[];
}

/** Finds the pipe of each channel: what only other contexts publish comes through one pipe per context. */
export function carriersOf(
  context: PlanContext,
  links: readonly Link[],
  {
    shown,
    id,
  }: { readonly shown: ReadonlySet<string>; readonly id: DiagramIds },
): ReadonlyMap<string, Carrier> {
  const publishing = links.filter((link) => link.side === 'out');
  const home = new Set(
    publishing
      .filter((link) => shown.has(link.service))
      .map((link) => link.channel),
  );
  const sources = new Map(
    publishing
      .filter((link) => !home.has(link.channel))
      .map((link) => [link.channel, foreignContext(context, link)]),
  );
  const channels = [...new Set(links.map((link) => link.channel))];
  return new Map(
    channels.map((channel): readonly [string, Carrier] => {
      const foreign = sources.get(channel) ?? null;
      if (foreign === null)
        return [
          channel,
          { id: id('channel', channel), foreign, channels: [channel] },
        ];
      const together = channels.filter((one) => sources.get(one) === foreign);
      return [
        channel,
        { id: id('from', foreign), foreign, channels: together },
      ];
    }),
  );
}

/** Names the bounded context that stands for a service which is not shown. */
export function foreignContext(
  { index, words }: PlanContext,
  link: Link,
): string {
  return (
    index.services.get(link.service)?.context ?? say(words, 'context.none')
  );
}
