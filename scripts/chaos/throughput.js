// Throughput of the generated code as a ratio to the bare client doing the same work, in one run:
//   npm run bench:code -- [--broker kafka|rabbitmq] [--messages 3000] [--rounds 5] [--check]
import { loadTypescript } from '../load-typescript.js';

const { module, close } = await loadTypescript(
  'src/testing/throughput/throughput-command.ts',
);
try {
  process.exitCode = await module.throughputCommand(
    process.argv.slice(2),
    (line) => console.log(line),
  );
} finally {
  await close();
}
