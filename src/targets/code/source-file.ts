// One generated TypeScript file in the making: its imports are gathered while its body is written.
import { byCodeUnit } from '../../core/artifact.ts';
import { text } from './expressions.ts';
import {
  group,
  ifBroken,
  indent,
  join,
  layOut,
  line,
  type Doc,
} from './layout.ts';

interface Imported {
  readonly name: string;
  readonly isType: boolean;
}

/** Gathers the imports of one file. */
export class Imports {
  private readonly from: string;
  private readonly named = new Map<string, Map<string, Imported>>();
  private readonly spaces = new Map<string, string>();

  /** `from`: path of the file below the project's folder, e.g. `src/generated/system.ts`. */
  constructor(from: string) {
    this.from = from;
  }

  /** Imports a type and gives its name. */
  type(path: string, name: string): string {
    return this.add(path, { name, isType: true });
  }

  /** Imports a value (or a class) and gives its name. */
  value(path: string, name: string): string {
    return this.add(path, { name, isType: false });
  }

  /** Imports the types of a file under one name. */
  typesAs(path: string, name: string): string {
    this.spaces.set(path, name);
    return name;
  }

  /** Writes the import declarations, in the order of their paths. */
  print(): string {
    const paths = [...new Set([...this.named.keys(), ...this.spaces.keys()])];
    const sorted = paths
      .map((path) => ({ path, specifier: this.specifier(path) }))
      .toSorted((left, right) => byCodeUnit(left.specifier, right.specifier));
    return sorted
      .flatMap(({ path, specifier }) => this.declarations(path, specifier))
      .join('');
  }

  private add(path: string, imported: Imported): string {
    const names = this.named.get(path) ?? new Map<string, Imported>();
    const known = names.get(imported.name);
    const isType = imported.isType && (known?.isType ?? true);
    names.set(imported.name, { name: imported.name, isType });
    this.named.set(path, names);
    return imported.name;
  }

  private declarations(path: string, specifier: string): readonly string[] {
    const space = this.spaces.get(path);
    const names = [...(this.named.get(path)?.values() ?? [])].toSorted(
      (left, right) => byCodeUnit(left.name, right.name),
    );
    return [
      ...(space === undefined
        ? []
        : [`import type * as ${space} from ${text(specifier)};\n`]),
      ...(names.length === 0 ? [] : [`${namedImport(names, specifier)}\n`]),
    ];
  }

  private specifier(path: string): string {
    const js = path.replace(/\.ts$/, '.js');
    if (!path.startsWith('src/')) return js;
    const from = this.from.split('/').slice(0, -1);
    const to = js.split('/');
    let shared = 0;
    while (from[shared] !== undefined && from[shared] === to[shared])
      shared += 1;
    const up = from.slice(shared).map(() => '..');
    const steps = [...(up.length === 0 ? ['.'] : up), ...to.slice(shared)];
    return steps.join('/');
  }
}

function namedImport(names: readonly Imported[], specifier: string): string {
  const isAllTypes = names.every(({ isType }) => isType);
  const docs = names.map(({ name, isType }): Doc =>
    isType && !isAllTypes ? `type ${name}` : name,
  );
  const head = isAllTypes ? 'import type {' : 'import {';
  const tail = `} from ${text(specifier)};`;
  if (docs.length === 1) return layOut([head, ' ', docs, ' ', tail]);
  return layOut([
    group([
      head,
      indent([line, join([',', line], docs)]),
      ifBroken(','),
      line,
      tail,
    ]),
  ]);
}
