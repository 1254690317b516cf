// The files of the shop on the oldest Kafka that they are made for: its settings, names of options and tools may differ.
import { afterAll, expect, it } from 'vitest';
import { describeWithBroker } from '../../testing/brokers/describe-with-broker.ts';
import { oldestKafka } from '../../testing/brokers/kafka-files.ts';
import { deployKafka } from '../../testing/kafka-deployment.ts';
import { oneNodeModel, planModel } from '../../testing/live-fixtures.ts';

const model = oneNodeModel(
  'shop',
  'kafka',
  oldestKafka().split('.').slice(0, 2).join('.'),
);

describeWithBroker(
  'kafka',
  'the generated files on the oldest Kafka',
  (kafka) => {
    const deployment = deployKafka(model, kafka);
    afterAll(() => deployment().close());

    it('make everything, find nothing to do when run again, and leave what plan wants', async () => {
      expect(kafka().version).toBe(oldestKafka());
      expect(await deployment().script('apply.sh')).toMatchObject({
        code: 0,
        stderr: '',
      });
      expect(await deployment().script('apply.sh')).toEqual({
        code: 0,
        stderr: '',
        stdout:
          'topics: nothing to change\nusers: nothing to change\nacls: nothing to change\n',
      });
      const { drifts, asWanted } = await planModel(model, kafka().bootstrap, {
        ...deployment().passwords,
        BROKER_ADMIN_USER: kafka().admin.username,
        BROKER_ADMIN_PASSWORD: kafka().admin.password,
        BROKER_ADMIN_MECHANISM: 'SCRAM-SHA-512',
        BROKER_SECURITY_PROTOCOL: 'SASL_PLAINTEXT',
      });
      expect(drifts).toEqual([]);
      expect(asWanted).toBeGreaterThan(100);
    }, 300_000);
  },
  { isPrivate: true, options: { version: oldestKafka() } },
);
