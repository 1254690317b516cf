import { expect, it } from 'vitest';
import { neededFeatures } from '../../brokers/kafka/needed-features.ts';
import { describeFeatures, refuseLacking } from './cluster-features.ts';

const { read } = describeFeatures();

it('takes a broker that does not know the request for one that tells nothing', () => {
  // As version 0 answers: an error, and the list of its requests.
  const unsupported = Buffer.from([0, 35, 0, 0, 0, 0]);
  const features = read(unsupported);
  expect(features.version).toBeNull();
  expect(() =>
    refuseLacking(
      features,
      neededFeatures({ groupProtocol: 'consumer' }, { makesUsers: true }),
    ),
  ).not.toThrow();
});

it.each([
  [11, true, null],
  [8, true, 'making users who log in by SCRAM needs the features of Kafka 3.5'],
  [8, false, null],
])(
  'asks of level %i of the metadata what users need, when some are made: %s',
  (level, makesUsers, told) => {
    const features = {
      version: '4.3',
      finalized: new Map([['metadata.version', level]]),
    };
    const refuse = (): void =>
      refuseLacking(
        features,
        neededFeatures({ groupProtocol: 'classic' }, { makesUsers }),
      );
    if (told === null) expect(refuse).not.toThrow();
    else expect(refuse).toThrow(told);
  },
);
