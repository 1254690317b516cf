// The process around the command line: its streams, its signals and its exit code.
import { isatty } from 'node:tty';
import { run } from './main.ts';
import type { Terminal } from './terminal.ts';

/** Runs the command line of this process and sets its exit code. */
export async function main(): Promise<void> {
  // A reader such as `head` that closes the pipe early is no error of ours.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  process.exitCode = await run(process.argv.slice(2), processTerminal());
}

function processTerminal(): Terminal {
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    // Asked by descriptor: naming the streams themselves would open them, which costs every start.
    isOutTty: isatty(1),
    isErrTty: isatty(2),
    isInTty: isatty(0),
    env: process.env,
    readInput: async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of process.stdin)
        chunks.push(Buffer.from(chunk as Buffer));
      return Buffer.concat(chunks).toString('utf8');
    },
  };
}
