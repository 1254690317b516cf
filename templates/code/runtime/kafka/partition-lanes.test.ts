import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FetchedRecord } from './kafka-client.js';
import { PartitionLanes } from './partition-lanes.js';

const topic = 'orders';

function record(partition: number, offset: number): FetchedRecord {
  return {
    topic,
    partition,
    offset: BigInt(offset),
    key: 'k',
    value: '',
    headers: {},
    producedAtMs: 0,
    heartbeat: () => Promise.resolve(),
  };
}

/** Lanes whose records are done when the test says so. */
function lanesOf(concurrency: number): {
  readonly lanes: PartitionLanes;
  readonly begun: string[];
  readonly finish: () => Promise<void>;
} {
  const begun: string[] = [];
  let ends: (() => void)[] = [];
  const lanes = new PartitionLanes(
    { concurrency, isOrdered: true },
    ({ partition, offset }) => {
      begun.push(`${partition}/${offset}`);
      return new Promise((resolve) => ends.push(resolve));
    },
  );
  const finish = async (): Promise<void> => {
    const now = ends;
    ends = [];
    now.forEach((end) => end());
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { lanes, begun, finish };
}

describe('the partitions of a consumer', () => {
  it('are worked on side by side, each in order', async () => {
    const { lanes, begun, finish } = lanesOf(4);
    for (const offset of [0, 1]) {
      await lanes.add(record(0, offset));
      await lanes.add(record(1, offset));
    }
    assert.deepEqual(begun, ['0/0', '1/0']);
    await finish();
    assert.deepEqual(begun, ['0/0', '1/0', '0/1', '1/1']);
  });

  it('may be committed up to what is done', async () => {
    const { lanes, finish } = lanesOf(4);
    await lanes.add(record(0, 7));
    await lanes.add(record(0, 8));
    assert.deepEqual(lanes.takeHandled(), []);
    await finish();
    assert.deepEqual(lanes.takeHandled(), [
      { topic, partition: 0, offset: 8n },
    ]);
  });

  it('are not read twice when the group changes and this one stays', async () => {
    const { lanes, begun, finish } = lanesOf(4);
    lanes.assign([{ topic, partitions: [0] }]);
    await lanes.add(record(0, 0));
    lanes.assign([{ topic, partitions: [0] }]);
    await lanes.add(record(0, 0));
    await lanes.add(record(0, 1));
    await finish();
    assert.deepEqual(begun, ['0/0', '0/1']);
  });

  it('are left to whoever gets them: neither begun nor committed any more', async () => {
    const { lanes, begun, finish } = lanesOf(4);
    lanes.assign([{ topic, partitions: [0, 1] }]);
    await lanes.add(record(0, 0));
    await lanes.add(record(0, 1));
    lanes.assign([{ topic, partitions: [1] }]);
    // What a fetch that was under way still brings.
    await lanes.add(record(0, 2));
    await finish();
    assert.deepEqual(begun, ['0/0']);
    assert.deepEqual(lanes.takeHandled(), []);
  });

  it('are read again from the committed offset when they come back', async () => {
    const { lanes, begun, finish } = lanesOf(4);
    lanes.assign([{ topic, partitions: [0] }]);
    await lanes.add(record(0, 0));
    await finish();
    lanes.assign([]);
    lanes.assign([{ topic, partitions: [0] }]);
    await lanes.add(record(0, 0));
    await finish();
    assert.deepEqual(begun, ['0/0', '0/0']);
    assert.deepEqual(lanes.takeHandled(), [
      { topic, partition: 0, offset: 1n },
    ]);
  });
});
