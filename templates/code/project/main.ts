// Starts the system: `npm start` for all of it in this process, `npm start -- --service NAME` for one service.
// `replay GROUP` retries dead letters.
// #if rebuilds
// `rebuild PROJECTION` folds a read model anew.
// #end
import { parseArgs } from 'node:util';
import { brokers } from './generated/brokers.js';
import { system } from './generated/system.js';
import { createLogger } from './runtime/operations/logger.js';
import { runCommandLine } from './runtime/service/command-line.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    service: { type: 'string', multiple: true },
    port: { type: 'string' },
  },
});

process.exitCode = await runCommandLine({
  system,
  brokers,
  words: positionals,
  only: values.service ?? null,
  port: Number(values.port ?? process.env['PORT'] ?? 8080),
  environment: process.env,
  logger: createLogger((line) => process.stderr.write(`${line}\n`)),
  print: (line) => process.stdout.write(`${line}\n`),
});

// A process that failed may still hold connections, which would keep it alive.
if (process.exitCode !== 0) setTimeout(() => process.exit(), 1000).unref();
