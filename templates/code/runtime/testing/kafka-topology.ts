// The topics of broker/kafka, read off the subscriptions.
import { retrySteps } from '../kafka/kafka-consumer.js';
// #if requests
import { replyTopicOf } from '../kafka/kafka-requests.js';
// #end
import { deadLetterTopicOf, retryTopicOf } from '../kafka/names.js';
import type { ContractTopology } from './broker-contract.js';

/** Lists the topics that broker/kafka would create. */
export function kafkaTopics(topology: ContractTopology): readonly string[] {
  const topics = new Set<string>();
  // #if requests
  for (const address of topology.requests)
    topics.add(address).add(replyTopicOf(address));
  // #end
  for (const subscription of topology.subscriptions) {
    for (const source of subscription.sources) {
      const { address } = source;
      topics.add(address.channel);
      topics.add(deadLetterTopicOf(address.channel, subscription.group));
      for (let step = 1; step <= retrySteps(subscription, source); step += 1) {
        topics.add(retryTopicOf(address.channel, subscription.group, step));
      }
    }
  }
  return [...topics];
}
