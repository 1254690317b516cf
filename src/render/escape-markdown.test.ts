import * as fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import { hostileText } from '../testing/hostile-text.ts';
import { oneLine } from './clean-text.ts';
import {
  mdCell,
  mdCellCode,
  mdCode,
  mdFence,
  mdLinkTarget,
  mdRich,
  mdText,
} from './escape-markdown.ts';

const markdown = new MarkdownIt({ html: true });

const inlineOf = (source: string) =>
  markdown.parse(source, {}).flatMap((token) => token.children ?? []);

const printed = (source: string): string =>
  inlineOf(source)
    .map((token) => token.content)
    .join('');

describe('mdText', () => {
  it('prints any text as it is in a paragraph of its own', () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        const tokens = markdown.parse(mdText(text), {});
        expect(tokens.map((token) => token.type)).toEqual(
          oneLine(text) === ''
            ? []
            : ['paragraph_open', 'inline', 'paragraph_close'],
        );
        expect(printed(mdText(text))).toBe(oneLine(text));
        expect(inlineOf(mdText(text)).map((token) => token.type)).toEqual(
          inlineOf(mdText(text)).map((token) =>
            token.type === 'text_special' ? 'text_special' : 'text',
          ),
        );
      }),
      { numRuns: 2000 },
    );
  });

  it('prints any text as it is in a heading', () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        const tokens = markdown.parse(`## x ${mdText(text)}\n\nafter`, {});
        expect(tokens.map((token) => token.type).slice(0, 4)).toEqual([
          'heading_open',
          'inline',
          'heading_close',
          'paragraph_open',
        ]);
        expect(
          tokens[1]?.children?.map((token) => token.content).join(''),
        ).toBe(`x ${oneLine(text)}`.trim());
      }),
    );
  });

  it('leaves names and plain sentences readable', () => {
    expect(mdText('order.created has snake_case, a-dash & more (1/2).')).toBe(
      'order.created has snake_case, a-dash & more (1/2).',
    );
  });
});

describe('table cells', () => {
  it('keep the number of columns and their text', () => {
    fc.assert(
      fc.property(hostileText(), hostileText(), (left, right) => {
        const table = `| a | b | c |\n|---|---|---|\n| ${mdCell(left)} | ${mdCellCode(right)} | last |\n\nafter`;
        const tokens = markdown.parse(table, {});
        expect(tokens.filter((token) => token.type === 'td_open').length).toBe(
          3,
        );
        const cells = tokens
          .filter((_, index) => tokens[index - 1]?.type === 'td_open')
          .map((token) =>
            (token.children ?? [])
              .filter((child) => child.type !== 'html_inline')
              .map((child) => child.content)
              .join(''),
          );
        expect(cells).toEqual([
          oneLine(left) || '–',
          oneLine(right) || '–',
          'last',
        ]);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('mdCode', () => {
  it('makes one code span with the text in it', () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        fc.pre(oneLine(text) !== '');
        const tokens = inlineOf(`x ${mdCode(text)} y`);
        expect(tokens.map((token) => token.type)).toEqual([
          'text',
          'code_inline',
          'text',
        ]);
        expect(tokens[1]?.content).toBe(oneLine(text));
      }),
    );
  });
});

describe('mdRich', () => {
  const visible = (source: string): string =>
    inlineOf(source)
      .filter(({ type }) => type !== 'html_inline')
      .map(({ content }) => content)
      .join('');

  it('keeps the space between a text and the code beside it', () => {
    expect(
      mdRich([
        { kind: 'code', value: 'inventory' },
        { kind: 'text', value: ' may get ' },
        { kind: 'code', value: 'order.created' },
        { kind: 'text', value: ' twice' },
      ]),
    ).toBe('`inventory` may get `order.created` twice');
  });

  it('reads as its pieces do one after the other', () => {
    const piece = hostileText().filter((text) => oneLine(text) !== '');
    fc.assert(
      fc.property(piece, piece, piece, (before, name, after) => {
        const rich = mdRich([
          { kind: 'text', value: `x ${before} ` },
          { kind: 'code', value: name },
          { kind: 'text', value: ` ${after} y` },
        ]);
        expect(visible(rich)).toBe(
          `x ${oneLine(before)} ${oneLine(name)} ${oneLine(after)} y`,
        );
      }),
      { numRuns: 1000 },
    );
  });
});

describe('mdFence', () => {
  it('holds any text in one block', () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        const tokens = markdown.parse(`${mdFence('ts', text)}\n\nafter`, {});
        expect(tokens.map((token) => token.type).slice(0, 2)).toEqual([
          'fence',
          'paragraph_open',
        ]);
        expect(tokens[0]?.info).toBe('ts');
      }),
    );
  });
});

describe('mdLinkTarget', () => {
  it('keeps one link whatever the target', () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        const tokens = inlineOf(`[x](./${mdLinkTarget(text)}) y`);
        expect(tokens.map((token) => token.type)).toEqual([
          'link_open',
          'text',
          'link_close',
          'text',
        ]);
      }),
    );
  });
});
