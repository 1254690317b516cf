// The work of `schema`: the schemas of the package, each as one document.
import { join } from 'node:path';
import { brokers } from '../../../brokers/index.ts';
import { HostError } from '../../../core/host.ts';
import type { JsonObject } from '../../../core/json.ts';
import { assetPath } from '../../../host/assets.ts';
import { nodeHost } from '../../../host/node-host.ts';
import { bundleSchema } from '../../../schema/bundle-schema.ts';
import { unknownChoice } from '../../spec-input.ts';

/** Reads the schema of `spec`, `config` or a broker. Throws: `HostError` for another word. */
export function schemaOf(of: string): JsonObject {
  const names = brokers.map(({ name }) => name);
  if (of === 'spec') return specSchema();
  if (of === 'config') return readSchema('event-arch.config.schema.json');
  if (!names.includes(of))
    throw new HostError(
      unknownChoice('schema', of, ['spec', 'config', ...names]),
    );
  return readSchema(`brokers/${of}.schema.json`);
}

/** Reads the schema of specs, with the options of every broker in it. Throws: `HostError`. */
export function specSchema(): JsonObject {
  const parts = brokers.map(({ name }) => `brokers/${name}.schema.json`);
  return bundleSchema(
    readSchema('event-arch.schema.json'),
    new Map(parts.map((ref) => [ref, readSchema(ref)])),
  );
}

const readSchema = (path: string): JsonObject =>
  JSON.parse(
    nodeHost().readText(join(assetPath('schemas'), path)),
  ) as JsonObject;
