// What is promised of exactly-once on Kafka follows from what the generated code does: it opens no transaction of the broker.
import { describe, expect, it } from 'vitest';
import { emitContextFor } from '../testing/generated-project.ts';
import { checkText } from '../testing/load-model.ts';
import { planArtifacts } from './plan-artifacts.ts';

const forwarding = `
  order.priced: { key: orderId, payload: { orderId: uuid } }
publishers:
  orders: [order.created]
  pricing: [order.priced]
consumers:
  pricing: { subscribes: [order.created] }
`;
const bearing = `
publishers:
  orders: [order.created]
consumers:
  inventory: { idempotency: natural, subscribes: [order.created] }
`;

const checked = (rest: string, locale = 'en') =>
  checkText(`eventArch: 1
name: Hello
broker: kafka
locale: ${locale}
guarantees: { delivery: exactly-once }
events:
  order.created: { key: orderId, payload: { orderId: uuid } }${rest}`);

function filesOf(rest: string, locale = 'en'): ReadonlyMap<string, string> {
  const { model } = checked(rest, locale);
  if (model === null) throw new Error('no model');
  const { value } = planArtifacts(model, emitContextFor(model), null);
  return new Map(
    (value?.artifacts ?? []).map(({ path, content }) => [path, content]),
  );
}

const pages = (files: ReadonlyMap<string, string>): string =>
  [...files]
    .filter(([path]) => path.endsWith('.md'))
    .map(([, text]) => text)
    .join('\n');

describe('exactly-once from topic to topic', () => {
  const files = filesOf(forwarding);
  const code = [...files].filter(([path]) => path.startsWith('code/src/'));

  it('is not given by the generated code: it opens no transaction of the broker', () => {
    // When the code comes to open one, the statements below are to change with it.
    const opened = code.filter(([, text]) =>
      /transactionalId|sendOffsets|\btransaction\(\)/.test(text),
    );
    expect(opened.map(([path]) => path)).toEqual([]);
  });

  it('loses no output: a message is noted as handled only where the spec asks for it', () => {
    const service = files.get('code/src/generated/services/pricing.ts');
    expect(service).not.toContain('recordInInbox');
  });

  it('may be doubled, and is found so', () => {
    const { model, diagnostics } = checked(forwarding);
    const flow = model?.flows.find(({ event }) => event === 'order.created');
    expect(flow?.effective).toMatchObject({
      mayBeLost: false,
      mayBeDoubled: true,
    });
    expect(diagnostics.map(({ code: found }) => found)).toContain(
      'rule/untransacted-forwarding',
    );
  });

  it('is kept for a service that this system does not run: its code may open one', () => {
    const { model, diagnostics } = checked(
      `${forwarding}services: { pricing: { external: true } }\n`,
    );
    const flow = model?.flows.find(({ event }) => event === 'order.created');
    expect(flow?.effective.mayBeDoubled).toBe(false);
    expect(flow?.assumptions.map(({ kind }) => kind)).toContain('same-cluster');
    expect(diagnostics.map(({ code: found }) => found)).not.toContain(
      'rule/untransacted-forwarding',
    );
  });

  it('is told by the code’s README, with the service and what is to be done', () => {
    const line = files
      .get('code/README.md')
      ?.split('\n')
      .find((one) => one.includes('exactly-once'));
    expect(line).toContain('`pricing`');
    expect(line).toContain('broker/kafka/clients/');
  });

  it('has settings and rights that say that they are for code written by hand', () => {
    const lines = [...files.values()]
      .flatMap((text) => text.split('\n'))
      .filter((line) => /^transactional\.id=|pricing-tx-.*#/.test(line));
    expect(lines.length).toBeGreaterThan(0);
    const producer = files.get(
      'broker/kafka/clients/pricing/producer.properties',
    );
    const rights = files.get('broker/kafka/acls.conf');
    for (const text of [producer, rights])
      expect(text).toMatch(/written by hand/);
  });
});

describe.each(['en', 'fr'])('the pages in %s', (locale) => {
  it.each([forwarding, bearing])(
    'promise no transaction that nobody opens (%#)',
    (rest) => {
      const text = pages(filesOf(rest, locale));
      expect(text).not.toMatch(
        /(?:happen in|are) one transaction of|se font dans une seule transaction|forment une transaction|readers see only committed|ne voient que les messages validés/,
      );
      expect(text).toMatch(
        /generated code opens no|code généré n’en ouvre pas/,
      );
    },
  );
});
