// How the engine compiles and collects in a run of two seconds that does a thousand different things once.
import { setFlagsFromString } from 'node:v8';

/** The collector's nurseries begin with a half of 1 MiB: what lives on is copied again and again until they have grown. */
const nursery = [
  // This thread's grows to its full size the first time.
  '--semi-space-growth-factor=16',
  // That of a thread which starts later has its full size at once, MiB.
  '--min-semi-space-size=32',
];

/**
 * The flags for each major version of V8 that was measured, Node 20 and 24. Only what runs very often is compiled by an
 * optimizing compiler, which costs a processor as much as it saves here. A version that does not know a flag complains on
 * the error stream, so that others are left alone.
 */
const flags: Readonly<Record<string, readonly string[]>> = {
  '11': [...nursery, '--interrupt-budget=1500000'],
  '13': [...nursery, '--no-maglev', '--invocation-count-for-turbofan=30000'],
};

/** Sets the engine of this thread, and of those that start later, for a large run. */
export function setEngineForLargeRun(): void {
  const [major = ''] = process.versions.v8.split('.');
  for (const flag of flags[major] ?? []) setFlagsFromString(flag);
}
