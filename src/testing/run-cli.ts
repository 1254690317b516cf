// Commands run inside the test, with a terminal that keeps what they print.
import { run } from '../cli/main.ts';
import type { Terminal } from '../cli/terminal.ts';

export interface CliResult {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command without a terminal; `input` is its standard input. */
export async function runCli(
  argv: readonly string[],
  facts: Partial<Terminal> & { readonly input?: string } = {},
): Promise<CliResult> {
  let out = '';
  let err = '';
  const { input = '', ...rest } = facts;
  const code = await run(argv, {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    isOutTty: false,
    isErrTty: false,
    isInTty: false,
    env: {},
    readInput: () => Promise.resolve(input),
    ...rest,
  });
  return { code, out, err };
}
