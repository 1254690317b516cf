// The folder `broker/rabbitmq/`: definitions, configuration and a script for each environment, a compose file, a page to read.
import { smallest } from '../../core/lists.ts';
import { artifactPath, pathSegment } from '../../core/artifact.ts';
import { toDefinitions } from '../../brokers/rabbitmq/definitions.ts';
import { lowerToTopology } from '../../brokers/rabbitmq/lower.ts';
import {
  commentLines,
  stringifyJsonRows,
  stringifyYaml,
} from '../../render/stringify.ts';
import { composeFile } from './compose.ts';
import { scriptView } from './script-view.ts';
import { confView, headingOf, readmeView } from './view.ts';
import type { Artifact } from '../../core/artifact.ts';
import type { EmitContext, Target } from '../target.ts';
import type { Environment, Model } from '../../model/model.ts';
import type { Topology } from '../../brokers/rabbitmq/topology.ts';

/** What an operator needs to run the design on RabbitMQ. */
export const rabbitmq: Target = {
  name: 'rabbitmq',
  summary:
    'RabbitMQ definitions, configuration, import script and compose file',
  appliesTo: (model) => model.broker.kind === 'rabbitmq',
  emit,
};

function emit(model: Model, context: EmitContext): readonly Artifact[] {
  const heading = headingOf(model, context.toolVersion);
  const topologies = model.environments.map((environment) =>
    lowerToTopology(model, environment),
  );
  const local = topologyForOneNode(model, topologies);
  const { render } = context.render;
  return [
    ...model.environments.flatMap((environment, index) =>
      perEnvironment(model, environment, { topologies, index, context }),
    ),
    file('enabled_plugins', `[${local.plugins.join(',')}].\n`),
    {
      ...file(
        'apply.sh',
        render('rabbitmq/apply.sh', scriptView(topologies, heading)),
      ),
      isExecutable: true,
    },
    file('compose.yaml', stringifyYaml(composeFile(local), [heading])),
    file('.env.example', environmentFile(local, heading)),
    file(
      'README.md',
      render(
        `rabbitmq/README.${model.locale}.md`,
        readmeView(
          model,
          [local, ...topologies.filter((topology) => topology !== local)],
          {
            toolVersion: context.toolVersion,
            words: context.render.words('rabbitmq', model.locale),
          },
        ),
      ),
    ),
  ];
}

// The compose file starts one node: the environment with the fewest copies, the first of them in spec order.
function topologyForOneNode(
  model: Model,
  topologies: readonly Topology[],
): Topology {
  const copies = model.environments.map(({ replication }) => replication.value);
  const topology = topologies[copies.indexOf(smallest(copies))];
  if (topology === undefined) throw new Error('a model has an environment');
  return topology;
}

interface Batch {
  readonly topologies: readonly Topology[];
  readonly index: number;
  readonly context: EmitContext;
}

function perEnvironment(
  model: Model,
  environment: Environment,
  { topologies, index, context }: Batch,
): readonly Artifact[] {
  const topology = topologies[index];
  if (topology === undefined) return [];
  const name = pathSegment(environment.name);
  const heading = headingOf(model, context.toolVersion);
  return [
    file(
      `definitions.${name}.json`,
      stringifyJsonRows(
        toDefinitions(topology, `event-arch ${context.toolVersion}`),
        'bindings',
      ),
    ),
    file(
      `rabbitmq.${name}.conf`,
      context.render.render(
        'rabbitmq/rabbitmq.conf',
        confView(model, environment, heading),
      ),
    ),
  ];
}

function environmentFile(topology: Topology, heading: string): string {
  const variables = [
    'RABBITMQ_ADMIN_USER=admin',
    "RABBITMQ_ADMIN_PASSWORD=''",
    ...topology.users.map(({ passwordVariable }) => `${passwordVariable}=''`),
  ];
  const head = commentLines([
    heading,
    'Copy it to .env, fill it in, and keep that file out of version control. Between the quotes any character is taken as it is',
    'but the quote itself.',
  ]);
  return `${head}${variables.join('\n')}\n`;
}

function file(name: string, content: string): Artifact {
  return {
    path: artifactPath('broker', 'rabbitmq', name),
    content,
    policy: 'overwrite',
    isExecutable: false,
    origin: { target: 'rabbitmq', pointers: ['/broker'] },
  };
}
