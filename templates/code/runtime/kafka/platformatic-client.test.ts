import { Admin } from '@platformatic/kafka';
import { describeKafka } from '../testing/describe-kafka.js';
import { clusterOf, createPlatformaticClient } from './platformatic-client.js';

/** The older Node that the library does not run on. */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const isOld = major < 22 || (major === 22 && minor < 19);

describeKafka({
  name: '@platformatic/kafka',
  createClient: createPlatformaticClient,
  createTopics: async (options, topics) => {
    const admin = new Admin(clusterOf(options));
    await admin.createTopics({ topics: [...topics], partitions: 3 });
    await admin.close();
  },
  skip: isOld ? 'the library needs Node 22.19 or newer' : null,
});
