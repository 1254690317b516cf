import { describe, expect, it } from 'vitest';
import { checkText, modelOf } from '../../testing/load-model.ts';
import type { LiveResource } from '../resource.ts';
import { claimsOf, type LiveRight } from './ownership.ts';
import { planKafka } from './plan-kafka.ts';

const shop = (consumers = ''): string => `eventArch: 1
name: Shop
broker: kafka
environments: { dev: { replication: 1 } }
events:
  order.created: { key: orderId, payload: { orderId: uuid } }
publishers: { orders: [order.created] }
consumers: { inventory: [order.created]${consumers} }
`;

// Another design that reads the shop's events.
const billing = `eventArch: 1
name: Billing
broker: kafka
environments: { dev: { replication: 1 } }
services: { orders: { external: true } }
events:
  order.created: { key: orderId, payload: { orderId: uuid } }
  invoice.sent: { key: orderId, payload: { orderId: uuid } }
publishers: { orders: [order.created], billing: [invoice.sent] }
consumers: { billing: [order.created], orders: [invoice.sent] }
`;

const claims = (
  spec: string,
  alsoAllowed: readonly string[] = [],
): ((live: LiveResource) => string) => {
  const claim = claimsOf(planKafka(modelOf(checkText(spec))), alsoAllowed);
  return (live) => {
    const found = claim(live);
    return found.kind === 'stranger'
      ? `stranger: ${found.reaches}`
      : found.kind;
  };
};

const acl = (text: string, more: Partial<LiveRight> = {}): LiveResource => {
  const [
    principal = '',
    operation = '',
    resource = '',
    pattern = '',
    name = '',
  ] = text.split(' ');
  const right = { principal, operation, resource, pattern, name };
  return {
    kind: 'acl',
    name: text,
    settings: { ...right, isDenied: false, ...more },
  };
};
const topic = (name: string): LiveResource => ({
  kind: 'topic',
  name,
  settings: {},
});

describe('rights of strangers', () => {
  it.each([
    ['* Read topic literal order.created', 'stranger: topic order.created'],
    ['spy Read topic literal *', 'stranger: topic order.created and 1 more'],
    [
      'spy All topic prefixed order.',
      'stranger: topic order.created and 1 more',
    ],
    ['spy Alter topic literal order.created', 'stranger: topic order.created'],
    [
      'spy Read group literal inventory.order.created',
      'stranger: group inventory.order.created',
    ],
    ['spy Describe topic literal *', 'foreign'],
    ['spy Read topic literal order.created.copy', 'foreign'],
    ['spy Read topic prefixed payment.', 'foreign'],
    ['spy Alter cluster literal kafka-cluster', 'foreign'],
  ])('%s is %s', (right, claim) => {
    expect(claims(shop())(acl(right))).toBe(claim);
  });

  it('are none where the user is allowed by name', () => {
    const claim = claims(shop(), ['spy', '*']);
    expect(claim(acl('spy Read topic literal *'))).toBe('foreign');
    expect(claim(acl('* Read topic literal order.created'))).toBe('foreign');
    expect(claim(acl('thief Read topic literal *'))).toMatch(/^stranger/);
  });

  it('are denials to everybody too, and not those to somebody else', () => {
    const claim = claims(shop());
    const right = 'topic literal order.created';
    expect(claim(acl(`* Write ${right}`, { isDenied: true }))).toBe(
      'stranger: topic order.created',
    );
    expect(claim(acl(`spy Write ${right}`, { isDenied: true }))).toBe(
      'foreign',
    );
  });
});

describe('what a consumer leaves behind that has left the design', () => {
  it('is the design’s own: its topics, and as a stranger’s what its user may still do', () => {
    const claim = claims(shop());
    const group = 'mail.order.created';
    expect(claim(topic(`order.created.${group}.dlt`))).toBe('own');
    expect(claim(topic(`order.created.${group}.retry.1`))).toBe('own');
    expect(claim(acl(`mail Read topic literal order.created`))).toBe(
      'stranger: topic order.created',
    );
    expect(claim(acl(`mail Read group literal ${group}`))).toBe(
      `stranger: group ${group}`,
    );
    expect(
      claim(acl(`orders Write topic literal order.created.${group}.dlt`)),
    ).toBe('own');
  });
});

describe('two designs on one cluster', () => {
  it('share a user, who is told and no drift of either', () => {
    const ofShop = claims(shop());
    expect(ofShop(acl('orders Read topic literal invoice.sent'))).toBe(
      'shared',
    );
    expect(ofShop(acl('orders Read group literal orders.invoice.sent'))).toBe(
      'shared',
    );
    const ofBilling = claims(billing);
    expect(ofBilling(acl('orders Describe topic literal order.created'))).toBe(
      'shared',
    );
    expect(ofBilling(acl('orders Write topic literal billing.other'))).toBe(
      'shared',
    );
  });

  it('leave the owner of a topic to judge who else may reach it', () => {
    const right = acl('inventory Read topic literal order.created');
    expect(claims(billing)(right)).toBe('foreign');
    const reader = acl('billing Read topic literal order.created');
    expect(claims(shop())(reader)).toBe('stranger: topic order.created');
    expect(claims(shop(), ['billing'])(reader)).toBe('foreign');
  });

  it('tell each other’s dead letters from their own', () => {
    const ofBilling = topic('order.created.billing.order.created.dlt');
    const ofShop = topic('order.created.inventory.order.created.dlt');
    expect(claims(billing)(ofShop)).toBe('foreign');
    expect(claims(billing)(ofBilling)).toBe('own');
    expect(claims(shop(), ['billing'])(ofBilling)).toBe('foreign');
  });

  it('do not take a right that a service has too many on its own design’s things for shared', () => {
    expect(
      claims(shop())(acl('inventory Write topic literal order.created')),
    ).toBe('own');
    expect(claims(shop())(acl('inventory Read topic literal *'))).toBe('own');
    expect(
      claims(shop())(acl('inventory Alter cluster literal kafka-cluster')),
    ).toBe('own');
  });
});
