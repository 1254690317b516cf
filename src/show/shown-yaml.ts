// A shown spec as YAML that reads like a spec and is one: what was filled in says so behind it, what is implied is a comment.
import type { JsonObject, JsonValue } from '../core/json.ts';
import { readablePath } from '../core/pointer.ts';
import {
  commentedYaml,
  type Commented,
  type CommentedEntry,
  type CommentedMap,
} from '../render/commented-yaml.ts';
import type { Shown, ShownEntry, ShownMap, ShownValue } from './shown.ts';

const header: readonly string[] = [
  'The resolved spec, defaults included, as event-arch reads it. It is a valid spec of the same design.',
  'A value without a remark is written there in the spec. "spec:" names the place in the spec that it comes from,',
  '"default:" and "derived:" say what was filled in, and why. Entries in comments follow from the rest.',
];

/** Writes the YAML form. */
export function shownYaml(root: ShownMap): string {
  return commentedYaml(mapOf(root, 'sections'), [...header, '']).replace(
    /^(# .*)\n# *\n/m,
    '$1\n\n',
  );
}

function mapOf(
  { entries }: ShownMap,
  level: 'sections' | 'inner',
): CommentedMap {
  return {
    kind: 'map',
    entries: entries.map((entry, index): CommentedEntry => ({
      key: entry.key,
      node: nodeOf(entry.node),
      above: [],
      hasBlankLineBefore:
        level === 'sections' && index > 0 && entry.node.kind === 'map',
      isCommentedOut: entry.isImplied,
    })),
  };
}

function nodeOf(node: Shown): Commented {
  switch (node.kind) {
    case 'value':
      return { kind: 'value', value: plainValue(node), comment: remark(node) };
    case 'list':
      return { kind: 'list', items: node.items.map(nodeOf) };
    case 'map':
      return (node.isCompact ? oneLine(node) : null) ?? mapOf(node, 'inner');
    default:
      return node satisfies never;
  }
}

/** A value of the author's with its justification is written as the author would. */
function plainValue(node: ShownValue): JsonValue {
  const { value, because, becauseBeside } = node;
  if (becauseBeside === null || because === null || !isOwn(node)) return value;
  return { [becauseBeside]: value, because };
}

const isOwn = ({ from, at, origin }: ShownValue): boolean =>
  from === 'spec' && (origin === at || origin.startsWith(`${at}/`));

function remark(node: ShownValue): string | null {
  const { from, at, origin, because } = node;
  if (isOwn(node)) return null;
  if (from === 'spec') return `spec: ${readablePath(origin)}`;
  const isInherited = /^\/guarantees\b/.test(origin) && !at.startsWith(origin);
  if (isInherited) return `${from}: as under ${readablePath(origin)}`;
  return because === null ? from : `${from}: ${because}`;
}

const widest = 100;

/** Puts a small map on one line, its provenance summed up behind it; null when it does not fit. */
function oneLine(node: ShownMap): Commented | null {
  const values = node.entries.flatMap((entry) =>
    entry.node.kind === 'value' ? [{ ...entry, node: entry.node }] : [],
  );
  if (values.length !== node.entries.length) return null;
  const written = values.filter(({ isImplied }) => !isImplied);
  const value: JsonObject = Object.fromEntries(
    written.map(({ key, node: one }) => [key, plainValue(one)]),
  );
  if (JSON.stringify(value).length > widest) return null;
  return { kind: 'value', value, comment: summary(values) };
}

function summary(
  values: readonly (ShownEntry & { readonly node: ShownValue })[],
): string | null {
  const remarks = values.map(({ key, node, isImplied }) => ({
    key,
    node,
    isImplied,
    text: remark(node),
  }));
  const [first] = remarks;
  if (
    first !== undefined &&
    remarks.every(({ text, isImplied }) => text === first.text && !isImplied)
  )
    return first.text;
  const told = remarks.filter(({ text }) => text !== null);
  const words = told.map(({ key, node, isImplied, text }) => {
    if (isImplied) return `${node.from}: ${key} ${JSON.stringify(node.value)}`;
    return node.from === 'spec'
      ? `${key} from ${readablePath(node.origin)}`
      : `${node.from}: ${key}${text === null ? '' : ''}`;
  });
  const merged = words.reduce<string[]>((all, word) => {
    const [from = '', key] = word.split(': ');
    const last = all.at(-1);
    if (
      key !== undefined &&
      last?.startsWith(`${from}: `) === true &&
      !key.includes(' ')
    )
      return [...all.slice(0, -1), `${last}, ${key}`];
    return [...all, word];
  }, []);
  return merged.length === 0 ? null : merged.join('; ');
}
