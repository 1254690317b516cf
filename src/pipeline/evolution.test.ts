// The guide says what a payload may become under each mode, and `diff` judges it: both have to say the same.
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import type { Policy } from '../compat/check-readable.ts';
import { documentTarget } from '../targets/document/document-target.ts';
import { compareTexts } from '../testing/compare-texts.ts';
import {
  brokerNamed,
  checkText,
  modelOf,
  readFixture,
} from '../testing/load-model.ts';
import { ownRenderer } from '../testing/own-templates.ts';

interface Evolutions {
  readonly changes: Readonly<
    Record<string, { readonly from: string; readonly to: string }>
  >;
  readonly clauses: readonly {
    readonly en: string;
    readonly fr: string;
    readonly means: 'all' | readonly string[];
  }[];
}

const { changes, clauses } = parse(
  readFixture('changes', 'evolutions.yaml'),
) as Evolutions;

const render = ownRenderer();

const specOf = (mode: string, payload: string): string => `eventArch: 1
name: Evolving
broker: kafka
guarantees: { compatibility: ${mode} }
events:
  a.b: { key: id, payload: { ${payload} } }
publishers: { one: [a.b] }
consumers: { two: [a.b] }
`;

function guideOf(spec: string, locale: 'en' | 'fr'): string {
  const model = { ...modelOf(checkText(spec)), locale };
  const files = documentTarget.emit(model, {
    render,
    broker: brokerNamed('kafka'),
    findings: [],
    toolVersion: '0.0.0',
  });
  const guide = [...files].find(({ path }) => path.endsWith('GUIDE.md'));
  return String(guide?.content);
}

/** The cell of the guide that says what a mode allows. */
function allowedCell(mode: string, locale: 'en' | 'fr'): string {
  const row = guideOf(specOf(mode, 'id: uuid'), locale)
    .split('\n')
    .find((line) => line.startsWith(`| \`${mode}\` |`));
  return row?.split(' | ')[2] ?? '';
}

/** The changes that a cell allows: by itself, or where its condition holds. */
function allowedIn(
  cell: string,
  locale: 'en' | 'fr',
): Readonly<Record<Policy, readonly string[]>> {
  const [always = '', ...rest] = cell
    .replace(/\s*\([^)]*\)$/, '')
    .split(/\.\s+/);
  const condition = rest.join(' ');
  if (condition !== '') expect(condition).toContain('--policy lenient`');
  const strict = meaningOf(always, locale);
  return {
    strict,
    lenient: [
      ...strict,
      ...meaningOf(condition.replace(/^.*?\s?:\s/, ''), locale),
    ],
  };
}

function meaningOf(text: string, locale: 'en' | 'fr'): readonly string[] {
  return text
    .split(/\s?;\s/)
    .filter((part) => part !== '')
    .flatMap((part) => {
      const words = part.slice(0, 1).toLowerCase() + part.slice(1);
      const clause = clauses.find((each) => each[locale] === words);
      if (clause === undefined) throw new Error(`nothing is meant by: ${part}`);
      return clause.means === 'all' ? Object.keys(changes) : clause.means;
    });
}

/** The changes that `diff` calls breaking nobody. */
const acceptedBy = (mode: string, policy: Policy): readonly string[] =>
  Object.entries(changes)
    .filter(([, { from, to }]) =>
      compareTexts(specOf(mode, from), specOf(mode, to), policy).changes.every(
        ({ impact }) => impact !== 'breaking',
      ),
    )
    .map(([name]) => name);

const modes = ['backward', 'forward', 'full'].flatMap((mode) => [
  mode,
  `${mode}-transitive`,
]);

describe.each(['en', 'fr'] as const)(
  'what the guide allows in %s',
  (locale) => {
    it.each([...modes, 'none'])('is what diff accepts under %s', (mode) => {
      const allowed = allowedIn(allowedCell(mode, locale), locale);
      expect(allowed.strict.toSorted()).toEqual(
        acceptedBy(mode, 'strict').toSorted(),
      );
    });

    it('is less for the history of an event-sourced aggregate, which is said beside the table', () => {
      const sourced = (payload: string): string =>
        `${specOf('forward', payload).replace('{ key', '{ type: domain, aggregate: a, key')}aggregates:
  a: { service: one, storage: event-sourced, states: [there], commands: { come: { to: there, emits: a.b } } }
`;
      expect(guideOf(sourced('id: uuid'), locale)).toContain('(`a.b`)');
      expect(guideOf(specOf('forward', 'id: uuid'), locale)).not.toContain(
        '(`a.b`)',
      );
      const { changes: found } = compareTexts(
        sourced('id: uuid'),
        sourced('id: uuid, more: string'),
      );
      expect(found.map(({ impact }) => impact)).toContain('breaking');
    });

    it.each(['forward', 'full'])(
      'under %s where writers write only what they declare is what the lenient policy accepts',
      (mode) => {
        const allowed = allowedIn(allowedCell(mode, locale), locale);
        expect([...new Set(allowed.lenient)].toSorted()).toEqual(
          acceptedBy(mode, 'lenient').toSorted(),
        );
      },
    );
  },
);
