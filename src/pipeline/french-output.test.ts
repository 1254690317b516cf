// One word for one thing in everything that is written in French, and no unit of English.
import { describe, expect, it } from 'vitest';
import { brokerNamed, loadModel, readFixture } from '../testing/load-model.ts';
import { ownRenderer, ownTemplates } from '../testing/own-templates.ts';
import { planArtifacts } from './plan-artifacts.ts';

const render = ownRenderer();

/** What people read, of a design in French. */
function textsOf(
  spec: string,
  broker: string,
): readonly (readonly [string, string])[] {
  const { value } = planArtifacts(
    { ...loadModel(spec, broker), locale: 'fr' },
    { render, broker: brokerNamed(broker), findings: [], toolVersion: '0.0.0' },
    null,
  );
  return (value?.artifacts ?? [])
    .filter(({ path }) => /\.(?:md|mmd)$|^monitoring\//.test(path))
    .map(({ path, content }) => [path, content] as const);
}

const files = ['shop', 'eshop', 'ftgo', 'wikimedia'].flatMap((spec) =>
  ['kafka', 'rabbitmq'].flatMap((broker) =>
    textsOf(spec, broker).map(
      ([path, text]) => [`${spec} ${broker} ${path}`, text] as const,
    ),
  ),
);

/** The list of objects holds names and the reasons of the definitions, which are English as those are. */
const withoutObjects = (text: string): string =>
  text.split('\n## Chaque objet')[0] ?? '';

/** Prose: without code, which is the same in every language, and without names of the spec in drawings. */
const prose = (text: string): string =>
  withoutObjects(text)
    .replaceAll(/^`{3}[^]*?^`{3}/gm, '')
    .replaceAll(/`[^`\n]*`/g, '');

const found = (pattern: RegExp, of: (text: string) => string = prose) =>
  files.flatMap(([path, text]) =>
    [...of(text).matchAll(pattern)].map(([word]) => `${path}: ${word}`),
  );

/** Words for what has another word here: publisher, consumer, dead letter, at-least-once, exchange, routing key, binding. */
const others =
  /\b(?:[ée]diteurs?|producteurs?|[ée]metteurs?|consommateurs?|lettres? mortes?|au (?:moins|plus) une fois|exactement une fois|[ée]changes?|cl[ée]s? de routage|liaisons?|quorum queues?|abonn[ée]s?(?= reçoi))\b/gi;

describe('templates in two languages', () => {
  const templates = ownTemplates();
  const inEnglish = [...templates.keys()].filter((file) =>
    file.endsWith('.en.md.hbs'),
  );
  const asked = (file: string): readonly string[] =>
    [...(templates.get(file) ?? '').matchAll(/\{\{[^}]*\}\}/g)]
      .map(([expression]) => expression)
      .toSorted();

  it('are more than those of the documents', () => {
    expect(inEnglish.length).toBeGreaterThan(6);
  });

  it.each(inEnglish)('ask in both for the same: %s', (file) => {
    expect(asked(file.replace('.en.md', '.fr.md'))).toEqual(asked(file));
  });
});

/** What of the prose is not a link's target or a hash. */
const readable = (text: string): string =>
  prose(text.replaceAll(/^ *`{3}[^]*?^ *`{3}/gm, '')).replaceAll(
    /\]\([^)]*\)/g,
    ']',
  );
const ofPages = (pattern: RegExp): readonly string[] =>
  files
    .filter(([path]) => path.endsWith('.md'))
    .flatMap(([path, text]) =>
      [...readable(text).matchAll(pattern)].map(([word]) => `${path}: ${word}`),
    );

describe('pages in French', () => {
  it('begin with a French remark', () => {
    const pages = files.filter(([path]) => path.endsWith('.md'));
    expect(
      pages
        .filter(([, text]) => /^<!-- (?!Produit par )/.test(text))
        .map(([path]) => path),
    ).toEqual([]);
  });

  it('have a comma in numbers, and their digits in groups of three', () => {
    expect(ofPages(/(?<![\w.-])\d+\.\d+ (?:%|s|min|h|j|ms)(?!\w)/g)).toEqual(
      [],
    );
    expect(ofPages(/(?<![\w.:/-])\d{5,}(?![\w.:/-])/g)).toEqual([]);
  });

  it('have a space before a colon and a semicolon, but for what the spec says', () => {
    const own = ofPages(/\p{L}+[:;](?=\s)/gu).filter((told) => {
      const [spec = '', , , word = ''] = told.split(' ');
      return !readFixture('specs', `${spec}.yaml`).includes(word);
    });
    expect(own).toEqual([]);
  });

  it('elide nothing before a name, as no name is put where that is due', () => {
    expect(ofPages(/\b(?:de|que|le|la|[Cc]e que) [aeiouy]\w*(?=\])/g)).toEqual(
      [],
    );
    const titles = files
      .filter(([path]) => path.endsWith('.mmd'))
      .flatMap(([path, text]) =>
        [...text.matchAll(/^title: .*\b(?:de|que|le|la) "?[aeiouy].*$/gm)].map(
          ([title]) => `${path}: ${title}`,
        ),
      );
    expect(titles).toEqual([]);
  });

  it('count one thing in the singular', () => {
    expect(
      ofPages(
        /\b1 (?:synchrones|de ses événements ne déclarent|tentatives)\b/g,
      ),
    ).toEqual([]);
  });
});

describe('what is written in French', () => {
  it('is read in many files', () => {
    expect(files.length).toBeGreaterThan(200);
  });

  it('has one word for one thing', () => {
    expect(found(others)).toEqual([]);
  });

  it('has French units', () => {
    const units =
      /(?<![\w.-])\d+(?:[.,]\d+)?(?:ms|s|m|h|d|[kMGT]?B)\b|\b\d+(?:[.,]\d+)? [kMGTP]?B\b|\/day\b/g;
    const pages = files.filter(([path]) => path.endsWith('.md'));
    expect(
      pages.flatMap(([path, text]) =>
        [...prose(text).matchAll(units)].map(([unit]) => `${path}: ${unit}`),
      ),
    ).toEqual([]);
  });

  it('agrees in number with one thing', () => {
    expect(
      found(
        /(?<![,…] |et |versions de )`[^`\n]*` (?:restent|peuvent|sont|ont|écrivent|voyagent)\b/g,
        (text) => text,
      ).filter((text) => !/ : (?:\S+ ){0,2}`/.test(text)),
    ).toEqual([]);
  });
});
