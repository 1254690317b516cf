// The admin requests of Kafka's protocol that kafkajs lacks: users, quotas, and single settings of a topic.
// Layouts: the message definitions of apache/kafka, clients/src/main/resources/common/message/*.json, all in version 0,
// which every broker from 3.9 to 4.4 takes.
import { HostError } from '../../core/host.ts';
import { WireReader, WireWriter } from './wire.ts';

/** One request: its place in the protocol, its bytes, and what the answer's bytes mean. */
export interface AdminRequest<T> {
  readonly apiKey: number;
  readonly apiVersion: number;
  readonly apiName: string;
  readonly body: Buffer;
  /** Throws: `HostError` when the broker refuses. */
  readonly read: (answer: Buffer) => T;
}

export interface TopicSettings {
  readonly topic: string;
  readonly settings: Readonly<Record<string, string>>;
}

const topicResource = 2;
const setOperation = 0;

/** IncrementalAlterConfigs: sets the settings named and leaves all others of the topics as they are. */
export function alterTopicSettings(
  changes: readonly TopicSettings[],
): AdminRequest<void> {
  return {
    apiKey: 44,
    apiVersion: 0,
    apiName: 'IncrementalAlterConfigs',
    body: new WireWriter()
      .array(changes, ({ topic, settings }, resource) =>
        resource
          .int8(topicResource)
          .string(topic)
          .array(Object.entries(settings), ([key, value], config) =>
            config.string(key).int8(setOperation).string(value),
          ),
      )
      .bool(false)
      .toBuffer(),
    read: (answer) => {
      const reader = new WireReader(answer);
      reader.int32();
      reader.array(() => {
        const error = { code: reader.int16(), message: reader.string() };
        reader.int8();
        refuse(error, `settings of topic "${reader.string() ?? ''}"`);
      });
    },
  };
}

export interface UserQuota {
  readonly user: string;
  readonly limits: Readonly<Record<string, number>>;
}

const anyName = 2;

/** DescribeClientQuotas: the limits of single users (not of pairs of user and client id, nor defaults). */
export function describeUserQuotas(): AdminRequest<readonly UserQuota[]> {
  return {
    apiKey: 48,
    apiVersion: 0,
    apiName: 'DescribeClientQuotas',
    body: new WireWriter()
      .array(['user'], (type, component) =>
        component.string(type).int8(anyName).string(null),
      )
      .bool(true)
      .toBuffer(),
    read: (answer) => {
      const reader = new WireReader(answer);
      reader.int32();
      const error = { code: reader.int16(), message: reader.string() };
      refuse(error, 'reading quotas');
      return reader
        .array(() => ({
          names: reader.array(() => {
            reader.string();
            return reader.string();
          }),
          limits: reader.array((): readonly [string, number] => [
            reader.string() ?? '',
            reader.float64(),
          ]),
        }))
        .flatMap(({ names: [user], limits }) =>
          // A null name is the default of all users.
          typeof user === 'string'
            ? [{ user, limits: Object.fromEntries(limits) }]
            : [],
        );
    },
  };
}

/** AlterClientQuotas: sets limits of users and leaves their other limits as they are. */
export function alterUserQuotas(
  quotas: readonly UserQuota[],
): AdminRequest<void> {
  return {
    apiKey: 49,
    apiVersion: 0,
    apiName: 'AlterClientQuotas',
    body: new WireWriter()
      .array(quotas, ({ user, limits }, entry) =>
        entry
          .array(['user'], (type, entity) => entity.string(type).string(user))
          .array(Object.entries(limits), ([key, value], operation) =>
            operation.string(key).float64(value).bool(false),
          ),
      )
      .bool(false)
      .toBuffer(),
    read: (answer) => {
      const reader = new WireReader(answer);
      reader.int32();
      reader.array(() => {
        const error = { code: reader.int16(), message: reader.string() };
        const names = reader.array(() => {
          reader.string();
          return reader.string();
        });
        refuse(error, `quota of user "${names[0] ?? ''}"`);
      });
    },
  };
}

const mechanisms: Readonly<Record<number, string>> = {
  1: 'SCRAM-SHA-256',
  2: 'SCRAM-SHA-512',
};

export interface ScramUser {
  readonly user: string;
  readonly mechanisms: readonly string[];
}

/** DescribeUserScramCredentials: who can log in by SCRAM, and by which mechanism; never a secret. */
export function describeScramUsers(): AdminRequest<readonly ScramUser[]> {
  return {
    apiKey: 50,
    apiVersion: 0,
    apiName: 'DescribeUserScramCredentials',
    // Null asks for all users.
    body: new WireWriter().noTags().varint(0).noTags().toBuffer(),
    read: (answer) => {
      const reader = new WireReader(answer);
      reader.tags();
      reader.int32();
      refuse(
        { code: reader.int16(), message: reader.compactString() },
        'reading users',
      );
      return reader.compactArray(() => {
        const user = reader.compactString() ?? '';
        refuse(
          { code: reader.int16(), message: reader.compactString() },
          `reading user "${user}"`,
        );
        const known = reader.compactArray(() => {
          const mechanism = mechanisms[reader.int8()] ?? 'unknown';
          reader.int32();
          reader.tags();
          return mechanism;
        });
        reader.tags();
        return { user, mechanisms: known };
      });
    },
  };
}

export interface ScramCredential {
  readonly user: string;
  readonly mechanism: string;
  readonly iterations: number;
  readonly salt: Uint8Array;
  readonly saltedPassword: Uint8Array;
}

/** AlterUserScramCredentials: makes users, or gives them another password. */
export function setScramUsers(
  credentials: readonly ScramCredential[],
): AdminRequest<void> {
  return {
    apiKey: 51,
    apiVersion: 0,
    apiName: 'AlterUserScramCredentials',
    body: new WireWriter()
      .noTags()
      .compactArray([], () => undefined)
      .compactArray(credentials, (credential, upsertion) =>
        upsertion
          .compactString(credential.user)
          .int8(credential.mechanism === 'SCRAM-SHA-256' ? 1 : 2)
          .int32(credential.iterations)
          .compactBytes(credential.salt)
          .compactBytes(credential.saltedPassword)
          .noTags(),
      )
      .noTags()
      .toBuffer(),
    read: (answer) => {
      const reader = new WireReader(answer);
      reader.tags();
      reader.int32();
      reader.compactArray(() => {
        const user = reader.compactString() ?? '';
        const error = { code: reader.int16(), message: reader.compactString() };
        reader.tags();
        refuse(error, `user "${user}"`);
      });
    },
  };
}

function refuse(
  error: { readonly code: number; readonly message: string | null },
  what: string,
): void {
  if (error.code === 0) return;
  throw new HostError(
    `Kafka refuses ${what}: ${error.message ?? 'no reason given'} (error ${error.code})`,
  );
}
