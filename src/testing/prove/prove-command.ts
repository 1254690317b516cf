// `npm run prove`: the proofs that take long, all of them or those named.
import { parseArgs } from 'node:util';
import { commitSeed } from './commit-seed.ts';
import { proofParts } from './parts.ts';

/** Runs the parts that are named, or all; gives the exit code. */
export async function proveCommand(
  args: readonly string[],
  print: (line: string) => void,
): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { seed: { type: 'string' }, runs: { type: 'string' } },
  });
  const unknown = positionals.filter(
    (name) => !proofParts.some((part) => part.name === name),
  );
  if (unknown.length > 0) {
    print(`no such part: ${unknown.join(', ')}. There are these:`);
    for (const { name, shows } of proofParts) print(`  ${name}: ${shows}`);
    return 2;
  }
  const seed = Number(values.seed ?? commitSeed());
  let failed = 0;
  for (const part of proofParts) {
    if (positionals.length > 0 && !positionals.includes(part.name)) continue;
    print(`${part.name} (seed ${seed}): ${part.shows}`);
    const runs = values.runs === undefined ? null : Number(values.runs);
    const { held, faults } = await part.run({ seed, runs, print });
    for (const fault of faults) print(`not so: ${fault}`);
    print(`${part.name}: ${held} hold, ${faults.length} do not`);
    failed += faults.length;
  }
  return failed === 0 ? 0 : 1;
}
