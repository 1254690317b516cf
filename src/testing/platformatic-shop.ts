// The shop on Kafka, with the client library that is not the default.
import type { Model } from '../model/model.ts';
import { checkText, modelOf, readFixture } from './load-model.ts';

/** Loads the shop with `client: platformatic`. */
export function platformaticShop(): Model {
  const text = readFixture('specs', 'shop.yaml').replace(
    /^broker:$/m,
    'broker:\n  options: { client: platformatic }',
  );
  return modelOf(checkText(text));
}
