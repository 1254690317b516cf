// The management HTTP API of RabbitMQ: one call at a time, failures told with what was asked and what was answered.
import { HostError } from '../../core/host.ts';
import { isJsonObject } from '../../core/json.ts';
import type { HttpFetch } from '../../core/http.ts';
import type { JsonObject, JsonValue } from '../../core/json.ts';
import { withTrustHint } from '../trust-hint.ts';

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** One virtual host behind one management address. */
export interface ManagementApi {
  /** Reads a list; a virtual host that does not exist yet gives an empty one. Throws: `HostError`. */
  readonly list: (path: string) => Promise<readonly JsonValue[]>;
  /** Reads one object. Throws: `HostError`, also when it is not there. */
  readonly get: (path: string) => Promise<JsonObject>;
  /** Writes; `path` begins after `/api/`, its segments are encoded here. Throws: `HostError`. */
  readonly send: (
    method: 'PUT' | 'POST' | 'DELETE',
    path: readonly string[],
    body?: JsonValue,
  ) => Promise<void>;
}

/** Longest wait for one answer, ms: making a queue on a cluster waits for its members. */
const patienceMs = 60_000;

/** Opens the API at an address such as `http://localhost:15672`. Connects when it is first called. */
export function openManagementApi(
  url: string,
  credentials: Credentials,
  send: HttpFetch = fetch,
): ManagementApi {
  const base = `${url.replace(/\/+$/, '')}/api/`;
  const call = async (
    method: string,
    path: string,
    body?: JsonValue,
  ): Promise<{ readonly status: number; readonly text: string }> => {
    const ask = async (): ReturnType<HttpFetch> =>
      send(base + path, {
        method,
        headers: {
          authorization: `Basic ${base64(`${credentials.username}:${credentials.password}`)}`,
          'content-type': 'application/json',
        },
        signal: AbortSignal.timeout(patienceMs),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    try {
      // The broker closes a connection that was idle for a while, and a request may be on its way just then. Asked twice,
      // every call of this API comes to the same.
      const response = await ask().catch(async (error: unknown) => {
        if (!isClosedConnection(error)) throw error;
        return ask();
      });
      return { status: response.status, text: await response.text() };
    } catch (error) {
      throw new HostError(
        `cannot reach ${base}${path}: ${withTrustHint(reason(error))}`,
        {
          cause: error,
        },
      );
    }
  };
  return {
    list: async (path) => {
      const { status, text } = await call('GET', path);
      if (status === 404) return [];
      refuse(status, `GET ${base}${path}`, text);
      const value = parsed(text, `GET ${base}${path}`);
      return Array.isArray(value) ? value : [];
    },
    get: async (path) => {
      const { status, text } = await call('GET', path);
      refuse(status, `GET ${base}${path}`, text);
      const value = parsed(text, `GET ${base}${path}`);
      return isJsonObject(value) ? value : {};
    },
    send: async (method, path, body) => {
      const encoded = path.map(encodeURIComponent).join('/');
      const { status, text } = await call(method, encoded, body);
      // Deleting what is gone already is what was wanted.
      if (method === 'DELETE' && status === 404) return;
      refuse(status, `${method} ${base}${encoded}`, text);
    },
  };
}

// Behind a wrong address may be any web server.
function parsed(text: string, call: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch (error) {
    throw new HostError(
      `${call} answered no JSON: is this the address of the management API (port 15672 as a rule)?`,
      { cause: error },
    );
  }
}

function refuse(status: number, call: string, text: string): void {
  if (status >= 200 && status < 300) return;
  const remedy =
    status === 401
      ? ': name and password are refused, or the user lacks the tag "administrator"'
      : `: ${text.slice(0, 500)}`;
  throw new HostError(`${call} answered ${status}${remedy}`);
}

const base64 = (text: string): string =>
  btoa(String.fromCodePoint(...new TextEncoder().encode(text)));

// `fetch` hides what went wrong in the cause of its error.
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error && error.cause.message !== ''
    ? error.cause.message
    : error.message;
}

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error
    ? error.code
    : null;

const isClosedConnection = (error: unknown): boolean => {
  const cause = error instanceof Error ? error.cause : null;
  return [codeOf(cause), codeOf(error)].some(
    (code) => code === 'UND_ERR_SOCKET' || code === 'ECONNRESET',
  );
};
