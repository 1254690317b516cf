// Text of users inside Mermaid sources: everything but plain letters becomes Mermaid's own `#code;` entities,
// which it decodes only after parsing (mermaid `encodeEntities`).
import { oneLine } from './clean-text.ts';

const entity = (character: string): string => `#${character.codePointAt(0)};`;

/** Makes a quoted label, quotes included, for flowchart nodes and edges, subgraphs and participants' aliases. */
export function mermaidLabel(value: unknown): string {
  // A quoted label may hold anything but what ends it, starts HTML, an entity, a directive or a Markdown string.
  const text = oneLine(value).replaceAll(/["#&<>`%\\{};]/g, entity);
  return `"${text === '' ? ' ' : text}"`;
}

/** A keyword alone closes a block in sequence diagrams and flowcharts. */
const keyword =
  /\b(?:end|style|class|classDef|click|linkStyle|graph|subgraph|note)\b/i;
const everyKeyword = new RegExp(keyword, 'gi');
/** Words and marks that no rule below changes, on one line; most texts are of these alone. */
const harmless = wordsBetween(/[.,/]|-(?!-)| (?! |$)/);

/** Words that are no keyword with one or more marks between them; an underscore is part of a word. */
function wordsBetween({ source: mark }: RegExp): RegExp {
  const word = String.raw`(?!${keyword.source})\w+`;
  return new RegExp(`^(?!_)${word}(?:(?:${mark})+${word})*(?:${mark})*$`, 'i');
}

/** Escapes a text that stands unquoted: messages, notes, states, periods of a timeline. */
export function mermaidText(value: unknown): string {
  if (typeof value === 'string' && harmless.test(value)) return value;
  const text = oneLine(value);
  return text
    .replaceAll(/[^\p{L}\p{N}\p{M} ._,/-]/gu, entity)
    .replaceAll('--', `-${entity('-')}`)
    .replace(/^[-./_,]/, entity)
    .replaceAll(everyKeyword, (word) => entity(word) + word.slice(1));
}

/** One line of a label. */
interface LabelLine {
  readonly text: string;
  readonly isStrong: boolean;
  /** A line break stands before it. */
  readonly isNext: boolean;
}

/** Escapes the lines of a label and puts them together with the tags that Mermaid draws: `<b>name</b><br/>fact`. */
export function mermaidLines(lines: unknown): string {
  let label = '';
  for (const { text, isStrong, isNext } of lines as readonly LabelLine[]) {
    if (isNext) label += '<br/>';
    label += isStrong ? `<b>${mermaidText(text)}</b>` : mermaidText(text);
  }
  return label;
}

/** Makes a node id of a name: letters, digits and underscores, prefixed so that it is no keyword. */
export function mermaidId(value: unknown): string {
  return `n_${oneLine(value).replaceAll(/[^A-Za-z0-9]/g, (character) =>
    // Names differ after this when they differ before: each foreign character keeps its code.
    character === '-' ? '_' : `_${character.codePointAt(0)?.toString(36)}_`,
  )}`;
}
