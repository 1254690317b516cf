// The flat view of `apply.sh`: what it asks for before it starts, and what it reads back at the end.
import { byCodeUnit } from '../../core/artifact.ts';
import { laneStem } from '../../brokers/rabbitmq/names.ts';
import { neededVersion } from '../../brokers/rabbitmq/version.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Topology } from '../../brokers/rabbitmq/topology.ts';

/**
 * Makes the view of `apply.sh`.
 *
 * @param topologies one for each environment, in spec order; they differ in the sizes of queues alone
 */
export function scriptView(
  topologies: readonly Topology[],
  heading: string,
): object {
  const [topology] = topologies;
  if (topology === undefined) throw new Error('a model has an environment');
  const { shapes, numberOf } = shapesOf(topologies);
  return {
    heading,
    vhost: topology.vhost,
    version: topology.version,
    needed: neededVersion(topology.policies),
    environments: topologies.map(({ environment }) => environment),
    slots: topology.slots.value,
    spreads: spreadsOf(topology),
    users: topology.users.map(({ name, passwordVariable }) => ({
      name,
      variable: passwordVariable,
    })),
    shapes,
    exchanges: topology.exchanges.map(({ name, type }, at) => ({
      name,
      type,
      shape: numberOf(({ exchanges }) => exchanges[at]),
    })),
    queues: topology.queues.map(({ name, type }, at) => ({
      name,
      type,
      shape: numberOf(({ queues }) => queues[at]),
    })),
  };
}

interface Made {
  readonly arguments: JsonObject;
}
type Pick = (topology: Topology) => Made | undefined;

// Thousands of objects are made with a handful of arguments: each different set is named once for every environment.
function shapesOf(topologies: readonly Topology[]): {
  readonly shapes: readonly object[];
  readonly numberOf: (pick: Pick) => number;
} {
  const texts = (pick: Pick): readonly string[] =>
    topologies.map((topology) =>
      argumentsText(pick(topology)?.arguments ?? {}),
    );
  const [first] = topologies;
  const picks = [
    ...(first?.exchanges ?? []).map(
      (_, at): Pick =>
        ({ exchanges }) =>
          exchanges[at],
    ),
    ...(first?.queues ?? []).map(
      (_, at): Pick =>
        ({ queues }) =>
          queues[at],
    ),
  ];
  const distinct = new Map(
    picks.map((pick) => [texts(pick).join('\n'), texts(pick)]),
  );
  const keys = [...distinct.keys()];
  return {
    shapes: topologies.map(({ environment }, place) => ({
      environment,
      arguments: [...distinct.values()].map((shape, at) => ({
        number: at + 1,
        text: shape[place] ?? '',
      })),
    })),
    numberOf: (pick) => keys.indexOf(texts(pick).join('\n')) + 1,
  };
}

// As the management API writes them, with the keys sorted as `sort` in the locale C does.
function argumentsText(given: JsonObject): string {
  return Object.entries(given)
    .map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`)
    .sort(byCodeUnit)
    .join(',');
}

/** The exchanges that spread keys over lanes, each with the stem and the number of its queues. */
function spreadsOf(topology: Topology): readonly object[] {
  return topology.exchanges
    .filter(({ type }) => type === 'headers')
    .map(({ name }) => {
      const lanes = new Set(
        topology.bindings
          .filter(({ source }) => source === name)
          .map(({ destination }) => destination),
      );
      return { name, stem: laneStem(name), lanes: lanes.size };
    });
}
