// RabbitMQ through amqplib. It declares nothing: exchanges, queues and bindings come from broker/rabbitmq.
import type { ChannelModel } from 'amqplib';
import type {
  Consumer,
  DeliveryHandler,
  MessageBus,
  OutgoingMessage,
  ReplayReport,
  Subscription,
} from '../messaging/bus.js';
import type { BrokerConnection } from '../messaging/broker-connection.js';
import type { Logger } from '../operations/logger.js';
import { type RabbitTopology, lanesHeaders } from './names.js';
import { RabbitConnection } from './rabbit-connection.js';
import { RabbitConsumer } from './rabbit-consumer.js';
import { RabbitPublisher } from './rabbit-publisher.js';
import { replayDeadLetters } from './rabbit-replay.js';
// #if requests
import type {
  OutgoingRequest,
  RequestHandler,
} from '../requests/request-bus.js';
import { RabbitRequester, RabbitResponder } from './rabbit-requests.js';
// #end

/** A connected RabbitMQ: one connection to publish on, one to consume on, so that back-pressure on one spares the other. */
export class RabbitBroker implements MessageBus {
  private readonly publishing: RabbitConnection;
  private readonly consuming: RabbitConnection;
  private readonly publisher: RabbitPublisher;
  // #if requests
  private readonly requester: RabbitRequester;
  // #end
  private readonly topology: RabbitTopology;
  private readonly logger: Logger;

  private constructor(
    connections: {
      readonly publishing: RabbitConnection;
      readonly consuming: RabbitConnection;
    },
    topology: RabbitTopology,
    logger: Logger,
  ) {
    this.publishing = connections.publishing;
    this.consuming = connections.consuming;
    this.publisher = new RabbitPublisher(connections.publishing);
    // #if requests
    this.requester = new RabbitRequester(connections.publishing);
    // #end
    this.topology = topology;
    this.logger = logger;
  }

  /** Connects. Rejects when the broker cannot be reached or refuses the credentials. */
  static async connect(
    to: BrokerConnection,
    topology: RabbitTopology,
  ): Promise<RabbitBroker> {
    const { url, clientId, logger } = to;
    const connection = (role: string): RabbitConnection =>
      new RabbitConnection(url, `${clientId} ${role}`, logger);
    const publishing = connection('publisher');
    const consuming = connection('consumer');
    await publishing.open();
    await consuming.open();
    const broker = new RabbitBroker(
      { publishing, consuming },
      topology,
      logger,
    );
    await broker.publisher.open();
    return broker;
  }

  async publish(message: OutgoingMessage): Promise<void> {
    await this.publisher.publish({
      exchange: message.address.channel,
      routingKey: message.routingKey,
      body: message.body,
      options: {
        messageId: message.id,
        contentType: message.contentType,
        persistent: true,
        mandatory: message.mandatory,
        headers: {
          ...message.headers,
          ...lanesHeaders(this.topology, message.key),
        },
      },
    });
  }

  async subscribe(
    subscription: Subscription,
    handle: DeliveryHandler,
  ): Promise<Consumer> {
    const { consuming: connection, publisher, topology, logger } = this;
    const consumer = new RabbitConsumer(subscription, handle, {
      connection,
      publisher,
      topology,
      logger,
    });
    await consumer.start();
    return consumer;
  }

  async replay(
    subscription: Subscription,
    handle: DeliveryHandler,
  ): Promise<ReplayReport> {
    const { topology } = this;
    let report: ReplayReport | null = null;
    const session = async (connection: ChannelModel): Promise<void> => {
      report ??= await replayDeadLetters(
        connection,
        { topology, subscription },
        handle,
      );
    };
    await this.consuming.add(session);
    this.consuming.remove(session);
    if (report === null) throw new Error('RabbitMQ is not connected');
    return report;
  }

  // #if requests
  async request(request: OutgoingRequest): Promise<string> {
    return await this.requester.request(request);
  }

  async respond(address: string, handle: RequestHandler): Promise<Consumer> {
    const responder = new RabbitResponder(
      address,
      handle,
      this.consuming,
      this.logger,
    );
    await responder.start();
    return responder;
  }

  // #end
  check(): Promise<void> {
    const isConnected = this.publishing.isOpen && this.consuming.isOpen;
    return isConnected
      ? Promise.resolve()
      : Promise.reject(new Error('RabbitMQ is not connected'));
  }

  async close(): Promise<void> {
    await this.consuming.close();
    await this.publishing.close();
  }
}
