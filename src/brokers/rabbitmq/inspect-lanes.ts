// Checks of lanes: each slot leads to one lane, each lane has slots, and what names no slot is kept.
import { gather } from '../../core/gather.ts';
import { policyOf } from './inspect-references.ts';
import { slotHeader, slotOf } from './slots.ts';
import type { Finding } from './finding.ts';
import type { Topology } from './topology.ts';

/** Checks every headers exchange. Reports: RMQ013. */
export function inspectLanes(topology: Topology): readonly Finding[] {
  return topology.exchanges
    .filter(({ type }) => type === 'headers')
    .flatMap(({ name }) =>
      faultsOf(name, topology).map((message): Finding => ({
        rule: 'RMQ013',
        object: `exchange ${name}`,
        message,
      })),
    );
}

function faultsOf(exchange: string, topology: Topology): readonly string[] {
  const bound = topology.bindings
    .filter(({ source }) => source === exchange)
    .map((binding) => ({ ...binding, slot: slotOf(binding.arguments) }));
  const lanes = gather(bound, ({ slot }) => [String(slot)]);
  const slots = Array.from({ length: topology.slots.value }, (_, at) => at);
  const policy = policyOf(exchange, 'exchanges', topology);
  return [
    ...(lanes.get('null') ?? []).map(
      ({ destination }) =>
        `the binding to ${destination} is for no one value of the header ${slotHeader}`,
    ),
    ...slots.flatMap((slot) => {
      const to = (lanes.get(String(slot)) ?? []).map(
        ({ destination }) => destination,
      );
      if (to.length === 1) return [];
      return to.length === 0
        ? [`slot ${slot} leads to no lane`]
        : [
            `slot ${slot} leads to ${to.join(' and ')}: delivered more than once`,
          ];
    }),
    ...unreached(exchange, topology),
    ...(policy?.definition['alternate-exchange'] === undefined
      ? [
          'a message whose header names no slot is dropped: it has no alternate exchange',
        ]
      : []),
  ];
}

// Lanes of one exchange are the queues of one consumer, so a lane that nothing is bound to is told by its siblings.
function unreached(exchange: string, topology: Topology): readonly string[] {
  const reached = new Set(
    topology.bindings
      .filter(({ source }) => source === exchange)
      .map(({ destination }) => destination),
  );
  return topology.consumers
    .filter(({ queues }) => queues.some((queue) => reached.has(queue)))
    .flatMap(({ queues }) => queues.filter((queue) => !reached.has(queue)))
    .map((queue) => `lane ${queue} gets no slot`);
}
