// How clients get to a Kafka of the harness: addresses, logins, and the properties that the stock tools read.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Credentials } from './credentials.ts';
import { clientProperties } from './kafka-files.ts';

/** What a kafkajs client needs to connect. */
export interface KafkaClientConfig {
  readonly brokers: string[];
  readonly sasl: {
    readonly mechanism: 'scram-sha-512';
    readonly username: string;
    readonly password: string;
  };
}

/** The way in to one broker or to several. */
export interface KafkaAccess {
  /** The brokers' addresses, joined by commas. */
  readonly bootstrap: string;
  readonly admin: Credentials;
  /** Configuration of a kafkajs client that logs in as the administrator, or as `login`. */
  readonly clientConfig: (login?: Credentials) => KafkaClientConfig;
  /** Writes a client's properties and answers the path, for `--command-config`. */
  readonly writeClientProperties: (login?: Credentials) => string;
}

/** Gives the way in to the brokers at `bootstrap`; `folder` takes the files of properties. */
export const accessTo = (
  bootstrap: string,
  admin: Credentials,
  folder: string,
): KafkaAccess => ({
  bootstrap,
  admin,
  clientConfig: ({ username, password } = admin) => ({
    brokers: bootstrap.split(','),
    sasl: { mechanism: 'scram-sha-512', username, password },
  }),
  writeClientProperties: (login = admin) => {
    const path = join(
      folder,
      `client-${encodeURIComponent(login.username)}.properties`,
    );
    writeFileSync(path, clientProperties(login), { mode: 0o600 });
    return path;
  },
});
