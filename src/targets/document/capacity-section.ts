// "Capacity": the load of each channel and the room of each group, with the formula and its inputs.
import { formatDuration, formatRate } from '../../core/units.ts';
import type { PartitionPlan } from '../../model/partitions.ts';
import type { RichText } from '../../render/rich-text.ts';
import type { DocumentContext } from './document-context.ts';
import { codes, joinRich, plain, say, word } from './say.ts';

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
  const silent = model.events.filter((event) => event.volume === null);
  return {
    hasPartitions: model.broker.orderingScope === 'partition',
    channels: model.channels.flatMap((channel) => {
      const sized = capacity.channels.get(channel.name);
      if (sized === undefined) return [];
      return [
        {
          name: channel.name,
          rate: sized.load === null ? '' : formatRate(sized.load.ratePerSecond),
          peak: sized.load === null ? '' : formatRate(sized.load.peakPerSecond),
          bytes:
            sized.load === null
              ? ''
              : `${readableBytes(sized.load.peakBytesPerSecond)}/s`,
          stored:
            // Where nothing is kept after handling, what waits depends on the consumers.
            sized.storedBytes === null || described.history(channel) === null
              ? ''
              : readableBytes(sized.storedBytes),
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
        : say(words, 'capacity.undeclared', {
            events: silent.map((event) => event.name),
          }),
  };
}

function saturatedText({ model, capacity, words }: DocumentContext): RichText {
  const slow = model.groups
    .map((group) => group.name)
    .filter((name) => (capacity.groups.get(name)?.peakUtilisation ?? 0) > 1);
  return slow.length === 0
    ? plain('')
    : say(words, 'capacity.saturated', { groups: slow });
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
          { time: `${Number(sized.handlingMs.toFixed(1))}ms` },
        ),
        capacity:
          sized.capacityPerSecond === null
            ? ''
            : formatRate(Math.floor(sized.capacityPerSecond)),
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
              : codes([formatDuration(wholeSeconds(sized.catchUpMs))]),
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

const wholeSeconds = (ms: number): number => Math.ceil(ms / 1000) * 1000;

const percent = (share: number): number => Math.round(share * 100);

/** Writes bytes in the decimal unit that gives at most three digits before the point: 2048000 is `2.05 MB`. */
export function readableBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${Number(value.toPrecision(3))} ${units[unit]}`;
}
