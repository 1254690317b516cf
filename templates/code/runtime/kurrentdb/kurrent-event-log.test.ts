// Runs on a KurrentDB where TEST_EVENTSTORE_URL names one: `kurrentdb://localhost:2113?tls=false`.
import { describe, it } from 'node:test';
import { describeEventLog } from '../testing/event-log-contract.js';
import { connectKurrent } from './kurrent-event-log.js';

const url = process.env['TEST_EVENTSTORE_URL'];

if (url === undefined) {
  describe('KurrentDB event log', () => {
    it(
      'needs a server',
      { skip: 'set TEST_EVENTSTORE_URL to run the contract on KurrentDB' },
      () => undefined,
    );
  });
} else {
  describeEventLog({ name: 'KurrentDB', open: () => connectKurrent(url) });
}
