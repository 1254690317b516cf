// A Node newer than the oldest one that is supported, for what needs it.
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Gives the newer Node's program: this one where it is new enough. Throws, with the remedy, where there is none. */
export function newerNode(): string {
  const [major = 0] = process.versions.node.split('.').map(Number);
  if (major >= 24) return process.execPath;
  const cache =
    process.env['EVENT_ARCH_CACHE'] ?? join(homedir(), '.cache', 'event-arch');
  const installed = join(cache, 'node24', 'bin', 'node');
  if (!existsSync(installed))
    throw new Error(
      `Node 24 is not at ${installed}: run ".ci/install-brokers" to get it`,
    );
  return installed;
}
