// The schema files that payloads refer to, read once each, and through each other.
import { HostError, type Host } from '../core/host.ts';
import { isJsonObject, own, type JsonObject } from '../core/json.ts';
import { refsOf } from '../model/schema-walk.ts';
import { fileKey } from '../resolve/inline-schema.ts';
import type { SchemaFile } from '../resolve/scope.ts';
import { readSource } from '../syntax/read-source.ts';

/** Reads every file that a `$ref` in an authored schema names, relative to the root spec; problems are values, told where the reference stands. */
export function readSchemaFiles(
  host: Host,
  file: string,
  value: JsonObject,
): ReadonlyMap<string, SchemaFile> {
  const found = new Map<string, SchemaFile>();
  const read = (
    schema: JsonObject,
    from: { readonly key: string | null; readonly file: string },
  ): void => {
    for (const ref of refsOf(schema)) {
      const path = ref.split('#', 1)[0] ?? '';
      const key = fileKey(from.key, path);
      if (path === '' || found.has(key)) continue;
      const target = host.resolvePath(from.file, path);
      const content = readOne(host, path, target);
      found.set(key, content);
      if ('value' in content && isJsonObject(content.value))
        read(content.value, { key, file: target });
    }
  };
  for (const schema of authoredSchemas(value))
    read(schema, { key: null, file });
  return found;
}

function readOne(host: Host, path: string, target: string): SchemaFile {
  if (/^[a-z]+:\/\//i.test(path))
    return {
      problem:
        'is on a network, and nothing is fetched while a spec is checked',
      advice: 'Save the schema beside the spec, and refer to the file.',
    };
  try {
    const { value, diagnostics } = readSource(path, host.readText(target));
    return value === null
      ? {
          problem: `cannot be read: ${diagnostics[0]?.message ?? 'it is not a mapping'}`,
          advice:
            'Correct the file: it has to hold one JSON Schema, as JSON or YAML.',
        }
      : { value: value.value };
  } catch (error) {
    if (error instanceof HostError) {
      const reason = error.message.replace(/^cannot read ".*?": /, '');
      return {
        problem: `cannot be read: ${reason}`,
        advice: 'Write the path relative to the file that refers to it.',
      };
    }
    throw error;
  }
}

function authoredSchemas(value: JsonObject): readonly JsonObject[] {
  const members = (section: string): readonly JsonObject[] => {
    const entries = own(value, section);
    return isJsonObject(entries)
      ? Object.values(entries).filter(isJsonObject)
      : [];
  };
  const events = members('events');
  const versions = events.flatMap((event) => {
    const older = own(event, 'versions');
    return isJsonObject(older) ? Object.values(older).filter(isJsonObject) : [];
  });
  return [...events, ...versions, ...members('types')]
    .map((owner) => own(owner, 'schema'))
    .filter((schema) => isJsonObject(schema));
}
