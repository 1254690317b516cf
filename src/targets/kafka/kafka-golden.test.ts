import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { planKafka } from '../../brokers/kafka/plan-kafka.ts';
import { verifyDesign } from '../../brokers/kafka/verify-design.ts';
import { fixturePath, loadModel } from '../../testing/load-model.ts';
import { emitKafka } from '../../testing/write-kafka-folder.ts';

const specs = ['eshop', 'ftgo', 'hello', 'shop', 'streetlights', 'wikimedia'];

describe('the shop', () => {
  const artifacts = emitKafka(loadModel('shop', 'kafka'));
  const golden = fixturePath('targets', 'kafka', 'shop', 'expected');

  it.each(
    artifacts.map((artifact) => [artifact.path, artifact.content] as const),
  )('writes %s as in fixtures/targets/kafka/shop', async (path, content) => {
    await expect(content).toMatchFileSnapshot(join(golden, path));
  });

  it('writes no file less', () => {
    const kept = readdirSync(golden, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) =>
        join(entry.parentPath, entry.name).slice(golden.length + 1),
      );
    expect(kept.toSorted()).toEqual(
      artifacts.map((artifact) => artifact.path).toSorted(),
    );
  });
});

it.each(specs)(
  'makes a design of %s in which everything that is mentioned exists',
  (name) => {
    const model = loadModel(name, 'kafka');
    const groups = [
      ...model.groups.map((group) => group.name),
      ...model.requests.map((request) => request.name),
    ];
    expect(verifyDesign(planKafka(model), { groups: new Set(groups) })).toEqual(
      [],
    );
  },
);
