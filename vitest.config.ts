import { configDefaults, defineConfig } from 'vitest/config';

// Tests named *.live.test.ts start real servers or install packages; `npm run test:live` runs them.
const isLive = process.env.EVENT_ARCH_LIVE === '1';

export default defineConfig({
  test: {
    include: isLive
      ? ['src/**/*.live.test.ts']
      : ['src/**/*.test.ts', 'scripts/**/*.test.ts'],
    exclude: isLive
      ? configDefaults.exclude
      : [...configDefaults.exclude, '**/*.live.test.ts'],
    environment: 'node',
    setupFiles: ['src/testing/fixed-seed.ts'],
    maxWorkers: 2,
    // In CI a test on servers has a second try; the report names those that needed it.
    retry: isLive && process.env.CI !== undefined ? 1 : 0,
    // Servers on a machine that others load too: a test that hangs is still told.
    testTimeout: isLive ? 300_000 : 120_000,
    hookTimeout: isLive ? 300_000 : 180_000,
  },
});
