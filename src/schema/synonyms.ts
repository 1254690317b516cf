// Words of other tools and of everyday language for properties of a spec, by the property that is meant.

/** A word stands under each property that it can mean; which one it is, the place tells. */
const words: Readonly<Record<string, string>> = {
  aborts: 'abort failure fails cancelled',
  aggregates: 'entities entity',
  attempts: 'retries count times tries maxAttempts maxRetries limit',
  backoff: 'strategy',
  channels: 'topic topics queue queues stream streams exchange exchanges',
  command: 'action do send invoke',
  compensate: 'compensation rollback revert',
  completes: 'end ends success completed done',
  concurrency: 'parallelism parallel threads workers',
  consumers: 'subscriber subscribers listener listeners handlers',
  context: 'boundedContext domain subdomain',
  coordinator: 'orchestrator service owner',
  database: 'db datastore storage',
  deadLetter: 'dlq dlx deadLetterQueue deadLetterTopic',
  emits: 'event events publishes raises produces',
  eventArch: 'specVersion',
  events: 'messages message topics',
  fields: 'columns attributes payload',
  first: 'delay initial initialDelay interval',
  from: 'source when before state event events on',
  input: 'payload args arguments parameters fields',
  instances: 'replicas copies scale',
  key: 'partitionKey routingKey id primaryKey',
  max: 'maxDelay maximum',
  on: 'event trigger when',
  ordering: 'order',
  owner: 'team maintainer owners',
  payload: 'data body fields properties message content',
  projections: 'readModels readModel views view',
  publishers: 'producer producers',
  publishes: 'events topics emits produces sends',
  replication: 'replicas copies replicationFactor',
  reply: 'response answer result',
  requester: 'from caller client',
  responder: 'to callee server handler',
  retention: 'ttl keep expires',
  sagas: 'process processes workflow workflows',
  service: 'owner',
  starts: 'start trigger on event',
  subscribes: 'events topics listens handles consumes',
  to: 'target then after next',
  type: 'kind',
  types: 'schemas models definitions',
};

const meanings: ReadonlyMap<string, readonly string[]> = Object.entries(
  words,
).reduce((found, [property, said]) => {
  for (const word of said.split(' '))
    found.set(word, [...(found.get(word) ?? []), property]);
  return found;
}, new Map<string, readonly string[]>());

/** Gives the property of a place that a word of others means; null when there is none, or more than one. */
export function meantBy(word: string, known: readonly string[]): string | null {
  const meant = (meanings.get(word) ?? []).filter((one) => known.includes(one));
  return meant.length === 1 ? (meant[0] ?? null) : null;
}
