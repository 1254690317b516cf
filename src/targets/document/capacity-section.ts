// "Capacity": the load of each channel and the room of each group, with the formula and its inputs.
import {
  formatDuration,
  formatNumber,
  formatRate,
  readableBytes,
} from '../../core/units.ts';
import type { Locale } from '../../core/locale.ts';
import type { PartitionPlan } from '../../model/partitions.ts';
import type { RichText } from '../../render/rich-text.ts';
import type { DocumentContext } from './document-context.ts';
import { joinRich, plain, say, sayNames, word } from './say.ts';

export interface CapacityView {
  /** Whether channels have partitions; where order lies in queues the lanes are those of the groups. */
  readonly hasPartitions: boolean;
  readonly channels: readonly {
    readonly name: string;
    readonly rate: string;
    readonly peak: string;
    readonly bytes: string;
    readonly stored: string;
    readonly partitions: number;
    readonly formula: RichText;
  }[];
  readonly groups: readonly {
    readonly name: string;
    readonly lanes: number;
    /** Time of one message; marked where it is a guess of ours. */
    readonly handling: RichText;
    readonly capacity: string;
    readonly use: RichText;
    readonly catchUp: RichText;
  }[];
  readonly saturated: RichText;
  readonly undeclared: RichText;
}

/** Builds the tables of capacity. A figure that follows from no declared volume is left blank, never guessed. */
export function capacitySection(context: DocumentContext): CapacityView {
  const { model, capacity, words, described } = context;
  const { locale } = model;
  const silent = model.events.filter((event) => event.volume === null);
  return {
    hasPartitions: model.broker.orderingScope === 'partition',
    channels: model.channels.flatMap((channel) => {
      const sized = capacity.channels.get(channel.name);
      if (sized === undefined) return [];
      return [
        {
          name: channel.name,
          rate:
            sized.load === null
              ? ''
              : formatRate(sized.load.ratePerSecond, locale),
          peak:
            sized.load === null
              ? ''
              : formatRate(sized.load.peakPerSecond, locale),
          bytes:
            sized.load === null
              ? ''
              : `${readableBytes(sized.load.peakBytesPerSecond, locale)}/s`,
          stored:
            // Where nothing is kept after handling, what waits depends on the consumers.
            sized.storedBytes === null || described.history(channel) === null
              ? ''
              : readableBytes(sized.storedBytes, locale),
          partitions: sized.partitions.value,
          formula: formulaText(context, sized.partitions, {
            isTotal: channel.ordering.value === 'total',
          }),
        },
      ];
    }),
    groups: groupRows(context),
    saturated: saturatedText(context),
    undeclared:
      silent.length === 0
        ? plain('')
        : sayNames(words, 'capacity.undeclared', {
            names: silent.map((event) => event.name),
            as: 'events',
          }),
  };
}

function saturatedText({ model, capacity, words }: DocumentContext): RichText {
  const slow = model.groups
    .map((group) => group.name)
    .filter((name) => (capacity.groups.get(name)?.peakUtilisation ?? 0) > 1);
  return slow.length === 0
    ? plain('')
    : sayNames(words, 'capacity.saturated', { names: slow, as: 'groups' });
}

function groupRows({
  model,
  capacity,
  words,
}: DocumentContext): CapacityView['groups'] {
  const guessed = new Set(
    model.subscriptions
      .filter(({ processingMs }) => processingMs.from !== 'spec')
      .map(({ id }) => id),
  );
  return model.groups.flatMap((group) => {
    const sized = capacity.groups.get(group.name);
    if (sized === undefined) return [];
    return [
      {
        name: group.name,
        lanes: sized.lanes,
        handling: say(
          words,
          group.subscriptions.some((id) => guessed.has(id))
            ? 'capacity.handling.guessed'
            : 'capacity.handling',
          { time: handlingTime(sized.handlingMs, model.locale) },
        ),
        capacity:
          sized.capacityPerSecond === null
            ? ''
            : formatRate(Math.floor(sized.capacityPerSecond), model.locale),
        use:
          sized.load === null
            ? plain('')
            : say(words, 'capacity.use', {
                mean: percent(sized.utilisation),
                peak: percent(sized.peakUtilisation),
              }),
        catchUp:
          sized.load === null
            ? plain('')
            : sized.catchUpMs === null
              ? say(words, 'capacity.never')
              : plain(formatDuration(roundedUp(sized.catchUpMs), model.locale)),
      },
    ];
  });
}

function formulaText(
  { words }: DocumentContext,
  plan: PartitionPlan,
  options: { readonly isTotal: boolean },
): RichText {
  const formula = options.isTotal
    ? say(words, 'capacity.total')
    : plan.forProducing === null || plan.forConsuming === null
      ? say(words, 'capacity.formula.no-volume', {
          consumers: plan.maxConsumers,
          computed: plan.computed,
        })
      : say(words, 'capacity.formula', {
          produce: plan.forProducing,
          consume: plan.forConsuming,
          consumers: plan.maxConsumers,
          computed: plan.computed,
        });
  return plan.value === plan.computed
    ? formula
    : joinRich(
        [say(words, 'capacity.declared', { value: plan.value }), formula],
        word(words, 'separator'),
      );
}

const handlingTime = (ms: number, locale: Locale): string =>
  `${formatNumber(Number(ms.toFixed(1)), locale)}${locale === 'fr' ? ' ' : ''}ms`;

// An estimate to the second would be no truer: minutes from ten minutes on, hours from ten hours on.
function roundedUp(ms: number): number {
  const step = [3_600_000, 60_000].find((one) => ms >= one * 10) ?? 1000;
  return Math.ceil(ms / step) * step;
}

const percent = (share: number): number => Math.round(share * 100);
