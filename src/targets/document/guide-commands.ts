// The guide's shell commands, from the broker's words and the names that it gives.
import type { Description } from '../../brokers/description.ts';
import type { ParkedMessages } from '../../brokers/resource-names.ts';
import { onceFor } from '../../core/once-for.ts';
import type { ConsumerGroup } from '../../model/model.ts';
import { refusedStore } from '../../model/stored-events.ts';
import { shellWord } from '../../render/escape-shell.ts';
import type { DocumentContext } from './document-context.ts';
import { parkedIn } from './handling.ts';
import { word } from './say.ts';

/** Gives the commands of one group: where it stands, what is parked, putting it back. */
export function commandLines(
  context: DocumentContext,
  group: ConsumerGroup,
): string {
  const places = parkedPlaces(context, group);
  const { names } = context;
  return [
    commandLine(context, 'command.position', { group: names.stem(group) }),
    ...places.flatMap((place) => [
      commandLine(context, 'command.parked', { parked: place.name }),
      commandLine(context, `command.replay.${place.way}`, {
        parked: place.name,
        target: place.returnsTo,
        task: names.replayer(group),
      }),
    ]),
    ...(hasReplay(context, group)
      ? [`npm --prefix code run replay -- ${shellWord(group.name)}`]
      : []),
  ].join('\n');
}

/** Tells whether the generated code has something to replay for a group: it is its own, and parks what fails. */
export function hasReplay(
  context: DocumentContext,
  group: ConsumerGroup,
): boolean {
  const { index, model } = context;
  return (
    refusedStore(model) === null &&
    index.services.get(group.service)?.isExternal === false &&
    parkedPlaces(context, group).length > 0
  );
}

function parkedPlaces(
  context: DocumentContext,
  group: ConsumerGroup,
): readonly ParkedMessages[] {
  const { names, index } = context;
  const parked = new Set(
    group.subscriptions.flatMap((id) => {
      const subscription = index.subscriptions.get(id);
      return subscription === undefined ? [] : parkedIn(context, subscription);
    }),
  );
  return names.parked(group).filter(({ name }) => parked.has(name));
}

/** Fills one command of the broker's words; everything put into it is one shell word. */
export function commandLine(
  { described, brokerWords }: DocumentContext,
  key: string,
  given: Readonly<Record<string, string>>,
): string {
  const own = ownParameters(described);
  return word(brokerWords, key).replaceAll(
    /\{(\w+)\}/g,
    (whole, name: string) =>
      Object.hasOwn(given, name)
        ? shellWord(given[name])
        : Object.hasOwn(own, name)
          ? (own[name] ?? '')
          : whole,
  );
}

const ownParameters = onceFor(
  ({ commandParameters }: Description): Record<string, string> =>
    Object.fromEntries(
      Object.entries(commandParameters).map(([name, value]) => [
        name,
        shellWord(value),
      ]),
    ),
);
