import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import {
  changeText,
  compareTexts,
  replaced,
  type Replacement,
} from '../testing/compare-texts.ts';
import { readFixture } from '../testing/load-model.ts';
import { changeKinds } from './index.ts';

interface Case {
  readonly name: string;
  /** Done to both designs first. */
  readonly base?: readonly Replacement[];
  /** Done to the new design. */
  readonly replace: readonly Replacement[];
  /** What is found from the old design to the new one, and the other way round. */
  readonly there: readonly string[];
  readonly back: readonly string[];
}

const base = readFixture('changes', 'base.yaml');
const cases = parse(readFixture('changes', 'cases.yaml')) as readonly Case[];

describe('changes between two designs', () => {
  it.each(cases)('are found when $name', (each) => {
    const before = replaced(base, each.base ?? []);
    const after = replaced(before, each.replace);
    expect(compareTexts(before, after).changes.map(changeText)).toEqual(
      each.there,
    );
    expect(compareTexts(after, before).changes.map(changeText)).toEqual(
      each.back,
    );
  });

  it('have a case for every code', () => {
    const found = new Set(
      cases
        .flatMap(({ there, back }) => [...there, ...back])
        .map((text) => text.replace(/^.* (\S+)@.*$/, '$1')),
    );
    const declared = changeKinds.flatMap(({ catalogue }) =>
      Object.keys(catalogue.entries),
    );
    expect(declared.filter((slug) => !found.has(slug))).toEqual([]);
    expect(declared.length).toBeGreaterThan(80);
  });

  it('name who breaks, and only breaking and risky ones do', () => {
    const silent = cases.flatMap((each) => {
      const before = replaced(base, each.base ?? []);
      return compareTexts(
        before,
        replaced(before, each.replace),
      ).changes.filter(
        ({ impact, breaks }) =>
          (impact === 'breaking' && breaks.length === 0) ||
          (impact === 'safe' && breaks.length > 0),
      );
    });
    expect(silent.map(changeText)).toEqual([]);
  });

  it('leave no placeholder in what they say, in the words of either broker', () => {
    const said = cases.flatMap((each) => {
      const before = replaced(base, each.base ?? []);
      const after = replaced(before, each.replace);
      return [
        ...compareTexts(before, after).changes,
        ...compareTexts(after, before).changes,
      ].flatMap(({ message, hint, why }) => [message, hint ?? '', why]);
    });
    expect(said.filter((text) => /\{[a-z]\w*\}/i.test(text))).toEqual([]);
  });

  it.each([
    ['kafka', /queue|bind/, /offset|topic/],
    ['rabbitmq', /offset|topic/, /queue/],
  ] as const)(
    'speak of groups as %s knows them, and never of deleting one that lives on',
    (broker, foreign, own) => {
      const of = (text: string): string =>
        replaced(text, [
          {
            from: '{ kind: kafka, version: "4.1" }',
            to: `{ kind: ${broker}, version: "4.1" }`,
          },
        ]);
      const letters = 'order.cancelled: { handler: tell, deadLetter: true }';
      const wide = replaced(of(base), [
        {
          from: letters,
          to: '"order.*": { handler: tell, deadLetter: true, group: letters }',
        },
      ]);
      const narrow = replaced(wide, [
        { from: '"order.*"', to: 'order.cancelled' },
      ]);
      const renamed = replaced(wide, [
        { from: 'group: letters', to: 'group: post' },
      ]);
      const without = replaced(of(base), [
        { from: `subscribes: { ${letters} }`, to: 'subscribes: {}' },
      ]);
      const told = [narrow, renamed, without].flatMap((after) =>
        compareTexts(wide, after).changes.filter(({ code }) =>
          /subscription-|consumer-|group-/.test(code),
        ),
      );
      expect(told.map(changeText)).toEqual([
        'risky subscription-narrowed@mailer',
        'breaking group-renamed@post',
        'risky consumer-removed@mailer',
      ]);
      for (const { why, hint } of told) {
        expect(`${why} ${hint ?? ''}`).not.toMatch(foreign);
        expect(`${why} ${hint ?? ''}`).toMatch(own);
      }
      expect(told[0]?.hint).not.toMatch(
        /delete what|delete the (?:group|queue)/,
      );
    },
  );

  it('say in words what happened to which field', () => {
    const after = replaced(base, [
      {
        from: 'weight: number } }',
        to: 'weight?: integer, insured: boolean } }',
      },
    ]);
    const messages = compareTexts(base, after).changes.map(
      ({ message }) => message,
    );
    expect(messages).toEqual([
      'the payload of "parcel.sent" is not backward-compatible: field "weight" became optional, the type of field "weight" went from number to integer; consumers with the new schema break on events of version 1 that are still on their way',
      'the payload of "parcel.sent" is not backward-compatible: required field "insured" (boolean) was added; consumers with the new schema break on events of version 1 that are still on their way',
    ]);
  });

  it('say that a field is personal data, and who publishes in the singular', () => {
    const after = replaced(base, [
      {
        from: 'carrier: string, weight',
        to: 'carrier: { type: string, pii: true }, weight',
      },
      {
        from: 'stock: { publishes: [stock.reserved,',
        to: 'billing: { publishes: [stock.reserved], outbox: true }\n  stock: { publishes: [stock.reserved,',
      },
    ]);
    expect(
      compareTexts(base, after).changes.map(({ message }) => message),
    ).toEqual(
      expect.arrayContaining([
        'the payload of "parcel.sent" changed: field "carrier" is now marked as personal; publishers and consumers can be deployed in any order',
        '"billing" publishes "stock.reserved" now',
      ]),
    );
  });

  it('are judged leniently when asked', () => {
    const after = replaced(base, [
      { from: ', note?: string }\n    headers', to: ' }\n    headers' },
    ]);
    expect(compareTexts(base, after).changes.map(changeText)).toEqual([
      'breaking payload-refused@order.placed',
    ]);
    expect(
      compareTexts(base, after, 'lenient').changes.map(changeText),
    ).toEqual(['safe payload-changed@order.placed']);
  });
});
