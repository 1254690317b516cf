// Checks of the names that a design comes to: topics on Kafka and on Kubernetes, users and their variables.
import type { Place } from '../../core/catalogue.ts';
import type { Diagnostic } from '../../core/diagnostic.ts';
import { kafkaDiagnostics } from './catalogue.ts';
import type { KafkaDesign } from './design.ts';
import {
  kubernetesName,
  maxTopicName,
  metricName,
  passwordVariable,
} from './names.ts';

/**
 * Checks all names, generated ones included; the characters themselves are the schema's business.
 * Reports: `broker/kafka-name-too-long`, `broker/kafka-name-collision`, `broker/kafka-user-collision`.
 */
export function checkNames(design: KafkaDesign): readonly Diagnostic[] {
  return [
    ...design.topics
      .filter((topic) => topic.name.length > maxTopicName)
      .map((topic) =>
        kafkaDiagnostics.make(
          'kafka-name-too-long',
          { pointer: topic.why.origin },
          {
            name: topic.name,
            length: topic.name.length,
            limit: maxTopicName,
          },
        ),
      ),
    ...topicCollisions(design),
    ...userCollisions(design),
  ];
}

interface Named {
  readonly name: string;
  readonly why: { readonly origin: string };
}

interface Collision {
  readonly first: Named;
  readonly second: Named;
}

function topicCollisions(design: KafkaDesign): readonly Diagnostic[] {
  const onKafka = collisions(design.topics, metricName);
  // What Kafka itself refuses needs no second word about Kubernetes.
  const told = new Set(onKafka.map((pair) => pair.second.name));
  const onKubernetes = collisions(design.topics, kubernetesName).filter(
    (pair) => !told.has(pair.second.name),
  );
  return [
    ...onKafka.map((pair) => tell(pair, "Kafka's metrics")),
    ...onKubernetes.map((pair) => tell(pair, 'Kubernetes')),
  ];
}

function tell(pair: Collision, place: string): Diagnostic {
  return kafkaDiagnostics.make('kafka-name-collision', placeOf(pair), {
    first: pair.first.name,
    second: pair.second.name,
    place,
  });
}

function userCollisions(design: KafkaDesign): readonly Diagnostic[] {
  const users = design.principals.map((principal) => ({
    name: principal.service ?? principal.name,
    user: principal.name,
    why: principal.why,
  }));
  const variables = new Map(users.map((one) => [one.name, one.user]));
  return collisions(users, (name) =>
    passwordVariable(variables.get(name) ?? name),
  ).map((pair) =>
    kafkaDiagnostics.make('kafka-user-collision', placeOf(pair), {
      first: pair.first.name,
      second: pair.second.name,
      place: `the variable ${passwordVariable(pair.second.name)}`,
    }),
  );
}

function placeOf({ first, second }: Collision): Place {
  return {
    pointer: second.why.origin,
    related: [
      {
        message: `"${first.name}" comes from here`,
        pointer: first.why.origin,
        location: null,
      },
    ],
  };
}

function collisions(
  items: readonly Named[],
  keyOf: (name: string) => string,
): readonly Collision[] {
  const seen = new Map<string, Named>();
  const found: Collision[] = [];
  for (const item of items) {
    const key = keyOf(item.name);
    const first = seen.get(key);
    if (first === undefined) seen.set(key, item);
    else found.push({ first, second: item });
  }
  return found;
}
