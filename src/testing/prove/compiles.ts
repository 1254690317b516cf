// Proof: the projects of random valid specs compile, each by its own compiler settings.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import type { JsonObject } from '../../core/json.ts';
import { code } from '../../targets/code/emit.ts';
import { planCode } from '../generated-project.ts';
import { anyModelOf, checkText } from '../load-model.ts';
import type { BrokerName } from '../random-draft.ts';
import { randomSpec } from '../random-spec.ts';
import { typeChecker, type TypeChecker } from '../type-checker.ts';
import type { Proof, ProofPart } from './part.ts';

const brokers = ['kafka', 'rabbitmq'] as const;

export const compiles: ProofPart = {
  name: 'compile',
  shows: 'the generated projects of random specs compile',
  run: ({ seed, runs, print }) => {
    const check = typeChecker();
    const proofs = brokers.map((broker) =>
      proveFor(broker, { seed, runs: runs ?? 300, print, check }),
    );
    return Promise.resolve({
      held: proofs.reduce((sum, { held }) => sum + held, 0),
      faults: proofs.flatMap(({ faults }) => faults),
    });
  },
};

interface Setting {
  readonly seed: number;
  readonly runs: number;
  readonly print: (line: string) => void;
  readonly check: TypeChecker;
}

/** Specs for which no code is generated are drawn anew, so that as many projects are compiled as were asked for. */
function proveFor(
  broker: BrokerName,
  { seed, runs, print, check }: Setting,
): Proof {
  const faults: string[] = [];
  let held = 0;
  const specs = fc.sample(randomSpec(broker), { numRuns: 2 * runs, seed });
  for (const spec of specs) {
    const said = saidOf(spec, broker, check);
    if (said === null) continue;
    if (said.length === 0) held += 1;
    else faults.push(told(spec, broker, said));
    if ((held + faults.length) % 50 === 0)
      print(`${broker}: ${held} compiled, ${faults.length} did not`);
    if (held + faults.length === runs) break;
  }
  return { held, faults };
}

/** What the compiler says of a spec's project; null when none is generated. */
function saidOf(
  spec: JsonObject,
  broker: BrokerName,
  check: TypeChecker,
): readonly string[] | null {
  try {
    const model = anyModelOf(checkText(JSON.stringify(spec), broker));
    return code.refuses?.(model) === null ? check(planCode(model)) : null;
  } catch (error) {
    return [
      error instanceof Error ? (error.stack ?? error.message) : String(error),
    ];
  }
}

/** Keeps the spec, so that its project can be looked at. */
function told(
  spec: JsonObject,
  broker: BrokerName,
  said: readonly string[],
): string {
  const path = join(
    mkdtempSync(join(tmpdir(), 'event-arch-prove-')),
    'spec.yaml',
  );
  writeFileSync(path, `${JSON.stringify(spec, null, 2)}\n`);
  return [`${broker}: ${path}`, ...said].join('\n  ');
}
