// Checks payloads against the published JSON Schemas and brings old versions up to date.
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { InvalidMessageError } from '../consume/errors.js';
import type {
  HeaderMakers,
  HeadersSchema,
  MessageContract,
  PayloadVersion,
  Upcasters,
} from './contract.js';
import type { MessageHeaders } from './envelope.js';
import { ownValue } from './own-value.js';

interface CompiledVersion {
  readonly version: PayloadVersion;
  readonly validate: ValidateFunction;
}

interface CompiledContract {
  readonly contract: MessageContract;
  readonly versions: readonly CompiledVersion[];
  readonly headers: readonly CompiledHeader[];
  readonly validateHeaders: ValidateFunction;
}

/** One header that a contract names. */
interface CompiledHeader {
  readonly name: string;
  readonly accepts: ValidateFunction;
  readonly isRequired: boolean;
}

/** Every contract of the system, compiled once. */
export class Contracts {
  private readonly upcasters: Upcasters;
  private readonly makers: HeaderMakers;

  private readonly compiled: ReadonlyMap<string, CompiledContract>;

  constructor(
    contracts: readonly MessageContract[],
    upcasters: Upcasters,
    makers: HeaderMakers = {},
  ) {
    this.upcasters = upcasters;
    this.makers = makers;
    // Only what a payload has itself: every object inherits a `constructor`, which a field may be called, too.
    const ajv = new Ajv2020({
      strict: false,
      ownProperties: true,
      allErrors: true,
    });
    formats.default(ajv);
    this.compiled = new Map(
      contracts.map((contract) => [contract.type, compile(ajv, contract)]),
    );
  }

  /** Returns the contract of a type. Throws `InvalidMessageError` when the system has none. */
  contractOf(type: string): MessageContract {
    return this.find(type).contract;
  }

  /** Makes the headers of a message that was published without any. */
  makeHeaders(type: string, data: unknown): object {
    return ownValue(this.makers, type)?.(data) ?? {};
  }

  /** Checks a payload and its headers against the newest version. Throws `InvalidMessageError`. */
  checkOutgoing(type: string, data: unknown, headers: unknown): PayloadVersion {
    const found = this.find(type);
    const newest = found.versions[found.versions.length - 1];
    if (newest === undefined)
      throw new InvalidMessageError(`"${type}" has no version`);
    assertValid(newest.validate, data, `payload of "${type}"`);
    assertValid(found.validateHeaders, headers, `headers of "${type}"`);
    return newest.version;
  }

  /** Reads the headers that the contract names, in its types. Throws `InvalidMessageError`. */
  readHeaders(type: string, headers: MessageHeaders): object {
    const found = this.find(type);
    const read = Object.fromEntries(
      found.headers.flatMap((header) => {
        const value = headerValue(header, ownValue(headers, header.name));
        return value === undefined ? [] : [[header.name, value] as const];
      }),
    );
    assertValid(found.validateHeaders, read, `headers of "${type}"`);
    return read;
  }

  /** Checks a payload against the version it names, then upcasts it to the newest. Throws `InvalidMessageError`. */
  readIncoming(
    type: string,
    dataschema: string,
    data: unknown,
  ): { dataschema: string; data: unknown } {
    const { versions } = this.find(type);
    const from = versions.findIndex(
      (candidate) => candidate.version.dataschema === dataschema,
    );
    const start = versions[from];
    if (start === undefined)
      throw new InvalidMessageError(`"${type}" has no schema "${dataschema}"`);
    assertValid(
      start.validate,
      data,
      `payload of "${type}" version ${start.version.version}`,
    );
    return versions.slice(from + 1).reduce(
      (read, next, index) => ({
        dataschema: next.version.dataschema,
        data: this.upcast(type, versions[from + index], read.data),
      }),
      { dataschema, data },
    );
  }

  private upcast(
    type: string,
    from: CompiledVersion | undefined,
    data: unknown,
  ): unknown {
    const version = from?.version.version ?? 0;
    const upcaster = ownValue(this.upcasters, type)?.[version];
    if (upcaster === undefined)
      throw new InvalidMessageError(
        `"${type}" has no upcaster from ${version}`,
      );
    return upcaster(data);
  }

  private find(type: string): CompiledContract {
    const found = this.compiled.get(type);
    if (found === undefined)
      throw new InvalidMessageError(`unknown message type "${type}"`);
    return found;
  }
}

function compile(ajv: Ajv2020, contract: MessageContract): CompiledContract {
  return {
    contract,
    versions: contract.versions.map((version) => ({
      version,
      validate: ajv.compile(version.schema),
    })),
    headers: headersOf(ajv, contract.headers),
    validateHeaders: ajv.compile(contract.headers),
  };
}

function headersOf(
  ajv: Ajv2020,
  schema: HeadersSchema,
): readonly CompiledHeader[] {
  const { $defs = {} } = schema;
  const parts = partsOf(schema, schema);
  const required = new Set(parts.flatMap((part) => part.required ?? []));
  const properties = parts.flatMap((part) =>
    Object.entries(part.properties ?? {}),
  );
  return properties.map(([name, property]) => ({
    name,
    accepts: ajv.compile({ $defs, allOf: [property] }),
    isRequired: required.has(name),
  }));
}

/** A schema, what it refers to, and what it is put together from. */
function partsOf(
  schema: HeadersSchema,
  root: HeadersSchema,
): readonly HeadersSchema[] {
  const name = /^#\/\$defs\/([^/]+)$/.exec(schema.$ref ?? '')?.[1];
  const target = name === undefined ? undefined : root.$defs?.[unescaped(name)];
  const parts = [target, ...(schema.allOf ?? [])].filter(
    (part) => part !== undefined,
  );
  return [schema, ...parts.flatMap((part) => partsOf(part, root))];
}

/** Reads a name in a reference: a JSON Pointer in a URI. */
function unescaped(name: string): string {
  return decodeURIComponent(name).replaceAll('~1', '/').replaceAll('~0', '~');
}

/** Brokers carry texts: a header that takes no such text is JSON. One without a value was null, where it may be. */
function headerValue(
  { accepts, isRequired }: CompiledHeader,
  text: string | undefined,
): unknown {
  if (text === undefined) return isRequired && accepts(null) ? null : undefined;
  if (accepts(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    // Left for the contract to refuse.
    return text;
  }
}

function assertValid(
  validate: ValidateFunction,
  value: unknown,
  what: string,
): void {
  if (validate(value)) return;
  const errors = (validate.errors ?? []).map(
    (error) => `${error.instancePath || '/'} ${error.message ?? ''}`,
  );
  throw new InvalidMessageError(`${what} is invalid: ${errors.join('; ')}`);
}
