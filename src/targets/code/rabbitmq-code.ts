// Generated code on RabbitMQ: the adapter, and the queues that the broker's configuration makes for each group.
import type { BrokerCode } from './broker-code-parts.ts';
import { lowerToTopology } from '../../brokers/rabbitmq/lower.ts';
import {
  list,
  object,
  openObject,
  property,
  text,
  type Property,
} from './expressions.ts';
import { layOut } from './layout.ts';
import { runtimePath, type CodeContext } from './code-context.ts';
import type { Imports } from './source-file.ts';

export const rabbitmqCode: BrokerCode = {
  name: 'rabbitmq',
  declarations: (context, imports) => [
    queues(context, imports),
    'export const brokers: Readonly<Record<string, BrokerLoader>> = {\n' +
      '  rabbitmq: async (connection) => {\n' +
      '    const { RabbitBroker } =\n' +
      `      await import('${imports.late(runtimePath('rabbitmq/rabbit-broker'))}');\n` +
      '    return await RabbitBroker.connect(connection, topology);\n  },\n};\n',
  ],
  packages: () => ({ amqplib: '2.3.1' }),
  tests: ['rabbitmq/rabbit-broker.test'],
  choices: ['rabbitmq'],
};

/** The names are those of `broker/rabbitmq/definitions.json`: both come from one lowering. */
function queues(context: CodeContext, imports: Imports): string {
  const { model } = context;
  const [environment] = model.environments;
  // Invariant of the model: there is at least one environment.
  if (environment === undefined) throw new Error('a model has an environment');
  const { consumers, slots } = lowerToTopology(model, environment);
  imports.type(runtimePath('rabbitmq/names'), 'RabbitTopology');
  const groups = consumers.map((consumer): Property => [
    property(consumer.group),
    object([
      ['queues', list(consumer.queues.map(text))],
      [
        'retryExchange',
        consumer.retryExchange === null ? 'null' : text(consumer.retryExchange),
      ],
      [
        'deadLetterQueue',
        consumer.deadLetterQueue === null
          ? 'null'
          : text(consumer.deadLetterQueue),
      ],
      [
        'isDelayedByQueue',
        String(
          consumer.retries.some(
            ({ mechanism }) => mechanism === 'delayed-retry',
          ),
        ),
      ],
    ]),
  ]);
  const made = openObject(
    object([
      ['slots', String(slots.value)],
      ['groups', object(groups)],
    ]),
  );
  return `/** The slots of keys and the queues of each group, as broker/rabbitmq lays them. */\n${layOut(['const topology: RabbitTopology = ', made, ';'])}\n`;
}
