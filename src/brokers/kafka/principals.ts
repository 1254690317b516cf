// Who talks to the cluster: a user per service, one for people, one for the lag exporter.
import type { Model } from '../../model/model.ts';
import type { Principal } from './design.ts';
import { principalName } from './names.ts';
import type { KafkaOptions } from './options.ts';

/** Lists a user per service that takes part, one for people who handle dead letters, one for the lag exporter. */
export function planPrincipals(
  model: Model,
  options: KafkaOptions,
): readonly Principal[] {
  const root = { origin: model.broker.origin };
  return [
    ...model.services.map((service) => ({
      name: principalName(service.name),
      service: service.name,
      role: 'service' as const,
      isExternal: service.isExternal,
      why: {
        origin: service.origin,
        because: service.description ?? `service ${service.name}`,
      },
    })),
    {
      name: options.operatorPrincipal,
      service: null,
      role: 'operator',
      isExternal: false,
      why: {
        ...root,
        because: 'people who read dead letters and send them again',
      },
    },
    {
      name: options.exporterPrincipal,
      service: null,
      role: 'exporter',
      isExternal: false,
      why: {
        ...root,
        because: 'the lag exporter: describes everything, reads nothing',
      },
    },
  ];
}
