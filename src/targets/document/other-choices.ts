// Where an event, a channel or a subscription has something else than the guarantees of the whole say.
import type { Channel, Event, Subscription } from '../../model/model.ts';
import type { Retention, Sourced } from '../../model/settings.ts';
import type { RichText } from '../../render/rich-text.ts';
import { choiceText, justification, retentionText } from './choices.ts';
import type { DocumentContext } from './document-context.ts';
import { isOrderedByNothing } from './keys.ts';
import { joinRich, plain, say, word } from './say.ts';

export interface OtherChoice {
  readonly where: string;
  readonly choice: RichText;
  readonly because: RichText;
}

/** A channel whose messages stay for another time than the guarantees of the whole say. */
export interface OtherRetention {
  readonly channel: Channel;
  readonly kept: Retention;
}

/** Lists the deliveries, orders and retentions that differ from those of the whole. */
export function otherChoices(context: DocumentContext): readonly OtherChoice[] {
  const { model, words } = context;
  return [
    ...[...model.events, ...model.subscriptions].flatMap((item) => [
      ...writtenChoice(context, item, 'delivery'),
      ...writtenChoice(context, item, 'ordering'),
    ]),
    ...unkeyed(context).map(({ name }) => ({
      where: name,
      choice: choiceOf(
        context,
        'ordering',
        choiceText(words, 'ordering', 'none'),
      ),
      because: say(words, 'because.ordering.no-key'),
    })),
    ...otherRetentions(context).map(({ channel, kept }) => ({
      where: channel.name,
      choice: choiceOf(
        context,
        'retention',
        retentionText(words, kept, model.locale),
      ),
      because: whyKept(context, { channel, kept }),
    })),
  ];
}

/** Lists the channels that keep messages for another time than the guarantees of the whole say. */
export function otherRetentions({
  model,
  described,
}: DocumentContext): readonly OtherRetention[] {
  return model.channels
    .map((channel) => ({ channel, kept: described.retention(channel) }))
    .filter(({ kept }) => kept !== model.guarantees.retention.value);
}

function writtenChoice(
  context: DocumentContext,
  item: Event | Subscription,
  aspect: 'delivery' | 'ordering',
): readonly OtherChoice[] {
  const { model, words } = context;
  const setting: Sourced<string> = item[aspect];
  if (
    setting.from !== 'spec' ||
    setting.value === model.guarantees[aspect].value
  )
    return [];
  return [
    {
      where: 'id' in item ? item.id : item.name,
      choice: choiceOf(
        context,
        aspect,
        choiceText(words, aspect, setting.value),
      ),
      because: justification(
        words,
        setting,
        say(words, `because.${aspect}.${setting.value}`),
      ),
    },
  ];
}

/** Events that order per key cannot hold for; where that is all of them, the guarantees say so at once. */
function unkeyed({ model }: DocumentContext): readonly Event[] {
  return model.guarantees.ordering.value !== 'per-key' ||
    isOrderedByNothing(model)
    ? []
    : model.events.filter(
        ({ key, ordering }) => key === null && ordering.value === 'none',
      );
}

const choiceOf = (
  { words }: DocumentContext,
  aspect: string,
  choice: RichText,
): RichText =>
  say(words, 'override.choice', {
    aspect: word(words, `aspect.${aspect}`),
    choice,
  });

function whyKept(
  { words, brokerWords }: DocumentContext,
  { channel, kept }: OtherRetention,
): RichText {
  const { retention, isCompacted, kind } = channel;
  // The broker keeps it for another reason than a retention.
  if (kept !== retention.value)
    return say(
      words,
      `because.retention.${isCompacted.value ? 'compacted' : 'store'}`,
    );
  if (retention.from === 'spec' && retention.because !== null)
    return plain(retention.because);
  if (retention.from === 'derived')
    return say(words, 'because.retention.longest');
  return retention.from === 'default' && kind === 'command'
    ? joinRich([
        say(words, 'because.retention.command'),
        say(words, 'because.default'),
      ])
    : say(
        brokerWords,
        kept === 'forever' ? 'because.retention.forever' : 'because.retention',
      );
}
