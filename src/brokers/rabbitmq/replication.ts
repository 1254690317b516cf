// The copies of a queue, from the environment: initial size in the arguments, target size in the policy where there is one.
import type { JsonObject } from '../../core/json.ts';
import type { LoweringContext } from './lowering-context.ts';

/** Makes the arguments of a quorum queue. A cluster with fewer nodes gives as many members as it has nodes. */
export function quorumArguments(context: LoweringContext): JsonObject {
  return {
    'x-queue-type': 'quorum',
    'x-quorum-initial-group-size': context.environment.replication.value,
  };
}

/** Makes the arguments of a stream. */
export function streamArguments(context: LoweringContext): JsonObject {
  return {
    'x-queue-type': 'stream',
    'x-initial-cluster-size': context.environment.replication.value,
  };
}

/** Makes the policy key by which a quorum queue grows to its size as nodes join; empty before 3.13. */
export function sizePolicy(context: LoweringContext): JsonObject {
  return context.features.hasTargetGroupSize
    ? { 'target-group-size': context.environment.replication.value }
    : {};
}
