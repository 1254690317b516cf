// The proofs that take long, see src/testing/prove/: all of them, or those that are named.
//   npm run prove -- [compile] [--seed 1] [--runs 300]
// The seed comes from the commit unless it is given; the tests take a sample with the same seed.
import { loadTypescript } from './load-typescript.js';

const { module, close } = await loadTypescript(
  'src/testing/prove/prove-command.ts',
);
try {
  process.exitCode = await module.proveCommand(process.argv.slice(2), (line) =>
    console.log(line),
  );
} finally {
  await close();
}
