// Generated code on Kafka: one of two client libraries, the one that the spec chooses, behind one adapter.
import {
  kafkaOptions,
  type KafkaOptions,
} from '../../brokers/kafka/options.ts';
import type { BrokerCode } from './broker-code-parts.ts';
import { runtimePath } from './code-context.ts';
import type { Imports } from './source-file.ts';

interface Client {
  readonly file: string;
  readonly create: string;
  readonly packages: Readonly<Record<string, string>>;
}

const clients: Readonly<Record<KafkaOptions['client'], Client>> = {
  kafkajs: {
    file: 'kafkajs-client',
    create: 'createKafkajsClient',
    packages: { kafkajs: '2.2.4' },
  },
  platformatic: {
    file: 'platformatic-client',
    create: 'createPlatformaticClient',
    packages: { '@platformatic/kafka': '1.35.0' },
  },
};

export const kafkaCode: BrokerCode = {
  name: 'kafka',
  declarations: ({ model }, imports) => [
    'export const brokers: Readonly<Record<string, BrokerLoader>> = {\n' +
      `${loader(clients[kafkaOptions(model).client], imports)}};\n`,
  ],
  packages: (model) => clients[kafkaOptions(model).client].packages,
  tests: ['kafka/producer-session.test'],
  choices: ['kafka'],
};

function loader({ file, create }: Client, imports: Imports): string {
  const [adapter, client] = ['kafka-broker', file].map((name) =>
    imports.late(runtimePath(`kafka/${name}`)),
  );
  return (
    '  kafka: async (connection) => {\n' +
    `    const [{ KafkaBroker }, { ${create} }] = await Promise.all([\n` +
    `      import('${adapter}'),\n` +
    `      import('${client}'),\n` +
    '    ]);\n' +
    `    return await KafkaBroker.connect(${create}, connection);\n  },\n`
  );
}
