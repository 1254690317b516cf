// What the process does: serve until it is told to stop, or one task and out.
import type { AddressInfo } from 'node:net';
import { isMistake, reasonOf } from '../consume/errors.js';
import type { Logger } from '../operations/logger.js';
import { startHttpServer } from '../operations/http-server.js';
import { type BrokerLoader, openPlatform } from './platform.js';
import {
  type RunningSystem,
  type System,
  prepareSystem,
  startSystem,
} from './system.js';

const drainMs = 30_000;

// #if rebuilds
const words = ['serve', 'replay GROUP', 'rebuild PROJECTION'];
// #else
// const words = ['serve', 'replay GROUP'];
// #end

/** One run of the process. */
export interface CommandLine {
  readonly system: System;
  readonly brokers: Readonly<Record<string, BrokerLoader>>;
  readonly words: readonly string[];
  readonly only: readonly string[] | null;
  readonly port: number;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly logger: Logger;
  readonly print: (line: string) => void;
}

/** Does what the words say; returns the exit code. What the process runs on may fail it: one line says how. */
export async function runCommandLine(run: CommandLine): Promise<number> {
  try {
    return await obey(run);
  } catch (error) {
    if (isMistake(error)) throw error;
    run.logger.error('the process ends', { error: reasonOf(error) });
    return 1;
  }
}

async function obey(run: CommandLine): Promise<number> {
  const [word = 'serve', name = ''] = run.words;
  if (!words.some((known) => known.split(' ')[0] === word)) {
    run.print(`unknown word "${word}": one of ${words.join(', ')}`);
    return 2;
  }
  const only = servicesFor(run, word, name);
  const platform = await openPlatform(run.environment, {
    clientId: only?.join('+') ?? run.system.name,
    logger: run.logger,
    brokers: run.brokers,
  });
  const prepare = word === 'serve' ? startSystem : prepareSystem;
  const running = await prepare(run.system, platform, {
    only,
    logger: run.logger,
  });
  if (word === 'serve') {
    await serve(run, running);
    return 0;
  }
  try {
    // #if rebuilds
    if (word === 'rebuild') return await rebuildOne(run, running, name);
    // #end
    return await replay(run, running, name);
  } finally {
    await running.stop();
  }
}

/** A task needs no service but the one that owns what it names, with its login. */
function servicesFor(
  { only, system }: CommandLine,
  word: string,
  name: string,
): readonly string[] | null {
  if (only !== null || word === 'serve') return only;
  const owners = system.services.filter((one) => {
    // #if rebuilds
    if (word === 'rebuild')
      return one.rebuilds.some((rebuild) => rebuild.name === name);
    // #end
    return one.groups.some(({ subscription }) => subscription.group === name);
  });
  return owners.length === 0 ? null : owners.map((owner) => owner.name);
}

async function serve(run: CommandLine, running: RunningSystem): Promise<void> {
  let isReady = true;
  const { services, metrics } = running;
  const server = await startHttpServer(
    { services, metrics, isReady: () => isReady },
    run.port,
  );
  const { port } = server.address() as AddressInfo;
  run.logger.info('ready', {
    port,
    services: services.map(({ service }) => service.name),
  });
  const signal = await new Promise<string>((resolve) => {
    process.once('SIGTERM', resolve);
    process.once('SIGINT', resolve);
  });
  isReady = false;
  run.logger.info('draining', { signal });
  const deadline = setTimeout(() => {
    run.logger.error(
      'the drain took too long: what is unacknowledged will be delivered again',
    );
    process.exit(1);
  }, drainMs);
  await running.stop();
  server.closeAllConnections();
  server.close();
  clearTimeout(deadline);
  run.logger.info('stopped');
}

async function replay(
  run: CommandLine,
  running: RunningSystem,
  group: string,
): Promise<number> {
  const owner = running.services.find(({ definition }) =>
    definition.groups.some(({ subscription }) => subscription.group === group),
  );
  if (owner === undefined) {
    run.print(`no group "${group}" in this system`);
    return 2;
  }
  // #if database
  await owner.service.migrate();
  // #end
  const report = await owner.service.replay(group);
  run.print(
    `${group}: ${report.replayed} replayed, ${report.failed} failed again`,
  );
  return report.failed === 0 ? 0 : 1;
}
// #if rebuilds

async function rebuildOne(
  run: CommandLine,
  running: RunningSystem,
  name: string,
): Promise<number> {
  for (const { definition, service, database, store } of running.services) {
    const found = definition.rebuilds.find(
      (candidate) => candidate.name === name,
    );
    if (found === undefined) continue;
    await service.migrate();
    const events = await found.run(database, running.contracts, store);
    run.print(`${name}: rebuilt from ${events} events`);
    return 0;
  }
  throw new Error(`no projection "${name}" in this system`);
}
// #end
