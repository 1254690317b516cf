// Asks a cluster what a user may do: one request for all topics, and one for each group. The broker checks the right before
// anything else, so nothing is written, read or joined.
import type { AdminRequest } from '../apply/kafka/admin-requests.ts';
import {
  openKafkaAdmin,
  type ClusterConfig,
} from '../apply/kafka/kafka-admin.ts';
import { WireReader, WireWriter } from '../apply/kafka/wire.ts';
import { loadPeer } from '../host/load-peer.ts';

/** What a user was not refused. */
export interface Allowed {
  readonly write: readonly string[];
  readonly read: readonly string[];
  readonly groups: readonly string[];
  readonly create: readonly string[];
}

const topicRefused = 29;
const groupRefused = 30;
const clusterRefused = 31;

/** Tries to write and read each topic, to take part in each group, and to make a topic. */
export async function probeRights(
  config: ClusterConfig,
  topics: readonly string[],
  groups: readonly string[],
): Promise<Allowed> {
  const { send, close } = await openKafkaAdmin(config, loadPeer);
  try {
    const isJoined: string[] = [];
    for (const group of groups)
      if ((await send(heartbeat(group))) !== groupRefused) isJoined.push(group);
    return {
      write: without(await send(produce(topics))),
      read: without(await send(fetchFrom(topics))),
      groups: isJoined,
      create: without(await send(createTopic('nobody-may'))),
    };
  } finally {
    await close();
  }
}

type Codes = readonly (readonly [name: string, code: number])[];

const without = (codes: Codes): readonly string[] =>
  codes
    .filter(([, code]) => code !== topicRefused && code !== clusterRefused)
    .map(([name]) => name)
    .sort();

const int64 = (writer: WireWriter, value: number): WireWriter =>
  writer.int32(0).int32(value);

// Without records: who may write is told that they are invalid.
function produce(topics: readonly string[]): AdminRequest<Codes> {
  const head = new WireWriter().string(null);
  return {
    apiKey: 0,
    apiVersion: 3,
    apiName: 'Produce',
    body: int16(head, -1)
      .int32(10_000)
      .array(topics, (topic, data) =>
        data
          .string(topic)
          .array([0], (partition, records) =>
            records.int32(partition).int32(0),
          ),
      )
      .toBuffer(),
    read: (answer) => {
      const reader = new WireReader(answer);
      return reader.array((): readonly [string, number] => {
        const name = reader.string() ?? '';
        const [code = -1] = reader.array(() => {
          reader.int32();
          const error = reader.int16();
          skipInt64(reader, 2);
          return error;
        });
        return [name, code];
      });
    },
  };
}

function fetchFrom(topics: readonly string[]): AdminRequest<Codes> {
  return {
    apiKey: 1,
    apiVersion: 4,
    apiName: 'Fetch',
    body: new WireWriter()
      .int32(-1)
      .int32(0)
      .int32(0)
      .int32(1_000_000)
      .int8(0)
      .array(topics, (topic, data) =>
        data
          .string(topic)
          .array([0], (partition, from) =>
            int64(from.int32(partition), 0).int32(1),
          ),
      )
      .toBuffer(),
    read: (answer) => {
      const reader = new WireReader(answer);
      reader.int32();
      return reader.array((): readonly [string, number] => {
        const name = reader.string() ?? '';
        const [code = -1] = reader.array(() => {
          reader.int32();
          const error = reader.int16();
          skipInt64(reader, 2);
          reader.array(() => skipInt64(reader, 2));
          reader.skipBytes();
          return error;
        });
        return [name, code];
      });
    },
  };
}

// Of a member that does not exist: who may take part is told so.
function heartbeat(group: string): AdminRequest<number> {
  return {
    apiKey: 12,
    apiVersion: 0,
    apiName: 'Heartbeat',
    body: new WireWriter().string(group).int32(1).string('nobody').toBuffer(),
    read: (answer) => new WireReader(answer).int16(),
  };
}

function createTopic(name: string): AdminRequest<Codes> {
  const body = new WireWriter().array([name], (topic, data) =>
    int16(data.string(topic).int32(1), 1)
      .array([], () => undefined)
      .array([], () => undefined),
  );
  return {
    apiKey: 19,
    apiVersion: 2,
    apiName: 'CreateTopics',
    // Only validated, should it be allowed.
    body: body.int32(10_000).bool(true).toBuffer(),
    read: (answer) => {
      const reader = new WireReader(answer);
      reader.int32();
      return reader.array((): readonly [string, number] => {
        const topic = reader.string() ?? '';
        const code = reader.int16();
        reader.string();
        return [topic, code];
      });
    },
  };
}

const int16 = (writer: WireWriter, value: number): WireWriter =>
  writer.int8(value < 0 ? -1 : 0).int8(value);

function skipInt64(reader: WireReader, count: number): void {
  for (let left = count * 2; left > 0; left -= 1) reader.int32();
}
