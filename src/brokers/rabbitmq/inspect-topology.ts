// Offline checks of a topology: what RabbitMQ's import accepts without a word and then drops or does otherwise.
// RabbitMQ validates almost nothing of a definitions file, so these are the only checks there are before a message is lost.
import { inspectLanes } from './inspect-lanes.ts';
import { inspectQueues } from './inspect-queues.ts';
import { inspectReferences } from './inspect-references.ts';
import { inspectPatterns } from './inspect-patterns.ts';
import type { Finding } from './finding.ts';
import type { Topology } from './topology.ts';

/** Checks a whole topology; an empty list means that nothing of it will be dropped, ignored or too wide. */
export function inspectTopology(topology: Topology): readonly Finding[] {
  return [
    ...inspectReferences(topology),
    ...inspectQueues(topology),
    ...inspectPatterns(topology),
    ...inspectLanes(topology),
  ];
}
