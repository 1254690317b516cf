// Target "kafka": the folder broker/kafka/ of a system whose broker is Kafka.
import { artifactPath, pathSegment } from '../../core/artifact.ts';
import type { Artifact } from '../../core/artifact.ts';
import type { KafkaDesign } from '../../brokers/kafka/design.ts';
import { neededFeatures } from '../../brokers/kafka/needed-features.ts';
import { kafkaOptions } from '../../brokers/kafka/options.ts';
import type { KafkaOptions } from '../../brokers/kafka/options.ts';
import { planKafka } from '../../brokers/kafka/plan-kafka.ts';
import { metadataLevels, minorOf } from '../../brokers/kafka/versions.ts';
import type { Model } from '../../model/model.ts';
import type { EmitContext, Target } from '../target.ts';
import {
  adminView,
  clientView,
  librdkafkaView,
  operatorView,
} from './client-views.ts';
import { composeFile } from './compose-file.ts';
import {
  aclsView,
  environmentView,
  oneNodeView,
  toldGrants,
  toldTopics,
  usersView,
  type ToldGrant,
  type ToldTopic,
} from './conf-views.ts';
import { readmeView } from './readme-view.ts';
import {
  strimziBase,
  strimziOverlay,
  strimziTopics,
  strimziUsers,
} from './strimzi-files.ts';
import { strimziRelease } from './strimzi-release.ts';

const scripts = ['apply', 'topics', 'users', 'acls', 'passwords'] as const;

/** Writes tables, scripts, client properties, Strimzi resources and a compose project for Kafka. */
export const kafkaTarget: Target = {
  name: 'kafka',
  summary: 'Topics, users, rights, scripts and Strimzi resources for Kafka',
  appliesTo: (model) => model.broker.kind === 'kafka',
  emit: (model, context) => {
    const design = planKafka(model);
    const options = kafkaOptions(model);
    const topics = toldTopics(design);
    const grants = toldGrants(design);
    const given = { model, context, design, topics, grants, options };
    return [
      file(
        'README.md',
        render(context, `readme.${given.model.locale}.md`, readmeView(given)),
      ),
      ...tables(given),
      ...scriptFiles(given),
      ...clientFiles(given),
      ...strimziFiles(given),
      ...composeFiles(given),
    ];
  },
};

interface Given {
  readonly model: Model;
  readonly context: EmitContext;
  readonly design: KafkaDesign;
  readonly topics: readonly ToldTopic[];
  readonly grants: ReadonlyMap<string, readonly ToldGrant[]>;
  readonly options: KafkaOptions;
}

function tables({
  model,
  context,
  design,
  topics,
  grants,
  options,
}: Given): readonly Artifact[] {
  return [
    file('topics.conf', render(context, 'topics.conf', { topics })),
    file('users.conf', render(context, 'users.conf', usersView(design))),
    file('acls.conf', render(context, 'acls.conf', aclsView(grants, design))),
    ...model.environments.map((environment) =>
      file(
        `environments/${pathSegment(environment.name)}.env`,
        render(
          context,
          'environment.sh',
          environmentView(environment, options),
        ),
      ),
    ),
  ];
}

function scriptFiles({ model, context, options }: Given): readonly Artifact[] {
  const common = file('scripts/common.sh', render(context, 'common.sh', {}));
  const apply = {
    version: minorOf(model.broker.version.value),
    levels: metadataLevels
      .map(({ version, level }) => `${level}=${version}`)
      .join(' '),
    needed: neededFeatures(options, { makesUsers: true })
      .map(({ name, level, since, what }) =>
        [name, level, since, what].join('|'),
      )
      .join(';'),
  };
  return [
    common,
    ...scripts.map((name) => ({
      ...file(
        `scripts/${name}.sh`,
        render(context, `${name}.sh`, name === 'apply' ? apply : {}),
      ),
      isExecutable: true,
    })),
  ];
}

function clientFiles({ context, design, options }: Given): readonly Artifact[] {
  const properties = (path: string, view: object): Artifact =>
    file(path, render(context, 'client.properties', view));
  const { operatorPrincipal } = options;
  return [
    properties('clients/admin.properties', adminView('cluster', options)),
    properties(
      `clients/${pathSegment(operatorPrincipal)}/tools.properties`,
      operatorView(options),
    ),
    ...design.clients.flatMap((client) => {
      const name =
        client.group === null
          ? 'producer'
          : `${pathSegment(client.group)}.consumer`;
      const path = `clients/${pathSegment(client.service)}/${name}`;
      return [
        properties(`${path}.properties`, clientView(client, options)),
        file(
          `${path}.librdkafka.properties`,
          render(
            context,
            'librdkafka.properties',
            librdkafkaView(client, options),
          ),
        ),
      ];
    }),
  ];
}

function strimziFiles(given: Given): readonly Artifact[] {
  const { model, topics, options } = given;
  const release = strimziRelease(model.broker.version.value);
  return [
    file('strimzi/base/kustomization.yaml', strimziBase()),
    file('strimzi/base/topics.yaml', strimziTopics(topics, options, release)),
    file('strimzi/base/users.yaml', strimziUsers(given, options, release)),
    ...model.environments.map((environment) =>
      file(
        `strimzi/overlays/${pathSegment(environment.name)}/kustomization.yaml`,
        strimziOverlay(environment),
      ),
    ),
  ];
}

function composeFiles({
  model,
  context,
  design,
  options,
}: Given): readonly Artifact[] {
  const version = model.broker.version.value;
  return [
    file(
      'compose/compose.yaml',
      composeFile(design, version, options.saslMechanism),
    ),
    file(
      'compose/one-node.env',
      render(context, 'environment.sh', oneNodeView(options)),
    ),
    file(
      'compose/admin.properties',
      render(context, 'client.properties', adminView('one-node', options)),
    ),
  ];
}

function render(context: EmitContext, template: string, view: object): string {
  return context.render.render(`kafka/${template}`, view);
}

function file(path: string, content: string): Artifact {
  return {
    path: artifactPath('broker', 'kafka', path),
    content,
    policy: 'overwrite',
    isExecutable: false,
    origin: { target: 'kafka', pointers: ['/broker'] },
  };
}
