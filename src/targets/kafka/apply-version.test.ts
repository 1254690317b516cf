// What apply.sh does with what a cluster tells of itself, in the words of kafka-features.sh of several versions.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { checkText, modelOf } from '../../testing/load-model.ts';
import { writeKafkaFolder } from '../../testing/write-kafka-folder.ts';

const folders: string[] = [];
const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'event-arch-apply-version-'));
  folders.push(folder);
  return folder;
};
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

// Columns, as 4.3 writes them.
const line = (name: string, max: string, finalized: string): string =>
  [
    `Feature: ${name.padEnd(40)}`,
    `SupportedMinVersion: ${'0'.padEnd(15)}`,
    `SupportedMaxVersion: ${max.padEnd(15)}`,
    `FinalizedVersionLevel: ${finalized.padEnd(15)}`,
    'Epoch: 7\n',
  ].join('  ');
// Tabs, as 3.9 does.
const tabbed = (text: string): string =>
  text.replaceAll(/ +(?=[A-Z]\w+:)/g, '\t');
const metadata = (max: string, finalized = max): string =>
  line('metadata.version', max, finalized);

interface Applied {
  readonly code: number | null;
  readonly told: string;
  /** Tools that were called after the one that tells the features. */
  readonly called: string;
}

/** Runs apply.sh of a design with tools that answer these features and note what else they are called for. */
function applied(
  features: string,
  { version = '4.3', options = '{}', ended = 0 } = {},
): Applied {
  const root = newFolder();
  const model = modelOf(
    checkText(`eventArch: 1
name: Shop
broker: { kind: kafka, version: "${version}", options: ${options} }
environments: { dev: { replication: 1 } }
events:
  order.created: { key: orderId, payload: { orderId: uuid } }
publishers: { orders: [order.created] }
consumers: { stock: [order.created] }
`),
  );
  const folder = writeKafkaFolder(model, root);
  const bin = newFolder();
  writeFileSync(join(bin, 'features'), features);
  const tool = (name: string, text: string): void =>
    writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  tool(
    'kafka-features.sh',
    `cat '${bin}/features'; [ ${ended} = 0 ] || echo 'no such broker' >&2; exit ${ended}`,
  );
  for (const name of ['kafka-topics.sh', 'kafka-configs.sh', 'kafka-acls.sh'])
    tool(name, `echo ${name} >>'${bin}/called'; exit 1`);
  const result = spawnSync(
    'sh',
    [
      join(folder, 'scripts', 'apply.sh'),
      join(folder, 'environments', 'dev.env'),
    ],
    {
      encoding: 'utf8',
      env: {
        PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}`,
        BOOTSTRAP_SERVERS: 'localhost:9',
      },
    },
  );
  const called = spawnSync('cat', [join(bin, 'called')], { encoding: 'utf8' });
  return {
    code: result.status,
    told: result.stderr
      .split('\n')
      .filter((text) => /warning|needs the features|Nothing was/.test(text))
      .map((text) => text.replace(/^.*apply\.sh: /, ''))
      .join('\n'),
    called: called.stdout,
  };
}

const isFor = (version: string, found: string): string =>
  `warning: the design is for Kafka ${version}, and this is ${found}: set broker.version in the spec`;

describe('a cluster of another version than the design is for', () => {
  it.each([
    ['4.3', metadata('4.3-IV0'), ''],
    ['4.3.1', metadata('4.3-IV0'), ''],
    ['4.3', metadata('4.3-IV0', '3.9-IV0'), ''],
    ['4.3', metadata('4.1-IV1'), isFor('4.3', '4.1')],
    ['4.3', tabbed(metadata('4.1-IV1')), isFor('4.3', '4.1')],
    ['4.4', tabbed(metadata('UNKNOWN [33]')), ''],
    ['3.9', metadata('4.4-IV2'), isFor('3.9', '4.4')],
    // Tools that are older than the cluster know its level as a number only.
    ['4.4', metadata('UNKNOWN [33]'), ''],
    ['4.4', metadata('UNKNOWN [32]'), ''],
    ['4.3', metadata('UNKNOWN [33]'), isFor('4.3', '4.4')],
    ['4.4', metadata('UNKNOWN [99]'), isFor('4.4', 'newer than 4.4')],
    [
      '4.3',
      '',
      'warning: this cluster does not tell its version; the design is for Kafka 4.3',
    ],
  ])('made for %s, is told, and goes on', (version, features, told) => {
    const result = applied(features, { version });
    expect(result.told).toBe(told);
    expect(result.called).toContain('kafka-topics.sh');
  });
});

describe('a cluster that lacks what the design needs', () => {
  const consumer = '{ groupProtocol: consumer, client: platformatic }';

  it.each([
    ['is left alone', metadata('4.4-IV2'), 'level 0'],
    [
      'is left alone when it has turned it off',
      metadata('4.4-IV2') + line('group.version', '1', '0'),
      'level 0',
    ],
    [
      'is left alone when its features are from before SCRAM',
      metadata('4.3-IV0', '3.4-IV0') + line('group.version', '1', '1'),
      'metadata.version at level 3.4-IV0',
    ],
  ])('%s', (_title, features, told) => {
    const result = applied(features, { options: consumer });
    expect(result).toMatchObject({ code: 2, called: '' });
    expect(result.told).toContain(told);
    expect(result.told).toContain('Nothing was changed.');
  });

  it('is taken when the feature is on, or when nothing is asked of it', () => {
    const on = metadata('4.3-IV0') + line('group.version', '1', '1');
    expect(applied(on, { options: consumer }).told).toBe('');
    expect(applied(metadata('4.3-IV0')).told).toBe('');
  });

  it('is not guessed at when it cannot be read', () => {
    expect(applied('', { ended: 1 })).toEqual({
      code: 2,
      told: '',
      called: '',
    });
  });
});
