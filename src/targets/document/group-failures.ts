// What can fail at a consumer group: its handler, a message that comes twice, and a consumer that stays away.
import { formatDuration } from '../../core/units.ts';
import type { ConsumerGroup, Subscription } from '../../model/model.ts';
import { retryDelays } from '../../model/retry-delays.ts';
import type { RichText } from '../../render/rich-text.ts';
import type { DocumentContext } from './document-context.ts';
import { isBestEffort, parkedIn, retryOf } from './handling.ts';
import { factsText } from './infrastructure-section.ts';
import { codes, joinRich, say } from './say.ts';

export interface FailureRow {
  readonly hop: RichText;
  readonly failure: RichText;
  readonly effect: RichText;
}

/** Lists what can fail at a group. */
export function groupFailures(
  context: DocumentContext,
  group: ConsumerGroup,
): readonly FailureRow[] {
  const { index, words } = context;
  const { name } = group;
  const subscriptions = group.subscriptions.flatMap(
    (id) => index.subscriptions.get(id) ?? [],
  );
  return [
    {
      hop: codes([name]),
      failure: say(words, 'failure.handler'),
      effect: eachText(context, subscriptions, handlerText),
    },
    {
      hop: codes([name]),
      failure: say(words, 'failure.duplicate'),
      effect: eachText(context, subscriptions, duplicateText),
    },
    ...awayRow(context, group),
  ];
}

function awayRow(
  { brokerWords, described }: DocumentContext,
  group: ConsumerGroup,
): readonly FailureRow[] {
  const away = described.away(group);
  return away === null
    ? []
    : [
        {
          hop: codes([group.name]),
          failure: factsText(brokerWords, [away.failure]),
          effect: factsText(brokerWords, [away.effect]),
        },
      ];
}

// Subscriptions of one group that fail alike are told once; where they differ, each says of what it speaks.
function eachText(
  context: DocumentContext,
  subscriptions: readonly Subscription[],
  textOf: (context: DocumentContext, one: Subscription) => RichText,
): RichText {
  const texts = subscriptions.map((one) => textOf(context, one));
  const distinct = unique(texts);
  if (distinct.length <= 1) return joinRich(distinct);
  return joinRich(
    subscriptions.map((one, index) =>
      say(context.words, 'failure.handler.of', {
        pattern: one.pattern,
        text: texts[index] ?? [],
      }),
    ),
  );
}

function handlerText(
  context: DocumentContext,
  subscription: Subscription,
): RichText {
  const { words, model } = context;
  if (isBestEffort(context, subscription))
    return say(words, 'failure.handler.best-effort');
  const retry = retryOf(context, subscription);
  const parked = parkedIn(context, subscription);
  return joinRich([
    retry === null
      ? say(words, 'failure.handler.no-retry')
      : say(words, `failure.handler.${retry.mode}`, {
          attempts: retry.attempts,
          total: formatDuration(
            retryDelays(retry).reduce((sum, wait) => sum + wait, 0),
            model.locale,
          ),
        }),
    parked.length > 0
      ? say(words, 'failure.handler.dead-letter', { names: parked })
      : say(words, 'failure.handler.dropped'),
  ]);
}

function duplicateText(
  context: DocumentContext,
  subscription: Subscription,
): RichText {
  const kind = subscription.idempotency.value;
  return say(
    context.words,
    kind === 'none' && isBestEffort(context, subscription)
      ? 'failure.duplicate.best-effort'
      : `failure.duplicate.${kind}`,
  );
}

function unique(texts: readonly RichText[]): readonly RichText[] {
  if (texts.length <= 1) return texts;
  return [
    ...new Map(texts.map((text) => [JSON.stringify(text), text])).values(),
  ];
}
