// A rendered document as its reader has it: chapters, tables with named columns, and texts; read from the Markdown alone.
import MarkdownIt from 'markdown-it';

const markdown = new MarkdownIt({ html: true });

/** A cell or a paragraph: the plain text, and the names that it prints as code. */
export interface Passage {
  readonly text: string;
  readonly codes: readonly string[];
}

export interface Table {
  readonly heads: readonly string[];
  readonly rows: readonly (readonly Passage[])[];
}

export interface Chapter {
  readonly title: string;
  /** The section in it, `###`; empty for what stands before the first. */
  readonly section: string;
  readonly tables: readonly Table[];
  readonly passages: readonly Passage[];
}

type Token = ReturnType<typeof markdown.parse>[number];

function passageOf(token: Token | undefined): Passage {
  const children = token?.children ?? [];
  const codes: string[] = [];
  let text = '';
  for (const child of children) {
    if (child.type === 'code_inline') codes.push(child.content);
    text += child.type === 'softbreak' ? ' ' : child.content;
  }
  return { text, codes };
}

interface Draft {
  readonly title: string;
  readonly section: string;
  readonly tables: { heads: string[]; rows: Passage[][] }[];
  readonly passages: Passage[];
}

/** Reads the chapters (`##`) and their sections (`###`) in order. */
export function chaptersOf(text: string): readonly Chapter[] {
  const chapters: Draft[] = [];
  const begin = (title: string, section: string): void => {
    chapters.push({ title, section, tables: [], passages: [] });
  };
  begin('', '');
  const tokens = markdown.parse(text, {});
  for (const [index, token] of tokens.entries()) {
    const chapter = chapters.at(-1);
    const next = tokens[index + 1];
    if (token.type === 'heading_open' && token.tag === 'h2')
      begin(passageOf(next).text, '');
    else if (token.type === 'heading_open' && token.tag === 'h3')
      begin(chapter?.title ?? '', passageOf(next).text);
    else if (token.type === 'paragraph_open')
      chapter?.passages.push(passageOf(next));
    else if (token.type === 'table_open')
      chapter?.tables.push({ heads: [], rows: [] });
    else readRow(chapter?.tables.at(-1), token, next);
  }
  return chapters;
}

function readRow(
  table: Draft['tables'][number] | undefined,
  token: Token,
  next: Token | undefined,
): void {
  if (token.type === 'th_open') table?.heads.push(passageOf(next).text);
  // The row of the heads is none of the body's.
  if (token.type === 'tbody_open') table?.rows.splice(0);
  if (token.type === 'tr_open') table?.rows.push([]);
  if (token.type === 'td_open') table?.rows.at(-1)?.push(passageOf(next));
}
