// The names that a design has on Kafka: topics, groups, principals, and the variables that hold their passwords.
// Every one follows from names of the spec, so that code, configuration and monitoring meet without a registry.

/** Kafka's own limit for topic names, in characters. */
export const maxTopicName = 249;

/** The topic where one group's failed messages wait for attempt `step + 1`; `step` counts from 1. */
export function retryTopic(
  channel: string,
  group: string,
  step: number,
): string {
  return `${channel}.${group}.retry.${step}`;
}

/** The group that reads one step of a ladder: apart from the main group, so that waiting there holds nothing up here. */
export function retryGroup(group: string, step: number): string {
  return `${group}.retry.${step}`;
}

/** The topic that takes what one group could not handle. */
export function deadLetterTopic(channel: string, group: string): string {
  return `${channel}.${group}.dlt`;
}

/** The group that reads a group's dead letters when people replay them. */
export function replayGroup(group: string): string {
  return `${group}.replay`;
}

/** The topic that carries the questions of a request/reply pair. */
export function requestTopic(request: string): string {
  return request;
}

/** The topic that carries the answers of a request/reply pair. */
export function replyTopic(request: string): string {
  return `${request}.reply`;
}

/** The group of the service that answers. */
export function responderGroup(request: string): string {
  return request;
}

/** What the group of every requester instance begins with: each instance reads all replies and drops those of others. */
export function requesterGroupPrefix(request: string): string {
  return `${request}.reply.`;
}

/** What the stable `transactional.id` of every producer instance begins with; equal ids fence off zombies. */
export function transactionalIdPrefix(service: string): string {
  return `${service}-tx-`;
}

/** The user name of a service: its own name, with `-` for `_`, because Strimzi's users are Kubernetes names. */
export function principalName(service: string): string {
  return service.replaceAll('_', '-');
}

/** The environment variable that holds a principal's password, e.g. `KAFKA_PASSWORD_ORDER_SERVICE`. */
export function passwordVariable(principal: string): string {
  return `KAFKA_PASSWORD_${principal.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}`;
}

/** A name as Kubernetes takes it (DNS-1123 subdomain): lower case, `-` for `_`. */
export function kubernetesName(name: string): string {
  return name.toLowerCase().replaceAll('_', '-');
}

/** What Kafka's metrics make of a topic name: `.` and `_` become one, so names that differ in nothing else collide. */
export function metricName(topic: string): string {
  return topic.replaceAll('.', '_');
}
