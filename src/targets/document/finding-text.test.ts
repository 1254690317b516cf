import MarkdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../core/diagnostic.ts';
import { declaredDiagnostics } from '../../pipeline/catalogues.ts';
import { mdRich } from '../../render/escape-markdown.ts';
import type { RichText } from '../../render/rich-text.ts';
import { checkSpec } from '../../pipeline/check-spec.ts';
import { nodeHost } from '../../host/node-host.ts';
import { fixturePath } from '../../testing/load-model.ts';
import { rules } from '../../rules/index.ts';
import { ownRenderer } from '../../testing/own-templates.ts';
import { findingText } from './finding-text.ts';

const words = ownRenderer().words('document/findings', 'fr');

/** What a document can print: an error leaves nothing to document, and a change or a plan is told elsewhere. */
const printed = declaredDiagnostics().filter(
  ({ stage, severity }) =>
    stage === 'rule' ||
    (severity !== 'error' && stage !== 'diff' && stage !== 'plan'),
);

const placeholders = (text: string | null): readonly string[] =>
  [...new Set(text?.match(/\{\w+\}/g))].toSorted();

/** Placeholders that stand in quotes, where a bare name goes; others bring their own. */
const quoted = (text: string | null): readonly string[] =>
  placeholders(
    (text ?? '')
      .split('"')
      .filter((_, index) => index % 2 === 1)
      .join(' '),
  );

const plainText = (text: RichText): string =>
  text.map(({ value }) => value).join('');

/** The words of a text that are ours: names and lines of the spec are code. */
const ours = (text: RichText): string =>
  text
    .filter(({ kind }) => kind !== 'code')
    .map(({ value }) => value)
    .join(' … ');

const inFrench = (finding: Diagnostic) => findingText(finding, words, 'fr');

describe('the French words of findings', () => {
  it('has a sentence for every message and hint that a document can print, and no other', () => {
    const wanted = printed.flatMap(({ code, hint }) =>
      hint === null ? [code] : [code, `${code}.hint`],
    );
    const had = Object.keys(words).filter((key) => key.includes('/'));
    expect(had.toSorted()).toEqual(wanted.toSorted());
  });

  it.each(printed)(
    'names in $code no placeholder that the finding lacks, and all of its message',
    ({ code, message, hint }) => {
      const known = new Set([...placeholders(message), ...placeholders(hint)]);
      const used = [
        ...placeholders(words[code] ?? ''),
        ...placeholders(words[`${code}.hint`] ?? ''),
      ];
      expect(used.filter((one) => !known.has(one))).toEqual([]);
      expect(placeholders(words[code] ?? '')).toEqual(placeholders(message));
    },
  );

  it.each(printed)(
    'quotes in $code what the English quotes',
    ({ code, message, hint }) => {
      expect(quoted(words[code] ?? '')).toEqual(quoted(message));
      const own = quoted(words[`${code}.hint`] ?? '');
      expect(own.filter((one) => !quoted(hint).includes(one))).toEqual([]);
    },
  );

  it('has quotes in pairs', () => {
    const odd = Object.entries(words)
      .filter(([, text]) => text.split('"').length % 2 === 0)
      .map(([key]) => key);
    expect(odd).toEqual([]);
  });
});

const english =
  /\b(?:the|and|of|to|is|are|be|has|have|with|for|which|that|than|but|or|by|from|its|their|not|one|others|nothing|event|aggregate|projection)\b/;

const found = rules.flatMap(({ name: rule }) =>
  checkSpec(nodeHost(), {
    file: fixturePath('rules', rule, 'reports.yaml'),
  }).diagnostics.filter(({ code }) => code === `rule/${rule}`),
);

describe('a finding in French', () => {
  it('is found of nearly every rule', () => {
    const told = new Set(found.map(({ code }) => code));
    expect(told.size).toBeGreaterThan(95);
  });

  it('leaves no English between names and lines of the spec', () => {
    const left = found
      .map((finding) => inFrench(finding))
      .flatMap(({ message, hint }) => [ours(message), ours(hint)])
      // Values of the language are words of the spec.
      .map((text) =>
        text.replaceAll(/\b(?:at-[\w-]+|per-key|none|type: \w+)\b/g, ''),
      )
      .filter((text) => english.test(text));
    expect(left).toEqual([]);
  });

  it('keeps every name that the English has', () => {
    for (const finding of found) {
      const told = plainText(inFrench(finding).message);
      const names = finding.message.match(/(?<=")[\w.-]+(?=")/g) ?? [];
      for (const name of names) expect(told).toContain(name);
    }
  });

  it('writes measures as French does', () => {
    const told = found
      .map((finding) => ours(inFrench(finding).message))
      .join('\n');
    expect(told).toMatch(/\d (?:j|h|min|s|ms)\b/);
    expect(told).not.toMatch(/\d(?:d|h|m|s|ms)\b/);
  });
});

describe('a finding on its page', () => {
  const markdown = new MarkdownIt({ html: true });
  const visible = (source: string): string =>
    markdown
      .parse(source, {})
      .flatMap(({ children }) => children ?? [])
      .filter(({ type }) => type !== 'html_inline')
      .map(({ content }) => content)
      .join('');
  const unquoted = (text: string): string =>
    text.replaceAll('"', '').replaceAll(/\s+/g, ' ').trim();

  it('reads as it does in a terminal, without the quotes', () => {
    for (const { message, hint, ...finding } of found) {
      const told = findingText({ message, hint, ...finding }, {}, 'en');
      expect(visible(mdRich(told.message))).toBe(unquoted(message));
      if (hint !== null)
        expect(visible(mdRich(told.hint))).toBe(unquoted(hint));
    }
  });

  it('has white space or a mark between a name and the words beside it in French', () => {
    const glued = /[\p{L}\p{N}]§|§[\p{L}\p{N}]/u;
    const pages = found.flatMap((finding) => {
      const { message, hint } = inFrench(finding);
      return [mdRich(message), mdRich(hint)];
    });
    expect(
      pages.filter((page) => glued.test(page.replaceAll(/`[^`]*`/g, '§'))),
    ).toEqual([]);
  });
});

describe('a finding of an own rule', () => {
  it('stays in the words of its author, with names as code', () => {
    const own: Diagnostic = {
      code: 'team/naming',
      severity: 'warning',
      message: 'event "order.created" is named by nobody',
      hint: null,
      pointer: '',
      at: 'value',
      location: null,
      related: [],
    };
    expect(inFrench(own)).toEqual({
      message: [
        { kind: 'text', value: 'event ' },
        { kind: 'code', value: 'order.created' },
        { kind: 'text', value: ' is named by nobody' },
      ],
      hint: [],
    });
  });
});
