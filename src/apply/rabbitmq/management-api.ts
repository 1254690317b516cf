// The management HTTP API of RabbitMQ: one call at a time, failures told with what was asked and what was answered.
import { HostError } from '../../core/host.ts';
import { isJsonObject, own } from '../../core/json.ts';
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

/** How often a call is made that the broker answers by 5xx, and the time between: ten seconds in all. */
const mostAttempts = 11;
const betweenAttemptsMs = 1000;

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
      const response = await insisting(ask);
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
      let { status, text } = await call(method, encoded, body);
      // Somebody else made it at the same moment; now that it is there, it can be set.
      if (method === 'PUT' && status === 400 && text.includes('already_exists'))
        ({ status, text } = await call(method, encoded, body));
      // Deleting what is gone already is what was wanted.
      if (method === 'DELETE' && status === 404) return;
      refuse(status, `${method} ${base}${encoded}`, text);
    },
  };
}

/**
 * Asks again where the broker answers 5xx, as it does for a moment after its start, and where it closed an idle connection
 * while the request was on its way. Asked twice, every call of this API comes to the same.
 */
async function insisting(
  ask: () => ReturnType<HttpFetch>,
): Promise<Awaited<ReturnType<HttpFetch>>> {
  for (let attempt = 1; ; attempt += 1) {
    const response = await ask().catch(async (error: unknown) => {
      if (!isClosedConnection(error)) throw error;
      return ask();
    });
    if (response.status < 500 || attempt === mostAttempts) return response;
    await new Promise((resolve) => setTimeout(resolve, betweenAttemptsMs));
  }
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
  throw new HostError(
    `${call} answered ${status}: ${status === 401 ? refusalOf(text) : reasonIn(text)}`,
  );
}

const refusalOf = (text: string): string =>
  /not.{0,20}(?:management|administrator|monitor|policymaker)|authorised|tag/i.test(
    text,
  )
    ? `the user lacks the tag that this needs (${reasonIn(text)})`
    : 'name and password are refused, or the user has no tag that lets it in';

// The broker's reason stands in JSON, and its Erlang terms in HTML.
function reasonIn(text: string): string {
  let reason: unknown = text;
  try {
    const value = JSON.parse(text) as unknown;
    if (isJsonObject(value)) reason = own(value, 'reason') ?? text;
  } catch {
    // A proxy in between may answer anything.
  }
  return String(reason)
    .slice(0, 500)
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}

const base64 = (text: string): string =>
  btoa(
    Array.from(new TextEncoder().encode(text), (byte) =>
      String.fromCodePoint(byte),
    ).join(''),
  );

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
