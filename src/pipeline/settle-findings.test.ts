import { describe, expect, it } from 'vitest';
import { checkFiles } from '../testing/check-files.ts';

const files = {
  'spec.yaml': `eventArch: 1
name: Shop
broker: kafka
include: part.yaml
events:
  legacy.order: { key: orderId, payload: { orderId: uuid } }
  order.created: { key: orderId, payload: { orderId: uuid } }
publishers:
  orders: { publishes: [order.created, legacy.order], outbox: true }
services:
  orders: { database: postgresql, owner: team-orders }
  stock: { owner: team-stock }
  billing: { owner: team-money }
consumers:
  stock: { subscribes: [order.created] }
`,
  'part.yaml': 'consumers:\n  billing: { subscribes: [legacy.order] }\n',
};
const code = 'rule/missing-idempotency';

/** Code, severity and place of what is told under a configuration. */
const told = (config: string): readonly string[] =>
  checkFiles({ ...files, 'event-arch.config.yaml': config }).map(
    (one) => `${one.code} ${one.severity} ${one.pointer}`,
  );
const stock = '/consumers/stock/subscribes/0';
const billing = '/consumers/billing/subscribes/0';
const places = (config: string): readonly string[] =>
  told(config).filter((line) => line.startsWith(code));

describe('the level of a finding', () => {
  it('is that of the rule', () => {
    expect(places('profile: strict\n')).toEqual([
      `${code} warning ${stock}`,
      `${code} warning ${billing}`,
    ]);
  });

  it.each(['info', 'warning', 'error'])(
    'may be set for a rule: %s',
    (level) => {
      expect(places(`rules: { ${code}: ${level} }\n`)).toEqual([
        `${code} ${level} ${stock}`,
        `${code} ${level} ${billing}`,
      ]);
    },
  );

  it('may be off', () => {
    expect(places(`rules: { ${code}: off }\n`)).toEqual([]);
  });

  it.each([
    [
      'files: [part.yaml]',
      [`${code} warning ${stock}`, `${code} error ${billing}`],
    ],
    [
      'places: [/consumers/bill*]',
      [`${code} warning ${stock}`, `${code} error ${billing}`],
    ],
    [
      'files: [spec.yaml], places: [/consumers/bill*]',
      [`${code} warning ${stock}`, `${code} warning ${billing}`],
    ],
  ])('may be set for some places: %s', (where, expected) => {
    const config = `overrides: [{ ${where}, rules: { ${code}: error } }]\n`;
    expect(places(config)).toEqual(expected);
  });

  it('is that of the last override which speaks of it', () => {
    const config = `rules: { ${code}: off }
overrides:
  - { places: [/consumers], rules: { ${code}: info } }
  - { places: [/consumers/stock], rules: { ${code}: error } }
  - { places: [/consumers/stock], rules: { rule/dual-write: off } }
`;
    expect(places(config)).toEqual([
      `${code} error ${stock}`,
      `${code} info ${billing}`,
    ]);
  });

  it('makes a rule outside the profile run', () => {
    const rule = 'rule/domain-event-across-contexts';
    const spec = files['spec.yaml']
      .replace('orders: { database', 'orders: { context: sales, database')
      .replace('stock: { owner', 'stock: { context: storage, owner')
      .replaceAll('{ key: orderId', '{ type: domain, key: orderId');
    const found = (config: string): readonly string[] =>
      checkFiles({
        ...files,
        'spec.yaml': spec,
        'event-arch.config.yaml': config,
      })
        .filter((one) => one.code === rule)
        .map(({ severity }) => severity);
    expect(found('profile: recommended\n')).toEqual([]);
    expect(found('profile: strict\n')).toEqual(['info']);
    expect(found(`profile: minimal\nrules: { ${rule}: error }\n`)).toEqual([
      'error',
    ]);
  });

  it('of an error of another stage stays', () => {
    const config = 'rules: { resolve/unknown-event: off }\n';
    expect(
      checkFiles({
        'spec.yaml': files['spec.yaml']
          .replace('include: part.yaml\n', '')
          .replace('subscribes: [order.created]', 'subscribes: [order.x]'),
        'event-arch.config.yaml': config,
      }).map((one) => one.code),
    ).toEqual(['config/fixed-level', 'resolve/unknown-event']);
  });
});

describe('the order of treatment', () => {
  it('is level, comment, baseline: what a comment ignores is no match of an entry', () => {
    const ignored = files['spec.yaml'].replace(
      '{ subscribes: [order.created] }',
      `{ subscribes: [order.created] } # event-arch-ignore ${code}: a copy`,
    );
    const known = `${code} spec.yaml#${stock}\n${code} spec.yaml#${billing}\n`;
    const findings = checkFiles({
      ...files,
      'spec.yaml': ignored,
      'event-arch.config.yaml': 'profile: minimal\nbaseline: known.txt\n',
      'known.txt': known,
    });
    expect(findings.map((one) => [one.code, one.message])).toEqual([
      [
        'baseline/stale-entries',
        `the baseline holds back what is no longer found: ${code} at ${stock}`,
      ],
    ]);
  });
});
