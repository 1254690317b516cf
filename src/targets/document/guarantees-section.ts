// "Guarantees": what was chosen and why, then for each flow what was declared and what is had.
import { gather } from '../../core/gather.ts';
import type { Flow, Subscription, Weakening } from '../../model/model.ts';
import type { Sourced } from '../../model/settings.ts';
import type { RichText } from '../../render/rich-text.ts';
import { assumptionRows, type AssumptionRow } from './assumptions.ts';
import { choiceText, justification, retentionText } from './choices.ts';
import type { DocumentContext } from './document-context.ts';
import { factsText } from './infrastructure-section.ts';
import { isOrderedByNothing } from './keys.ts';
import {
  otherChoices,
  otherRetentions,
  type OtherChoice,
} from './other-choices.ts';
import {
  codes,
  joinRich,
  plain,
  say,
  sayCount,
  sayNames,
  word,
  type Words,
} from './say.ts';

interface GuaranteeRow {
  readonly aspect: string;
  readonly choice: RichText;
  readonly because: RichText;
}

export interface GuaranteesView {
  readonly rows: readonly GuaranteeRow[];
  readonly overrides: readonly OtherChoice[];
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
  const { delivery, compatibility } = model.guarantees;
  const row = (aspect: string, choice: Sourced<string>): GuaranteeRow => ({
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
      orderingRow(context, row('ordering', model.guarantees.ordering)),
      retentionRow(context),
      row('compatibility', compatibility),
    ],
    overrides: otherChoices(context),
    weak: weakRows(context, weak),
    assumptions: assumptionRows(context),
    verdict: verdictOf(context, weak.length),
  };
}

function orderingRow(
  { model, words }: DocumentContext,
  row: GuaranteeRow,
): GuaranteeRow {
  return isOrderedByNothing(model)
    ? {
        ...row,
        choice: say(words, 'choice.unkeyed'),
        because: say(words, 'because.ordering.unkeyed'),
      }
    : row;
}

function retentionRow(context: DocumentContext): GuaranteeRow {
  const { model, words, brokerWords, described } = context;
  const { retention } = model.guarantees;
  const others = otherRetentions(context).map(({ channel }) => channel.name);
  return {
    aspect: word(words, 'aspect.retention'),
    choice: retentionText(words, retention.value, model.locale),
    because: joinRich([
      justification(
        words,
        retention,
        // What becomes of a message that waits differs from broker to broker.
        say(
          brokerWords,
          retention.value === 'forever'
            ? 'because.retention.forever'
            : 'because.retention',
        ),
      ),
      factsText(brokerWords, described.bound),
      others.length === 0
        ? plain('')
        : sayNames(words, 'because.retention.others', {
            names: others,
            as: 'channels',
          }),
    ]),
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
