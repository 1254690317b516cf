// "Guarantees": what was chosen and why, then for each flow what was declared and what is had.
import type { Locale } from '../../core/locale.ts';
import { formatDuration } from '../../core/units.ts';
import type { Flow, Subscription, Weakening } from '../../model/model.ts';
import type { Retention, Sourced } from '../../model/settings.ts';
import type { RichText } from '../../render/rich-text.ts';
import type { DocumentContext } from './document-context.ts';
import { joinRich, plain, say, sayCount, word, type Words } from './say.ts';

export interface GuaranteesView {
  readonly rows: readonly {
    readonly aspect: string;
    readonly choice: RichText;
    readonly because: RichText;
  }[];
  readonly overrides: readonly {
    readonly where: string;
    readonly choice: RichText;
    readonly because: RichText;
  }[];
  readonly flows: readonly FlowRow[];
  readonly verdict: RichText;
}

interface FlowRow {
  readonly event: string;
  readonly hop: RichText;
  readonly declared: RichText;
  readonly effective: RichText;
  readonly reasons: RichText;
}

/** Builds the tables of guarantees. */
export function guaranteesSection(context: DocumentContext): GuaranteesView {
  const { model, words } = context;
  const { delivery, ordering, retention, compatibility } = model.guarantees;
  const row = (
    aspect: string,
    choice: Sourced<string>,
  ): GuaranteesView['rows'][number] => ({
    aspect: word(words, `aspect.${aspect}`),
    choice: choiceText(words, aspect, choice.value),
    because: justification(
      words,
      choice,
      say(words, `because.${aspect}.${choice.value}`),
    ),
  });
  const weak = model.flows.filter((flow) => flow.weakenings.length > 0);
  return {
    rows: [
      row('delivery', delivery),
      row('ordering', ordering),
      {
        aspect: word(words, 'aspect.retention'),
        choice: retentionText(words, retention.value, model.locale),
        because: justification(
          words,
          retention,
          // What becomes of a message that waits differs from broker to broker.
          say(
            context.brokerWords,
            retention.value === 'forever'
              ? 'because.retention.forever'
              : 'because.retention',
          ),
        ),
      },
      row('compatibility', compatibility),
    ],
    overrides: overridesOf(context),
    flows: model.flows.map((flow) => flowRow(context, flow)),
    verdict:
      weak.length === 0
        ? sayCount(words, 'guarantees.verdict.kept', {
            count: model.flows.length,
          })
        : sayCount(words, 'guarantees.verdict.weakened', {
            count: weak.length,
            parameters: { flows: model.flows.length },
          }),
  };
}

/** Says the author's reason; without one, what the choice means, marked as the tool's own words when it is a default. */
function justification(
  words: Words,
  choice: Sourced<unknown>,
  meaning: RichText,
): RichText {
  if (choice.from === 'spec' && choice.because !== null)
    return plain(choice.because);
  return choice.from === 'default'
    ? joinRich([meaning, say(words, 'because.default')])
    : meaning;
}

/** Writes a retention as a duration, or as kept for ever. */
function retentionText(
  words: Words,
  retention: Retention,
  locale: Locale,
): RichText {
  return retention === 'forever'
    ? say(words, 'retention.forever')
    : say(words, 'retention.for', {
        duration: formatDuration(retention, locale),
      });
}

const written = (setting: Sourced<string>, base: string): boolean =>
  setting.from === 'spec' && setting.value !== base;

function overridesOf({
  model,
  words,
}: DocumentContext): GuaranteesView['overrides'] {
  const row = (
    where: string,
    setting: Sourced<string>,
    aspect: string,
  ): GuaranteesView['overrides'][number] => ({
    where,
    choice: say(words, 'override.choice', {
      aspect: word(words, `aspect.${aspect}`),
      choice: choiceText(words, aspect, setting.value),
    }),
    because: justification(
      words,
      setting,
      say(words, `because.${aspect}.${setting.value}`),
    ),
  });
  const base = model.guarantees;
  return [...model.events, ...model.subscriptions].flatMap((item) => {
    const where = 'id' in item ? item.id : item.name;
    return [
      ...(written(item.delivery, base.delivery.value)
        ? [row(where, item.delivery, 'delivery')]
        : []),
      ...(written(item.ordering, base.ordering.value)
        ? [row(where, item.ordering, 'ordering')]
        : []),
    ];
  });
}

function flowRow(context: DocumentContext, flow: Flow): FlowRow {
  const { index, words } = context;
  const subscription =
    flow.subscription === null
      ? null
      : (index.subscriptions.get(flow.subscription) ?? null);
  return {
    event: flow.event,
    hop: hopText(words, flow, {
      subscription,
      isPublic: index.events.get(flow.event)?.isPublic ?? false,
    }),
    declared: pair(words, flow.declared),
    effective: pair(words, flow.effective),
    reasons:
      flow.weakenings.length === 0
        ? say(words, 'flow.kept')
        : joinRich(
            flow.weakenings.map((one) => weakeningText(words, one)),
            word(words, 'separator'),
          ),
  };
}

// "None" is an answer for compatibility; for order it has to say what there is none of.
function choiceText(words: Words, aspect: string, choice: string): RichText {
  return say(
    words,
    aspect === 'ordering' && choice === 'none'
      ? 'choice.unordered'
      : `choice.${choice}`,
  );
}

/** Says who sends to whom, and through which group. */
export function hopText(
  words: Words,
  flow: Flow,
  to: {
    readonly subscription: Subscription | null;
    readonly isPublic: boolean;
  },
): RichText {
  const publisher =
    flow.publisher === null
      ? say(words, 'flow.outside')
      : say(words, 'name', { name: flow.publisher });
  const consumer =
    to.subscription === null
      ? say(words, to.isPublic ? 'events.outside' : 'flow.nobody')
      : say(words, 'name', { name: to.subscription.group });
  return joinRich([publisher, consumer], ' → ');
}

const pair = (words: Words, value: Flow['declared']): RichText =>
  joinRich(
    [
      say(words, `choice.${value.delivery}`),
      choiceText(words, 'ordering', value.ordering),
    ],
    ', ',
  );

/** Says what weakens a flow, and at which link. */
export function weakeningText(words: Words, weakening: Weakening): RichText {
  return say(words, 'flow.weakening', {
    link: word(words, `link.${weakening.link}`),
    cause: say(words, `cause.${weakening.cause}`),
    to: choiceText(words, weakening.aspect, weakening.to),
  });
}
