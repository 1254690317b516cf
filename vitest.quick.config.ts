import { configDefaults, defineConfig } from 'vitest/config';

// What is known of one small spec: ranks, diagnostics, rules, changes, and the files that each target makes of it. Left out
// is what draws many specs by chance, starts a process or a browser, installs, compiles, or measures time.
export default defineConfig({
  test: {
    include: [
      'src/*.test.ts',
      'src/{brokers,core,model,policy,resolve,rules,schema}/**/*.test.ts',
      'src/cli/{help,scenarios,told-diagnostics}.test.ts',
      'src/targets/{document,event-schemas,kafka,monitoring,rabbitmq}/**/*.test.ts',
    ],
    exclude: [
      ...configDefaults.exclude,
      '**/*.live.test.ts',
      'src/readme.test.ts',
      'src/rules/review-design.test.ts',
      'src/schema/published-schema.test.ts',
    ],
    environment: 'node',
    setupFiles: ['src/testing/fixed-seed.ts'],
    maxWorkers: 2,
    // The files share what they import: none of them changes it.
    isolate: false,
    testTimeout: 120_000,
  },
});
