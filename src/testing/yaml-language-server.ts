// The YAML language server as editors run it: one process, spoken to over standard input and output.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export interface EditorDiagnostic {
  readonly message: string;
  readonly range: {
    readonly start: EditorPosition;
    readonly end: EditorPosition;
  };
}

/** Counted from 0, as the Language Server Protocol does. */
export interface EditorPosition {
  readonly line: number;
  readonly character: number;
}

export interface Editor {
  /** Opens a text under a path; gives its diagnostics. */
  readonly open: (
    path: string,
    text: string,
  ) => Promise<readonly EditorDiagnostic[]>;
  /** Lists the labels that completion offers. */
  readonly complete: (
    path: string,
    at: EditorPosition,
  ) => Promise<readonly string[]>;
  /** Gives what hovering shows, as text. */
  readonly hover: (path: string, at: EditorPosition) => Promise<string>;
  readonly close: () => Promise<void>;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
}

const server = join(
  dirname(
    createRequire(import.meta.url).resolve('yaml-language-server/package.json'),
  ),
  'bin/yaml-language-server',
);

const uriOf = (path: string): string => `file://${path}`;

/** Starts the server with validation, completion and hover; nothing is fetched from the network. */
export async function startEditor(): Promise<Editor> {
  const child = spawn(process.execPath, [server, '--stdio']);
  const answers = new Map<number, (result: unknown) => void>();
  const published = new Map<
    string,
    (found: readonly EditorDiagnostic[]) => void
  >();
  let lastId = 0;
  const send = (message: object): void => {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message });
    child.stdin.write(
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
  };
  const request = (method: string, params: object): Promise<unknown> => {
    lastId += 1;
    const id = lastId;
    return new Promise((done) => {
      answers.set(id, done);
      send({ id, method, params });
    });
  };
  const receive = (message: Message): void => {
    const { id, method, params } = message;
    if (method === undefined && id !== undefined)
      answers.get(id)?.(message.result);
    else if (method === 'textDocument/publishDiagnostics') {
      const { uri, diagnostics } = params as {
        uri: string;
        diagnostics: readonly EditorDiagnostic[];
      };
      published.get(uri)?.(diagnostics);
    } else if (id !== undefined) send({ id, result: answerOf(method, params) });
  };
  let buffer = Buffer.alloc(0);
  child.stdout.on('data', (chunk: Buffer) => {
    buffer = Buffer.concat([buffer, chunk]);
    for (;;) {
      const head = buffer.indexOf('\r\n\r\n');
      if (head === -1) return;
      const length = Number(
        /Content-Length: (\d+)/i.exec(buffer.subarray(0, head).toString())?.[1],
      );
      if (buffer.length < head + 4 + length) return;
      const body = buffer
        .subarray(head + 4, head + 4 + length)
        .toString('utf8');
      buffer = buffer.subarray(head + 4 + length);
      receive(JSON.parse(body) as Message);
    }
  });
  await request('initialize', {
    processId: process.pid,
    rootUri: null,
    capabilities: {
      workspace: { configuration: true },
      textDocument: {
        publishDiagnostics: {},
        hover: { contentFormat: ['plaintext'] },
        completion: {},
      },
    },
  });
  send({ method: 'initialized', params: {} });
  return {
    open: (path, text) =>
      new Promise((done) => {
        published.set(uriOf(path), done);
        send({
          method: 'textDocument/didOpen',
          params: {
            textDocument: {
              uri: uriOf(path),
              languageId: 'yaml',
              version: 1,
              text,
            },
          },
        });
      }),
    complete: async (path, position) => {
      const result = (await request('textDocument/completion', {
        textDocument: { uri: uriOf(path) },
        position,
      })) as { items: readonly { label: string }[] };
      return result.items.map(({ label }) => label);
    },
    hover: async (path, position) => {
      const result = await request('textDocument/hover', {
        textDocument: { uri: uriOf(path) },
        position,
      });
      return JSON.stringify(result);
    },
    close: async () => {
      const ended = new Promise((done) => child.on('close', done));
      await request('shutdown', {});
      send({ method: 'exit' });
      child.stdin.end();
      await ended;
    },
  };
}

/** What the server asks of its editor: settings of each section, and things that an editor only acknowledges. */
function answerOf(method: string | undefined, params: unknown): unknown {
  if (method !== 'workspace/configuration') return null;
  const { items } = params as { items: readonly { section: string }[] };
  return items.map(({ section }) =>
    section === 'yaml'
      ? {
          validate: true,
          completion: true,
          hover: true,
          schemaStore: { enable: false },
          disableDefaultProperties: true,
        }
      : {},
  );
}
