import { expect, it } from 'vitest';
import { shopModel } from '../../testing/shop-model.ts';
import { planKafka } from './plan-kafka.ts';
import { verifyDesign } from './verify-design.ts';

const model = shopModel();
const design = planKafka(model);
const around = {
  groups: new Set([
    ...model.groups.map((group) => group.name),
    ...model.requests.map((request) => request.name),
  ]),
};

it('finds nothing in the design of the shop', () => {
  expect(verifyDesign(design, around)).toEqual([]);
});

it('finds a right on a topic that does not exist, and a topic that nobody may read', () => {
  const topics = design.topics.filter((topic) => topic.name !== 'order');
  expect(verifyDesign({ ...design, topics }, around)).toContain(
    'order-service has a right on topic order, which does not exist',
  );
  const grants = design.grants.filter(
    ({ principal, name }) =>
      principal !== 'shop-operator' &&
      name !== 'order.shipping-service.order.paid.dlt',
  );
  expect(verifyDesign({ ...design, grants }, around)).toContain(
    'nobody may read order.shipping-service.order.paid.dlt',
  );
});

it('finds a dead-letter topic with fewer partitions than its source, and compaction without keys', () => {
  const topics = design.topics.map((topic) =>
    topic.role === 'dead-letter'
      ? {
          ...topic,
          partitions: 1,
          isKeyed: false,
          settings: topic.settings.map((one) =>
            one.key === 'cleanup.policy' ? { ...one, value: 'compact' } : one,
          ),
        }
      : topic,
  );
  const found = verifyDesign({ ...design, topics }, around);
  const name = 'order.shipping-service.order.paid.dlt';
  expect(found).toContain(`${name} has fewer partitions than order`);
  expect(found).toContain(
    `${name} is compacted and carries messages without a key`,
  );
});
