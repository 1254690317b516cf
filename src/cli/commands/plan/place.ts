// Which environment of a spec a live broker is, and where it is reached.
import type { Deployer, Variables } from '../../../apply/deployer.ts';
import { HostError } from '../../../core/host.ts';
import type { Environment, Model } from '../../../model/model.ts';
import { unknownChoice } from '../../spec-input.ts';

/** The environment of the spec that a broker is, and the variables by which it is reached. */
interface Place {
  readonly environment: Environment;
  readonly variables: Variables;
}

/** What `--env` takes beside the spec's own names: the broker of the generated compose project. */
const oneNode = 'one-node';

/** Finds the environment. Throws: `HostError` where there is none of that name, or none is named and there are several. */
export function placeOf(
  { model, deployer }: { readonly model: Model; readonly deployer: Deployer },
  name: string | undefined,
  env: Variables,
): Place {
  const isOneNode =
    name === oneNode &&
    model.environments.every((environment) => environment.name !== oneNode);
  return isOneNode && deployer.oneNode !== null
    ? oneNodePlace(model, deployer.oneNode, env)
    : { environment: environmentOf(model, name), variables: env };
}

function oneNodePlace(
  model: Model,
  { hosts, variables }: NonNullable<Deployer['oneNode']>,
  env: Variables,
): Place {
  const one = {
    value: 1,
    from: 'default' as const,
    origin: model.broker.origin,
    because: 'one node holds one copy',
  };
  const given = Object.entries(env).filter(([, value]) => value !== '');
  return {
    environment: {
      name: oneNode,
      replication: one,
      minInSync: one,
      hosts,
      origin: model.broker.origin,
    },
    variables: { ...variables, ...Object.fromEntries(given) },
  };
}

function environmentOf(model: Model, name: string | undefined): Environment {
  const names = model.environments.map((environment) => environment.name);
  const [only, ...others] = model.environments;
  if (name === undefined) {
    if (only !== undefined && others.length === 0) return only;
    throw new HostError(
      `say which environment this broker is: --env ${names.join(', --env ')}`,
    );
  }
  const found = model.environments.find(
    (environment) => environment.name === name,
  );
  if (found === undefined)
    throw new HostError(unknownChoice('--env', name, names));
  return found;
}

/** Finds the address. Never a default one: what happens to listen on this machine need not be what was meant. Throws: `HostError`. */
export function urlOf(
  option: string | undefined,
  { address, broker }: Deployer,
  { variables, environment }: Place,
): string {
  const variable = variables[address.name];
  if (option !== undefined && option !== '') return option;
  if (variable !== undefined && variable !== '') return variable;
  // RabbitMQ's hosts are where services connect, which is not the management API.
  if (broker === 'kafka' && environment.hosts.length > 0)
    return environment.hosts.join(',');
  throw new HostError(
    `say where the broker is: --url or ${address.name}, ${address.meaning}`,
  );
}
