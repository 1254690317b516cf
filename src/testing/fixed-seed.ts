// Property tests try the same values on every machine. EVENT_ARCH_SEED takes another seed, `random` a new one each time.
import * as fc from 'fast-check';

const given = process.env['EVENT_ARCH_SEED'] ?? '20260601';
if (given !== 'random') fc.configureGlobal({ seed: Number(given) });
