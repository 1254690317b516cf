// A broker inside the process: the same contract as the real ones, no durability. For development and tests.
import type {
  Consumer,
  Delivery,
  DeliveryHandler,
  MessageBus,
  OutgoingMessage,
  ReplayReport,
  Subscription,
} from '../messaging/bus.js';
import { MemoryGroup } from './memory-group.js';
// #if requests
import type {
  OutgoingRequest,
  RequestHandler,
} from '../requests/request-bus.js';
import { MemoryRequests } from './memory-requests.js';
// #end

/** What a fault plan makes of one published message; one that is lost is confirmed all the same. */
export type PublishFault =
  'none' | 'duplicate' | 'refuse' | 'lose' | 'lose-confirm';

/** Settings of the in-memory broker. */
export interface MemoryBrokerOptions {
  /** Decides the fault of each published message; tests run the system under it. */
  readonly faultOf?: (message: OutgoingMessage) => PublishFault;
  readonly now?: () => Date;
}

/** The broker of one process. Close it once, after every service has stopped. */
export class MemoryBroker implements MessageBus {
  private readonly options: MemoryBrokerOptions;

  private readonly groups = new Map<string, MemoryGroup>();
  // #if requests
  private readonly requests = new MemoryRequests();
  // #end
  /** Messages for queues nobody has consumed from yet: a queue exists before its consumer does. */
  private unclaimed: OutgoingMessage[] = [];

  constructor(options: MemoryBrokerOptions = {}) {
    this.options = options;
  }

  publish(message: OutgoingMessage): Promise<void> {
    const fault = this.options.faultOf?.(message) ?? 'none';
    if (fault === 'refuse')
      return Promise.reject(new Error('the broker refused the message'));
    if (fault !== 'lose') this.route(message);
    if (fault === 'duplicate') this.route(message);
    if (fault === 'lose-confirm')
      return Promise.reject(new Error('the confirm was lost'));
    return Promise.resolve();
  }

  subscribe(
    subscription: Subscription,
    handle: DeliveryHandler,
  ): Promise<Consumer> {
    const group = this.groupOf(subscription);
    const waiting = this.unclaimed;
    this.unclaimed = [];
    waiting.forEach((message) => this.route(message));
    return Promise.resolve(group.join(handle, subscription.concurrency));
  }

  replay(
    subscription: Subscription,
    handle: DeliveryHandler,
  ): Promise<ReplayReport> {
    return this.groupOf(subscription).replay(handle);
  }

  // #if requests
  async request(request: OutgoingRequest): Promise<string> {
    return await this.requests.request(request);
  }

  respond(address: string, handle: RequestHandler): Promise<Consumer> {
    return this.requests.respond(address, handle);
  }

  // #end
  check(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  /** The dead letters of a group, for tests and for the console. */
  deadLettersOf(group: string): readonly Delivery[] {
    return this.groups.get(group)?.deadLetters ?? [];
  }

  /** Whether every group has handled everything. */
  get isIdle(): boolean {
    return [...this.groups.values()].every((group) => group.isIdle);
  }

  private groupOf(subscription: Subscription): MemoryGroup {
    const found = this.groups.get(subscription.group);
    if (found !== undefined) return found;
    const group = new MemoryGroup(
      subscription,
      this.options.now ?? ((): Date => new Date()),
    );
    this.groups.set(subscription.group, group);
    return group;
  }

  private route(message: OutgoingMessage): void {
    const { channel } = message.address;
    const wanted = [...this.groups.values()].filter((group) =>
      group.wants(channel, message.routingKey),
    );
    if (wanted.length === 0 && message.address.kind === 'queue')
      this.unclaimed.push(message);
    const { routingKey, key, contentType, headers, body } = message;
    wanted.forEach((group) =>
      group.add({
        channel,
        routingKey,
        key,
        contentType,
        headers,
        body,
        attempt: 1,
      }),
    );
  }
}
