import { describe, expect, it } from 'vitest';
import type { AdminClient, KafkaAdmin } from './kafka-admin.ts';
import { readLive } from './read-live.ts';
import { whenSettled } from './when-settled.ts';

const protocolError = (type: string): Error =>
  Object.assign(new Error('This server does not host this topic-partition'), {
    type,
  });

/** A cluster that still lists the topic "gone" the first time, though it is deleted. */
function clusterForgetting(error: Error): KafkaAdmin {
  let asked = 0;
  const refuse = async (): Promise<never> =>
    Promise.reject(new Error('nobody asks for this'));
  const admin: AdminClient = {
    connect: refuse,
    disconnect: refuse,
    createTopics: refuse,
    createPartitions: refuse,
    deleteTopics: refuse,
    createAcls: refuse,
    fetchTopicOffsets: refuse,
    deleteAcls: refuse,
    describeAcls: async () => Promise.resolve({ resources: [] }),
    fetchTopicMetadata: async () => {
      asked += 1;
      const names = asked === 1 ? ['gone', 'order'] : ['order'];
      return Promise.resolve({
        topics: names.map((name) => ({
          name,
          partitions: [{ replicas: [1] }],
        })),
      });
    },
    describeConfigs: async ({ resources }) =>
      resources.some(({ name }) => name === 'gone')
        ? Promise.reject(error)
        : Promise.resolve({ resources: [] }),
  };
  return {
    admin,
    // Users and quotas come as requests of their own; there are none.
    send: async <T>() => Promise.resolve([] as T),
    close: refuse,
  };
}

describe('readLive', () => {
  it('reads again when a topic was deleted between listing it and asking for its settings', async () => {
    const { resources } = await readLive(
      clusterForgetting(protocolError('UNKNOWN_TOPIC_OR_PARTITION')),
      () => true,
    );
    expect(resources.map(({ name }) => name)).toEqual(['order']);
  });

  it('tells any other error at once', async () => {
    const refused = protocolError('TOPIC_AUTHORIZATION_FAILED');
    await expect(readLive(clusterForgetting(refused), () => true)).rejects.toBe(
      refused,
    );
  });
});

describe('whenSettled', () => {
  it('gives up after its patience with the last error', async () => {
    let calls = 0;
    const call = async (): Promise<never> => {
      calls += 1;
      return Promise.reject(protocolError('LEADER_NOT_AVAILABLE'));
    };
    await expect(
      whenSettled(call, { patienceMs: 4, pauseMs: 1 }),
    ).rejects.toThrow('does not host');
    expect(calls).toBe(5);
  });
});
