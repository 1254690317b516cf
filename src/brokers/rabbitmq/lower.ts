// A model to everything that is to exist on RabbitMQ in one environment. Decides nothing that another file of this folder owns.
import { onceFor } from '../../core/once-for.ts';
import { kebabCase } from '../../core/text.ts';
import { lowerAccess } from './access.ts';
import { consumerSettings, publisherSettings } from './client-settings.ts';
import { planGroup } from './group-plan.ts';
import { lowerChannel } from './lower-channel.ts';
import { lowerGroup } from './lower-group.ts';
import { deadLetterPart, requestPart, unroutedPart } from './lower-shared.ts';
import { joinParts, lowerWith } from './lowering-context.ts';
import { slotsOf } from './slots.ts';
import { majorMinor } from './version.ts';
import type { Environment, Model } from '../../model/model.ts';
import type { Topology } from './topology.ts';

/** Plugins that every node needs. */
const plugins: readonly string[] = [
  'rabbitmq_management',
  'rabbitmq_prometheus',
  'rabbitmq_shovel',
  'rabbitmq_shovel_management',
];

/** Lowers a model to the RabbitMQ objects, rights and client settings of one environment, once for all who ask. */
export function lowerToTopology(
  model: Model,
  environment: Environment,
): Topology {
  return topologiesOf(model)(environment);
}

const topologiesOf = onceFor((model: Model) =>
  onceFor((environment: Environment) => lower(model, environment)),
);

function lower(model: Model, environment: Environment): Topology {
  const context = lowerWith(model, environment);
  const plans = model.groups.map((group) => planGroup(group, context));
  const hasDeadLetters = plans.some((plan) => plan.hasDeadLetter);
  const parts = joinParts([
    ...model.channels.map((channel) => lowerChannel(channel, context)),
    ...(hasDeadLetters ? [deadLetterPart(context)] : []),
    ...plans.map((plan) => lowerGroup(plan, context)),
    ...model.requests.map((request) => requestPart(request, context)),
    unroutedPart(context),
  ]);
  return {
    version:
      majorMinor(model.broker.version.value) ?? model.broker.version.value,
    release: model.broker.version.value,
    environment: environment.name,
    vhost: context.options.vhost,
    vhostDescription: `${kebabCase(model.name)}, ${environment.name}`,
    plugins,
    slots: slotsOf(model),
    ...lowerAccess(plans, context),
    ...parts,
    consumers: plans.map(consumerSettings),
    publishers: publisherSettings(plans, context),
  };
}
