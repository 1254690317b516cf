// Kafka behind the broker port, whatever the client library. It creates no topic: those come from broker/kafka.
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
import type { KafkaClient, KafkaClientFactory } from './kafka-client.js';
import { KafkaConsumer, toRecordHeaders } from './kafka-consumer.js';
import { replayDeadLetters } from './kafka-replay.js';
// #if requests
import type {
  OutgoingRequest,
  RequestHandler,
} from '../requests/request-bus.js';
import { KafkaRequester, respondOnKafka } from './kafka-requests.js';
// #end
import { kafkaSecurity } from './kafka-security.js';
import { RecordBatcher } from './record-batcher.js';

/** A connected Kafka cluster. */
export class KafkaBroker implements MessageBus {
  private readonly client: KafkaClient;
  private readonly logger: Logger;

  private readonly batcher: RecordBatcher;
  // #if requests
  private readonly requester: KafkaRequester;
  // #end

  private constructor(client: KafkaClient, logger: Logger) {
    this.client = client;
    this.logger = logger;
    this.batcher = new RecordBatcher(client);
    // #if requests
    this.requester = new KafkaRequester(client, (record) =>
      this.batcher.send(record),
    );
    // #end
  }

  /** Connects to `host:port,host:port`. Rejects when the cluster cannot be reached. */
  static async connect(
    createClient: KafkaClientFactory,
    { url, clientId, logger, environment }: BrokerConnection,
  ): Promise<KafkaBroker> {
    const client = await createClient({
      brokers: url.split(','),
      clientId,
      ...kafkaSecurity(environment),
    });
    return new KafkaBroker(client, logger);
  }

  async publish(message: OutgoingMessage): Promise<void> {
    const { address, key, body, headers, contentType, routingKey } = message;
    const { channel } = address;
    const recordHeaders = toRecordHeaders({
      headers,
      contentType,
      routingKey,
      channel,
    });
    await this.batcher.send({
      topic: channel,
      key,
      value: body,
      headers: recordHeaders,
    });
  }

  async subscribe(
    subscription: Subscription,
    handle: DeliveryHandler,
  ): Promise<Consumer> {
    const send = this.batcher.send.bind(this.batcher);
    const consumer = new KafkaConsumer(subscription, handle, {
      client: this.client,
      send,
      logger: this.logger,
    });
    await consumer.start();
    return consumer;
  }

  async replay(
    subscription: Subscription,
    handle: DeliveryHandler,
  ): Promise<ReplayReport> {
    return await replayDeadLetters(this.client, subscription, handle);
  }

  // #if requests
  async request(request: OutgoingRequest): Promise<string> {
    return await this.requester.request(request);
  }

  async respond(address: string, handle: RequestHandler): Promise<Consumer> {
    return await respondOnKafka(this.client, address, handle);
  }

  // #end
  async check(): Promise<void> {
    await this.client.check();
  }

  async close(): Promise<void> {
    // #if requests
    await this.requester.close();
    // #end
    await this.client.close();
  }
}
