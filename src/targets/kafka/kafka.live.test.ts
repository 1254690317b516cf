import { ConfigResourceTypes } from 'kafkajs';
import type { Admin } from 'kafkajs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { planKafka } from '../../brokers/kafka/plan-kafka.ts';
import { describeWithBroker } from '../../testing/brokers/describe-with-broker.ts';
import {
  deployKafka,
  type KafkaDeployment,
} from '../../testing/kafka-deployment.ts';
import { loadModel } from '../../testing/load-model.ts';

const model = loadModel('shop', 'kafka');
const design = planKafka(model);

describeWithBroker(
  'kafka',
  'the generated scripts on a running Kafka',
  (kafka) => {
    const deployment = deployKafka(model, kafka);
    const script: KafkaDeployment['script'] = async (...args) =>
      deployment().script(...args);
    let admin: Admin | null = null;
    const asAdmin = (): Admin => {
      if (admin === null) throw new Error('not connected');
      return admin;
    };
    beforeAll(async () => {
      admin = deployment().clientOf(null).admin();
      await admin.connect();
    });
    afterAll(async () => {
      await admin?.disconnect();
      deployment().close();
    });

    it('prints what it would run and changes nothing with --dry-run', async () => {
      const result = await script('apply.sh', '--dry-run');
      expect(result).toMatchObject({ code: 0, stderr: '' });
      expect(result.stdout).toContain('would run: kafka-topics.sh --create');
      expect(
        Object.values(deployment().passwords).some((word) =>
          result.stdout.includes(word),
        ),
      ).toBe(false);
      expect(await asAdmin().listTopics()).toEqual([]);
    });

    it('creates everything, and nothing when run again', async () => {
      const first = await script('apply.sh');
      expect(first).toMatchObject({ code: 0, stderr: '' });
      const again = await script('apply.sh');
      expect(again).toEqual({
        code: 0,
        stderr: '',
        stdout:
          'topics: nothing to change\nusers: nothing to change\nacls: nothing to change\n',
      });
    }, 300_000);

    it('leaves the topics that the design names, with its partitions and settings', async () => {
      const names = design.topics.map((topic) => topic.name);
      const live = (await asAdmin().listTopics()).filter(
        (name) => !name.startsWith('__'),
      );
      expect(live.toSorted()).toEqual(names.toSorted());
      const { topics } = await asAdmin().fetchTopicMetadata({ topics: names });
      expect(
        new Map(topics.map((topic) => [topic.name, topic.partitions.length])),
      ).toEqual(
        new Map(design.topics.map((topic) => [topic.name, topic.partitions])),
      );
      const { resources } = await asAdmin().describeConfigs({
        includeSynonyms: false,
        resources: names.map((name) => ({
          type: ConfigResourceTypes.TOPIC,
          name,
        })),
      });
      const onTopic = resources.map((resource) => [
        resource.resourceName,
        Object.fromEntries(
          resource.configEntries
            // 1 = set on the topic itself
            .filter((entry) => (entry.configSource as unknown) === 1)
            .map((entry) => [entry.configName, entry.configValue]),
        ),
      ]);
      const wanted = design.topics.map((topic) => [
        topic.name,
        {
          'min.insync.replicas': '1',
          ...Object.fromEntries(
            topic.settings.map((one) => [one.key, one.value]),
          ),
        },
      ]);
      expect(Object.fromEntries(onTopic)).toEqual(Object.fromEntries(wanted));
    });

    it('repairs a setting that was changed by hand, and names it', async () => {
      await asAdmin().alterConfigs({
        validateOnly: false,
        resources: [
          {
            type: ConfigResourceTypes.TOPIC,
            name: 'order',
            configEntries: [{ name: 'retention.ms', value: '1000' }],
          },
        ],
      });
      const dry = await script('topics.sh', '--dry-run');
      expect(dry.stdout).toContain('alter topic order');
      expect(dry.stdout).toContain('retention.ms=2592000000');
      expect((await script('topics.sh')).code).toBe(0);
      expect((await script('topics.sh')).stdout).toBe(
        'topics: nothing to change\n',
      );
    });
  },
  { isPrivate: true },
);
