import { describeBroker } from '../testing/broker-contract.js';
import { MemoryBroker } from './memory-broker.js';

describeBroker({
  name: 'in-memory',
  declare: () => Promise.resolve(),
  connect: () => Promise.resolve(new MemoryBroker()),
  refusesUnroutable: false,
});
