// "Guarantees": what was chosen and why, then for each flow what was declared and what is had.
import type { Locale } from '../../core/locale.ts';
import { gather } from '../../core/gather.ts';
import { formatDuration } from '../../core/units.ts';
import type { Flow, Subscription, Weakening } from '../../model/model.ts';
import type { Retention, Sourced } from '../../model/settings.ts';
import type { RichText } from '../../render/rich-text.ts';
import { assumptionRows, type AssumptionRow } from './assumptions.ts';
import type { DocumentContext } from './document-context.ts';
import {
  codes,
  joinRich,
  plain,
  say,
  sayCount,
  word,
  type Words,
} from './say.ts';

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
  /** The flows that are worth less than declared, those that are so alike in one row. */
  readonly weak: readonly WeakRow[];
  readonly assumptions: readonly AssumptionRow[];
  readonly verdict: RichText;
}

interface WeakRow {
  readonly events: RichText;
  readonly hop: RichText;
  readonly declared: RichText;
  readonly lost: RichText;
  readonly doubled: RichText;
  readonly order: RichText;
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
    weak: weakRows(context, weak),
    assumptions: assumptionRows(context),
    verdict: verdictOf(context, weak.length),
  };
}

function verdictOf({ model, words }: DocumentContext, weak: number): RichText {
  const flows = model.flows.length;
  if (flows === 0) return say(words, 'guarantees.verdict.none');
  return weak === 0
    ? sayCount(words, 'guarantees.verdict.kept', { count: flows })
    : sayCount(words, 'guarantees.verdict.weakened', {
        count: weak,
        parameters: { flows },
      });
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

function weakRows(
  context: DocumentContext,
  flows: readonly Flow[],
): readonly WeakRow[] {
  const rows = flows.map((flow) => ({ flow, row: weakRow(context, flow) }));
  const alike = gather(rows, ({ row }) => [JSON.stringify(row)]);
  return [...alike.values()].flatMap((group) =>
    group.slice(0, 1).map(({ row }) => ({
      ...row,
      events: codes([...new Set(group.map(({ flow }) => flow.event))]),
    })),
  );
}

function weakRow(
  context: DocumentContext,
  flow: Flow,
): Omit<WeakRow, 'events'> {
  const { index, words } = context;
  const { declared, effective, weakenings } = flow;
  const subscription =
    flow.subscription === null
      ? null
      : (index.subscriptions.get(flow.subscription) ?? null);
  return {
    hop: hopText(words, flow, {
      subscription,
      isPublic: index.events.get(flow.event)?.isPublic ?? false,
    }),
    declared: joinRich(
      [
        say(words, `choice.${declared.delivery}`),
        choiceText(words, 'ordering', declared.ordering),
      ],
      ', ',
    ),
    lost: chance(words, effective.mayBeLost),
    doubled: chance(words, effective.mayBeDoubled),
    order: choiceText(words, 'ordering', effective.ordering),
    reasons: joinRich(
      weakenings.map((one) => weakeningText(words, one)),
      word(words, 'separator'),
    ),
  };
}

const chance = (words: Words, isPossible: boolean): RichText =>
  say(words, isPossible ? 'chance.possible' : 'chance.never');

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
function hopText(
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

/** Says what weakens a flow, at which link and on which axis. */
function weakeningText(
  words: Words,
  { link, cause, axis, to }: Weakening,
): RichText {
  return say(words, 'flow.weakening', {
    link: word(words, `link.${link}`),
    // Two writes weaken two axes, each in another way.
    cause: say(
      words,
      cause === 'dual-write' ? `cause.dual-write.${axis}` : `cause.${cause}`,
    ),
    to:
      to === null
        ? say(words, `risk.${axis}`)
        : choiceText(words, 'ordering', to),
  });
}
