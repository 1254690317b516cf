import { describeEventLog } from '../testing/event-log-contract.js';
import { MemoryEventLog } from './memory-event-log.js';

describeEventLog({
  name: 'in-memory log',
  open: () => Promise.resolve(new MemoryEventLog()),
});
