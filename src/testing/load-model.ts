// Specs to models, for tests. Reads the fixtures of this repository.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Broker } from '../brokers/broker.ts';
import { brokers } from '../brokers/index.ts';
import type { Diagnostic } from '../core/diagnostic.ts';
import type { Model } from '../model/model.ts';
import { checkSpec, type CheckedSpec } from '../pipeline/check-spec.ts';
import { nodeHost } from '../host/node-host.ts';
import { memoryHost } from './memory-host.ts';

/** Gives the path of a file under `fixtures/`. */
export function fixturePath(...segments: readonly string[]): string {
  return fileURLToPath(
    new URL(`../../fixtures/${segments.join('/')}`, import.meta.url),
  );
}

/** Reads a file under `fixtures/`. */
export function readFixture(...segments: readonly string[]): string {
  return readFileSync(fixturePath(...segments), 'utf8');
}

/** Finds a registered broker. Throws when there is none of that name. */
export function brokerNamed(name: string): Broker {
  const broker = brokers.find((candidate) => candidate.name === name);
  if (broker === undefined) throw new Error(`no broker "${name}"`);
  return broker;
}

/** Checks a spec given as text. */
export function checkText(text: string, broker?: string): CheckedSpec {
  return checkSpec(memoryHost({}), {
    file: 'spec.yaml',
    text,
    ...(broker !== undefined && { broker: brokerNamed(broker) }),
  });
}

/** Loads `fixtures/specs/<name>.yaml`, for its own broker or another. Throws when it does not resolve. */
export function loadModel(name: string, broker?: string): Model {
  const checked = checkSpec(nodeHost(), {
    file: fixturePath('specs', `${name}.yaml`),
    ...(broker !== undefined && { broker: brokerNamed(broker) }),
  });
  return modelOf(checked);
}

/** Gives the model of a spec without errors. Throws with its diagnostics otherwise. */
export function modelOf(checked: CheckedSpec): Model {
  const errors = checked.diagnostics.filter(
    ({ severity }) => severity === 'error',
  );
  if (checked.model === null || errors.length > 0)
    throw new Error(errors.map(told).join('\n') || 'no model');
  return checked.model;
}

/**
 * Gives the model of a spec that is right, though a review of its design may find faults.
 * Throws with the diagnostics of a spec that is wrong.
 */
export function anyModelOf(checked: CheckedSpec): Model {
  return modelOf({
    ...checked,
    diagnostics: checked.diagnostics.filter(
      ({ code }) => !code.startsWith('rule/'),
    ),
  });
}

const told = ({ code, pointer, message }: Diagnostic): string =>
  `${code} ${pointer} ${message}`;
