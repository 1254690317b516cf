// How soon the engine compiles what runs often. That costs a processor as much as it saves in a run of two seconds that
// does a thousand different things.
import { setFlagsFromString } from 'node:v8';

/**
 * The flag of each major version of V8 that was measured, Node 20 and 24. One that does not know a flag complains on the
 * error stream, so that others are left alone.
 */
const flags: Readonly<Record<string, string>> = {
  '11': '--interrupt-budget=1500000',
  '13': '--invocation-count-for-turbofan=30000',
};

/** Has only what runs very often compiled by the optimizing compiler, in this thread and in those that start later. */
export function compileLate(): void {
  const [major = ''] = process.versions.v8.split('.');
  const flag = flags[major];
  if (flag !== undefined) setFlagsFromString(flag);
}
