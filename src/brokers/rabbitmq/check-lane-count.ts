// Checks that no group asks for more lanes than are laid out.
import { largest } from '../../core/lists.ts';
import { mostLanes } from '../../model/lanes.ts';
import { rabbitmqDiagnostics } from './diagnostics.ts';
import { planGroup } from './group-plan.ts';
import { lowerWith } from './lowering-context.ts';
import type { LoweringContext } from './lowering-context.ts';
import type { Diagnostic } from '../../core/diagnostic.ts';
import type { Pointer } from '../../core/pointer.ts';
import type { ConsumerGroup, Environment, Model } from '../../model/model.ts';

/** Checks the lanes of every group, before any object is made of them. Reports: `broker/rabbitmq-too-many-lanes`. */
export function checkLaneCount(
  model: Model,
  environment: Environment,
): readonly Diagnostic[] {
  const context = lowerWith(model, environment);
  return model.groups.flatMap((group) => {
    const lanes = planGroup(group, context).askedLanes;
    if (lanes <= mostLanes) return [];
    const { pointer, reason, remedy } = causeOf(group, context);
    return [
      rabbitmqDiagnostics.make(
        'rabbitmq-too-many-lanes',
        { pointer },
        { group: group.name, lanes, most: mostLanes, reason, remedy },
      ),
    ];
  });
}

/** What the lanes follow from, in the order in which it decides. */
function causeOf(
  group: ConsumerGroup,
  context: LoweringContext,
): {
  readonly pointer: Pointer;
  readonly reason: string;
  readonly remedy: string;
} {
  const { instances, concurrency } = group;
  const atOnce = instances.value * concurrency.value;
  const partitions = group.channels.flatMap(
    (name) => context.channels.get(name)?.partitions ?? [],
  );
  const declared = largest(
    partitions.map(({ value }) => value),
    0,
  );
  const widest = partitions.find(({ value }) => value === declared);
  if (widest !== undefined && declared >= atOnce)
    return {
      pointer: widest.origin,
      reason: `its channel declares ${declared} partitions`,
      remedy: 'Lower "partitions" of the channel',
    };
  if (atOnce > mostLanes)
    return {
      pointer: (instances.value >= concurrency.value ? instances : concurrency)
        .origin,
      reason: `${instances.value} instances x concurrency ${concurrency.value}`,
      remedy: 'Lower "instances" or "concurrency"',
    };
  const [slowest] = group.subscriptions
    .flatMap((id) => context.subscriptions.get(id) ?? [])
    .toSorted(
      (left, right) => right.processingMs.value - left.processingMs.value,
    );
  return {
    pointer: slowest?.processingMs.origin ?? group.origin,
    reason: 'its peak rate x "processing" keeps so many consumers busy',
    remedy: 'Correct the rates of its events or "processing"',
  };
}
