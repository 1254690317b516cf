// The files of target "kafka" on disk, for tests that run them.
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Artifact } from '../core/artifact.ts';
import { kafka } from '../brokers/kafka.ts';
import type { Model } from '../model/model.ts';
import { createRenderer } from '../render/create-renderer.ts';
import { kafkaTarget } from '../targets/kafka/emit.ts';

const templateFolder = fileURLToPath(
  new URL('../../templates/kafka', import.meta.url),
);

/** Emits a model's Kafka files. */
export function emitKafka(model: Model): readonly Artifact[] {
  const templates = new Map(
    readdirSync(templateFolder).map((name) => [
      `kafka/${name}`,
      readFileSync(join(templateFolder, name), 'utf8'),
    ]),
  );
  return [
    ...kafkaTarget.emit(model, {
      render: createRenderer({ templates }),
      broker: kafka,
      findings: [],
      toolVersion: '0.0.0',
    }),
  ];
}

/** Writes a model's Kafka files below `folder` and answers the path of `broker/kafka`. */
export function writeKafkaFolder(model: Model, folder: string): string {
  for (const artifact of emitKafka(model)) {
    const path = join(folder, artifact.path);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, artifact.content);
    if (artifact.isExecutable) chmodSync(path, 0o755);
  }
  return join(folder, 'broker', 'kafka');
}
