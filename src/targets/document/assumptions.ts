// What the guarantees rest on: each assumption once, with the channels, groups, read models and sagas that need it.
import { formatDuration } from '../../core/units.ts';
import type { Assumption, Flow } from '../../model/model.ts';
import type { RichText } from '../../render/rich-text.ts';
import type { DocumentContext } from './document-context.ts';
import { codes, say, word } from './say.ts';

export interface AssumptionRow {
  readonly axis: string;
  readonly assumption: RichText;
  readonly where: RichText;
}

const order: readonly Assumption['kind'][] = [
  'bounded-outage',
  'refused-replay',
  'own-database',
  'natural-effect',
  'harmless-repeat',
  'same-cluster',
  'dead-letter-gap',
];

/** Lists the assumptions of all flows, those of one kind and bound in one row, and of the sagas. */
export function assumptionRows(
  context: DocumentContext,
): readonly AssumptionRow[] {
  const { model, words } = context;
  const found = new Map<string, { one: Assumption; where: Set<string> }>();
  for (const flow of model.flows)
    for (const one of flow.assumptions) {
      const key = `${order.indexOf(one.kind)} ${one.boundMs ?? ''}`;
      const row = found.get(key) ?? { one, where: new Set() };
      row.where.add(placeOf(context, flow, one));
      found.set(key, row);
    }
  const ofFlows = [...found.values()]
    .toSorted(
      ({ one }, { one: other }) =>
        order.indexOf(one.kind) - order.indexOf(other.kind) ||
        (one.boundMs ?? 0) - (other.boundMs ?? 0),
    )
    .map(({ one, where }) => ({
      axis: word(words, `axis.${one.axis}`),
      assumption: say(words, `assumption.${one.kind}`, {
        outage:
          one.boundMs === null ? '' : formatDuration(one.boundMs, model.locale),
      }),
      where: codes([...where]),
    }));
  return [...ofFlows, ...readerRows(context), ...undoRows(context)];
}

/** Where an assumption is to be looked after: a channel, a read model, or a consumer group. */
function placeOf(
  { index }: DocumentContext,
  flow: Flow,
  { kind }: Assumption,
): string {
  if (kind === 'bounded-outage') return flow.channel;
  const subscription = index.subscriptions.get(flow.subscription ?? '');
  return kind === 'refused-replay'
    ? (subscription?.role.name ?? '')
    : (subscription?.group ?? '');
}

/** What nobody here takes is there for readers outside only if they have asked the broker for it. */
function readerRows({
  model,
  words,
  brokerWords,
  described,
  index,
}: DocumentContext): readonly AssumptionRow[] {
  const awaited = model.channels
    .flatMap((channel) => described.dropped(channel))
    .filter((name) => index.events.get(name)?.isPublic ?? false);
  if (awaited.length === 0) return [];
  return [
    {
      axis: word(words, 'axis.loss'),
      assumption: say(brokerWords, 'assumption.outside'),
      where: codes(awaited),
    },
  ];
}

/** A saga ends when its compensations are sent: one that is parked is waited for by nobody. */
function undoRows({ model, words }: DocumentContext): readonly AssumptionRow[] {
  const undoing = model.sagas.filter(
    ({ coordinator, steps }) =>
      coordinator !== null &&
      steps.some(({ compensate }) => compensate !== null),
  );
  if (undoing.length === 0) return [];
  return [
    {
      axis: word(words, 'axis.undo'),
      assumption: say(words, 'assumption.lost-compensation'),
      where: codes(undoing.map(({ name }) => name)),
    },
  ];
}
