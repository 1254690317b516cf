// YAML nodes to plain JSON values, with duplicate keys told and alias growth bounded.
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Alias,
  type Document,
  type YAMLMap,
} from 'yaml';
import type { Diagnostic } from '../core/diagnostic.ts';
import type { JsonValue } from '../core/json.ts';
import { child, type Pointer } from '../core/pointer.ts';
import type { AliasTargets } from './alias-targets.ts';
import { syntaxDiagnostics } from './diagnostics.ts';
import { rangeOf } from './range-of.ts';
import { keyText } from './source-document.ts';

/** Values that the aliases of one file may add; a generous hundred times of what a large spec reuses. */
export const aliasLimit = 100_000;
/** Levels of nesting; far below what the call stack bears. */
export const depthLimit = 200;

interface Walk {
  readonly targets: AliasTargets;
  readonly file: string;
  readonly diagnostics: Diagnostic[];
  /** Values made inside aliases so far. */
  aliased: number;
  isStopped: boolean;
  /** The alias of the file's own text inside which the walk is; where its growth is told. */
  outermost: Alias | null;
}

interface Level {
  readonly pointer: Pointer;
  readonly depth: number;
  readonly isAliased: boolean;
}

/** Turns the document's contents into a plain value. Reports: duplicate-key, key-not-text, alias-expansion, unknown-alias, too-deep. */
export function plainValue(
  document: Document,
  from: { readonly file: string; readonly targets: AliasTargets },
): { value: JsonValue; diagnostics: readonly Diagnostic[] } {
  const walk: Walk = {
    ...from,
    diagnostics: [],
    aliased: 0,
    isStopped: false,
    outermost: null,
  };
  const value = convert(walk, document.contents, {
    pointer: '',
    depth: 0,
    isAliased: false,
  });
  return { value, diagnostics: walk.diagnostics };
}

function convert(walk: Walk, node: unknown, level: Level): JsonValue {
  if (walk.isStopped) return null;
  if (level.depth > depthLimit) return stop(walk, node, level);
  if (level.isAliased && (walk.aliased += 1) > aliasLimit)
    return stop(walk, node, level);
  if (isScalar(node)) return scalarValue(node.value);
  if (isAlias(node)) return aliasValue(walk, node, level);
  if (isMap(node)) return mapValue(walk, node, level);
  if (isSeq(node)) {
    return node.items.map((item, index) =>
      convert(walk, item, {
        ...level,
        pointer: child(level.pointer, index),
        depth: level.depth + 1,
      }),
    );
  }
  return null;
}

function scalarValue(value: unknown): JsonValue {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null)
    return value;
  // NaN, infinities and big integers have no place in JSON: their text goes on, and the schema says what was expected.
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  return String(value);
}

function aliasValue(walk: Walk, node: Alias, level: Level): JsonValue {
  const target = walk.targets.get(node);
  if (target === undefined) {
    report(walk, node, level.pointer, 'unknown-alias', { name: node.source });
    return null;
  }
  if (!level.isAliased) walk.outermost = node;
  return convert(walk, target, {
    ...level,
    depth: level.depth + 1,
    isAliased: true,
  });
}

function mapValue(walk: Walk, map: YAMLMap, level: Level): JsonValue {
  const result: Record<string, JsonValue> = {};
  const first = new Map<string, unknown>();
  const merges: JsonValue[] = [];
  for (const { key, value } of map.items) {
    const name = keyText(key);
    if (name === null) {
      report(walk, key, level.pointer, 'key-not-text', {
        found: isSeq(key) ? 'a list' : 'a mapping',
      });
      continue;
    }
    const pointer = child(level.pointer, name);
    const inner = {
      pointer,
      depth: level.depth + 1,
      isAliased: level.isAliased,
    };
    if (name === '<<' && isMergeable(value)) {
      merges.push(convert(walk, value, inner));
      continue;
    }
    if (first.has(name))
      duplicate(walk, { key, name, pointer, earlier: first.get(name) });
    first.set(name, key);
    define(result, name, convert(walk, value, inner));
  }
  // An entry of its own goes before a merged one.
  for (const [name, value] of merges.flat().flatMap(entriesIn))
    if (!first.has(name)) define(result, name, value);
  return result;
}

const entriesIn = (merge: JsonValue): readonly [string, JsonValue][] =>
  typeof merge === 'object' && merge !== null ? Object.entries(merge) : [];

const isMergeable = (value: unknown): boolean =>
  isAlias(value) || isMap(value) || isSeq(value);

/** Sets an own property, also for `__proto__`, which plain assignment would swallow. */
function define(
  target: Record<string, JsonValue>,
  name: string,
  value: JsonValue,
): void {
  if (name === '__proto__') {
    Object.defineProperty(target, name, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  } else {
    target[name] = value;
  }
}

function duplicate(
  walk: Walk,
  found: { key: unknown; name: string; pointer: Pointer; earlier: unknown },
): void {
  const location = { file: walk.file, range: rangeOf(found.earlier) };
  walk.diagnostics.push(
    syntaxDiagnostics.make(
      'duplicate-key',
      {
        pointer: found.pointer,
        at: 'key',
        location: { file: walk.file, range: rangeOf(found.key) },
        related: [
          {
            message: `"${found.name}" stands here first`,
            pointer: found.pointer,
            location,
          },
        ],
      },
      { key: found.name },
    ),
  );
}

function stop(walk: Walk, node: unknown, level: Level): JsonValue {
  walk.isStopped = true;
  const isDeep = level.depth > depthLimit;
  const at = level.isAliased ? walk.outermost : node;
  report(walk, at, level.pointer, isDeep ? 'too-deep' : 'alias-expansion', {
    limit: isDeep ? depthLimit : aliasLimit,
  });
  return null;
}

function report(
  walk: Walk,
  node: unknown,
  pointer: Pointer,
  slug: 'unknown-alias' | 'key-not-text' | 'too-deep' | 'alias-expansion',
  parameters: Record<string, string | number>,
): void {
  const location = { file: walk.file, range: rangeOf(node) };
  // The four codes take different parameters; each caller gives those of its code.
  const make = syntaxDiagnostics.make as (
    slug: string,
    place: { pointer: Pointer; location: typeof location },
    parameters: Record<string, string | number>,
  ) => Diagnostic;
  walk.diagnostics.push(make(slug, { pointer, location }, parameters));
}
