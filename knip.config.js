// Dead code. The packages of lab/ are used by files outside it, and programs that scripts call come from there:
// scripts/manifests.test.ts holds both against what is used.
import { readFileSync } from 'node:fs';

const lab = JSON.parse(
  readFileSync(new URL('lab/package.json', import.meta.url), 'utf8'),
);

export default {
  workspaces: {
    '.': {
      entry: [
        'src/cli/entry.ts',
        'src/cli/plan-worker.ts',
        'src/plugin/plugin.ts',
        'scripts/*.js',
        'scripts/chaos/*.js',
        'src/testing/chaos/chaos-command.ts',
        'src/testing/prove/prove-command.ts',
        'src/testing/throughput/throughput-command.ts',
        'src/**/*.test.ts',
      ],
      project: ['src/**/*.ts', 'scripts/**/*.js'],
      vitest: { config: ['vitest.config.ts'] },
    },
  },
  ignoreWorkspaces: ['lab'],
  ignoreExportsUsedInFile: true,
  // Templates call these by name.
  ignoreIssues: { 'src/render/escape-*.ts': ['exports'] },
  rules: { types: 'off' },
  ignoreDependencies: Object.keys(lab.dependencies),
  ignoreBinaries: [
    'kcat',
    'knip',
    'mkfifo',
    'openssl',
    'oxlint',
    'prettier',
    'promtool',
    'publint',
    'script',
    'tsc',
    'vitest',
  ],
};
