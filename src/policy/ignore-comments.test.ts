import { describe, expect, it } from 'vitest';
import { checkFiles } from '../testing/check-files.ts';

const spec = (consumer: string): string => `eventArch: 1
name: Shop
broker: kafka
events:
  order.created: { key: orderId, payload: { orderId: uuid } }
publishers:
  orders: { publishes: [order.created], outbox: true }
services:
  orders: { database: postgresql, owner: team-orders }
  stock: { owner: team-stock }
consumers:
${consumer}`;

/** Codes of what is told, those of the quick reader and of the YAML library. */
function told(consumer: string): readonly (readonly string[])[] {
  // A block text is what the quick reader leaves to the library.
  const texts = [spec(consumer), `${spec(consumer)}description: |\n  None\n`];
  return texts.map((text) =>
    checkFiles({ 'spec.yaml': text }).map(({ code }) => code),
  );
}

const both = (...codes: readonly string[]): unknown => [codes, codes];
const code = 'rule/missing-idempotency';
const reason = 'a mere copy, see ADR 12';

describe('a comment that ignores', () => {
  it('is told about when it is not there', () => {
    expect(told('  stock: [order.created]\n')).toEqual(both(code));
  });

  it.each([
    [
      'at the end of the line',
      `  stock: [order.created] # event-arch-ignore ${code}: ${reason}\n`,
    ],
    [
      'on the line before',
      `  # event-arch-ignore ${code}: ${reason}\n  stock: [order.created]\n`,
    ],
    [
      'above another comment',
      `  # event-arch-ignore ${code}: ${reason}\n  # the copy\n\n  stock: [order.created]\n`,
    ],
    [
      'at what holds the place',
      `  stock: # event-arch-ignore ${code}: ${reason}\n    subscribes:\n      order.created: {}\n`,
    ],
    [
      'among other codes',
      `  stock: [order.created] # event-arch-ignore ${code}, ${code}: ${reason}\n`,
    ],
    [
      'with a colon in the reason',
      `  stock: [order.created] # event-arch-ignore ${code}: see: ADR 12\n`,
    ],
  ])('holds %s', (_where, consumer) => {
    expect(told(consumer)).toEqual(both());
  });

  it.each([
    [
      'another entity',
      `  # event-arch-ignore ${code}: ${reason}\n  billing: { idempotency: natural, subscribes: [order.created] }\n  stock: [order.created]\n`,
    ],
    [
      'the last line',
      `  stock: [order.created]\n# event-arch-ignore ${code}: ${reason}\n`,
    ],
  ])('finds nothing at %s', (_where, consumer) => {
    const [quick] = told(consumer);
    expect(quick?.toSorted()).toEqual(
      expect.arrayContaining(['ignore/unused', code]),
    );
  });

  it('does nothing without a reason', () => {
    const [quick, library] = told(
      `  stock: [order.created] # event-arch-ignore ${code}\n`,
    );
    expect(quick?.toSorted()).toEqual(['ignore/no-reason', code]);
    expect(library).toEqual(quick);
  });

  it('is none inside a text', () => {
    const text = `  stock: { description: "a # event-arch-ignore ${code}: x", subscribes: [order.created] }\n`;
    expect(told(text)).toEqual(both(code));
  });

  it('is not called unused where the rule does not run', () => {
    const text = spec(
      `  stock: { idempotency: natural, subscribes: [order.created] } # event-arch-ignore ${code}: ${reason}\n`,
    );
    const config = `rules: { ${code}: off }\n`;
    const findings = (files: Record<string, string>): readonly string[] =>
      checkFiles(files).map((one) => one.code);
    expect(findings({ 'spec.yaml': text })).toEqual(['ignore/unused']);
    expect(
      findings({ 'spec.yaml': text, 'event-arch.config.yaml': config }),
    ).toEqual([]);
  });

  it('stands in the file of what it speaks of', () => {
    const consumers = `consumers:\n  stock: [order.created] # event-arch-ignore ${code}: ${reason}\n`;
    const root = `include: part.yaml\n${spec('').replace('consumers:\n', '')}`;
    expect(checkFiles({ 'spec.yaml': root, 'part.yaml': consumers })).toEqual(
      [],
    );
  });
});
