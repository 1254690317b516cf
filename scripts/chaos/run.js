// The fault run on real servers, see docs/faults.md:
//   npm run chaos -- [--broker kafka|rabbitmq] [--orders 5000] [--seed 1] [--without outbox|inbox|confirms|order] [--prove]
import { loadTypescript } from '../load-typescript.js';

const { module, close } = await loadTypescript(
  'src/testing/chaos/chaos-command.ts',
);
try {
  process.exitCode = await module.chaosCommand(process.argv.slice(2), (line) =>
    console.log(line),
  );
} finally {
  await close();
}
