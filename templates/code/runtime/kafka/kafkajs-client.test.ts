import { describeKafka } from '../testing/describe-kafka.js';
import { connectKafkajs, createKafkajsClient } from './kafkajs-client.js';

describeKafka({
  name: 'kafkajs',
  createClient: createKafkajsClient,
  createTopics: async (options, topics) => {
    const admin = connectKafkajs(options).admin();
    await admin.connect();
    await admin.createTopics({
      topics: topics.map((topic) => ({ topic, numPartitions: 3 })),
      waitForLeaders: true,
    });
    await admin.disconnect();
  },
  skip: null,
});
