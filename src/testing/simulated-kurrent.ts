// Starts the simulated KurrentDB beside a test, and makes the shop a system that uses it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Model } from '../model/model.ts';
import { checkText, modelOf, readFixture } from './load-model.ts';

export interface SimulatedKurrent {
  readonly url: string;
  readonly close: () => void;
}

const program = fileURLToPath(
  new URL('simulated-kurrent-server.js', import.meta.url),
);

/** Starts the server; `folder` is a project whose packages hold the client. */
export async function startSimulatedKurrent(
  folder: string,
): Promise<SimulatedKurrent> {
  const child = spawn(process.execPath, [program, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [printed] = (await once(child.stdout, 'data')) as [Buffer];
  const port = printed.toString('utf8').trim();
  return {
    url: `kurrentdb://127.0.0.1:${port}?tls=false`,
    close: () => child.kill(),
  };
}

/** The shop with the events of its aggregates in KurrentDB. */
export function kurrentShop(): Model {
  const text = readFixture('specs', 'shop.yaml');
  const changed = text.replace('kind: postgresql }', 'kind: kurrentdb }');
  if (changed === text) throw new Error('the shop has another event store');
  return modelOf(checkText(changed));
}
