// A spec, one of its environments and a live broker, brought together for `plan` and `apply`.
import {
  compare,
  withoutSkippedUsers,
  type Comparison,
} from '../../../apply/compare.ts';
import type {
  Deployer,
  Deployment,
  LiveBroker,
  Trust,
} from '../../../apply/deployer.ts';
import { isMendedAnew } from '../../../apply/diff-resources.ts';
import { deployers } from '../../../apply/deployers.ts';
import { hasErrors } from '../../../core/diagnostic.ts';
import { HostError } from '../../../core/host.ts';
import { quotedList } from '../../../core/text.ts';
import { loadPeer } from '../../../host/load-peer.ts';
import { nodeHost } from '../../../host/node-host.ts';
import type { Environment, Model } from '../../../model/model.ts';
import { text as textReporter } from '../../reporters/text.ts';
import { checkUnderConfig } from '../../review/check-under-config.ts';
import type { Terminal } from '../../terminal.ts';
import { report } from '../../report.ts';
import { brokerOption } from '../../broker-option.ts';
import { specSource, unknownChoice } from '../../spec-input.ts';
import { placeOf, urlOf } from './place.ts';
import type { PlanOptions } from './options.ts';

export interface LiveSession {
  readonly deployer: Deployer;
  readonly deployment: Deployment;
  readonly environment: Environment;
  readonly live: LiveBroker;
  readonly format: 'text' | 'json';
  /** Variables of passwords that are not given, so that their users are neither compared nor made. */
  readonly skipped: readonly string[];
  readonly first: Comparison;
  /** Messages in what stands in the way or is too many, by `kind/name`: what a deletion would lose. */
  readonly held: ReadonlyMap<string, number>;
}

/**
 * Checks the spec, connects and compares, then runs `work` and disconnects. Answers null when the spec has errors, which
 * are told. Throws: `HostError` for a wrong option, an unreachable broker or a refusal.
 */
export async function withLiveSession<T>(
  given: {
    readonly spec: string | undefined;
    readonly options: PlanOptions;
    readonly terminal: Terminal;
  },
  work: (session: LiveSession) => Promise<T>,
): Promise<T | null> {
  const { options, terminal } = given;
  const format = formatOf(options.format);
  const model = await checkedModel(given);
  if (model === null) return null;
  const deployer = deployerOf(model);
  const { environment, variables } = placeOf(
    { model, deployer },
    options.env,
    terminal.env,
  );
  const whole = deployer.deploy(model, environment);
  // The checks have let the spec through, so a fault here is ours; nothing is sent to a broker with it.
  if (whole.faults.length > 0)
    throw new Error(
      `the design does not hold together:\n${whole.faults.join('\n')}`,
    );
  const { deployment, skipped } = withoutSkippedUsers(
    whole,
    deployer,
    (variable) => (terminal.env[variable] ?? '') !== '',
  );
  const place = {
    url: urlOf(options.url, deployer, { variables, environment }),
    variables,
    model,
    trust: await trustOf(options.ca, terminal),
    loadPeer,
  };
  const live = await deployer.connect(place, deployment);
  try {
    const first = await compare(live, deployment);
    const held = await live.held(
      first.drifts.flatMap((drift) =>
        drift.kind === 'extra' || isMendedAnew(drift) ? [drift.resource] : [],
      ),
    );
    return await work({
      deployer,
      deployment,
      environment,
      live,
      format,
      skipped,
      first,
      held,
    });
  } finally {
    await live.close();
  }
}

async function trustOf(
  file: string | undefined,
  { env }: Terminal,
): Promise<Trust | null> {
  if (file === undefined) return null;
  const { fetchTrusting, readAuthorities } =
    await import('../../../host/trusted-authorities.ts');
  const authorities = await readAuthorities(file, env['NODE_EXTRA_CA_CERTS']);
  return { authorities, fetch: fetchTrusting(authorities) };
}

async function checkedModel({
  spec,
  options,
  terminal,
}: {
  readonly spec: string | undefined;
  readonly options: PlanOptions;
  readonly terminal: Terminal;
}): Promise<Model | null> {
  const broker = brokerOption(options.broker);
  const source = await specSource(spec, terminal);
  const checked = await checkUnderConfig(
    nodeHost(),
    broker === null ? source : { ...source, broker },
    {},
  );
  const isBroken = checked.model === null || hasErrors(checked.diagnostics);
  // Warnings belong to `validate`; here they would hide what the broker has to say.
  if (isBroken)
    report(
      [{ file: source.file, ...checked }],
      [{ reporter: textReporter, file: null }],
      { ...terminal, out: terminal.err, isOutTty: terminal.isErrTty },
    );
  return isBroken ? null : checked.model;
}

function formatOf(value: string): 'text' | 'json' {
  if (value === 'text' || value === 'json') return value;
  throw new HostError(unknownChoice('--format', value, ['text', 'json']));
}

function deployerOf(model: Model): Deployer {
  const found = deployers.find(({ broker }) => broker === model.broker.kind);
  if (found !== undefined) return found;
  const known = quotedList(
    deployers.map(({ broker }) => broker),
    'or',
  );
  throw new HostError(
    `a live ${model.broker.kind} cannot be compared with a spec yet, only ${known}`,
  );
}
