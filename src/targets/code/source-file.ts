// One generated TypeScript file in the making: its imports are gathered while its body is written.
import { byCodeUnit } from '../../core/artifact.ts';
import { text } from './expressions.ts';
import { width } from './layout.ts';

/** Gathers the imports of one file. */
export class Imports {
  private readonly from: string;
  /** Of each path the names, and whether each is a type alone. */
  private readonly named = new Map<string, Map<string, boolean>>();
  private readonly spaces = new Map<string, string>();
  private readonly later = new Set<string>();

  /** `from`: path of the file below the project's folder, e.g. `src/generated/system.ts`. */
  constructor(from: string) {
    this.from = from;
  }

  /** Imports a type and gives its name. */
  type(path: string, name: string): string {
    return this.add(path, name, true);
  }

  /** Imports a value (or a class) and gives its name. */
  value(path: string, name: string): string {
    return this.add(path, name, false);
  }

  /** Imports the types of a file under one name. */
  typesAs(path: string, name: string): string {
    this.spaces.set(path, name);
    return name;
  }

  /** Gives the specifier of a file that the body imports when it is needed. */
  late(path: string): string {
    this.later.add(path);
    return this.specifier(path);
  }

  /** Adds the imported files of a folder to a set, by their names below it, without extension. */
  addNames(folder: string, names: Set<string>): void {
    for (const files of [this.named, this.spaces, this.later])
      for (const path of files.keys())
        if (path.startsWith(folder))
          names.add(path.slice(folder.length, -'.ts'.length));
  }

  /** Writes the import declarations, in the order of their paths. */
  print(): string {
    const paths = new Map<string, string>();
    for (const path of this.named.keys()) paths.set(this.specifier(path), path);
    for (const path of this.spaces.keys())
      paths.set(this.specifier(path), path);
    let printed = '';
    for (const specifier of [...paths.keys()].sort(byCodeUnit))
      printed += this.declarations(paths.get(specifier) ?? '', specifier);
    return printed;
  }

  private add(path: string, name: string, isType: boolean): string {
    const names = this.named.get(path);
    if (names === undefined) this.named.set(path, new Map([[name, isType]]));
    else names.set(name, isType && (names.get(name) ?? true));
    return name;
  }

  private declarations(path: string, specifier: string): string {
    const space = this.spaces.get(path);
    const names = this.named.get(path);
    const from = text(specifier);
    return (
      (space === undefined ? '' : `import type * as ${space} from ${from};\n`) +
      (names === undefined ? '' : `${namedImport(names, from)}\n`)
    );
  }

  private specifier(path: string): string {
    const js = path.endsWith('.ts') ? `${path.slice(0, -2)}js` : path;
    if (!path.startsWith('src/')) return js;
    // Where the folders that both share end.
    let shared = 0;
    for (let at = 0; this.from[at] === js[at] && at < js.length; at += 1)
      if (js[at] === '/') shared = at + 1;
    let up = '';
    for (let at = shared; at < this.from.length; at += 1)
      if (this.from[at] === '/') up += '../';
    return (up || './') + js.slice(shared);
  }
}

/** `names`: whether each is a type alone. */
function namedImport(
  names: ReadonlyMap<string, boolean>,
  from: string,
): string {
  let isAllTypes = true;
  for (const isType of names.values()) isAllTypes &&= isType;
  const sorted = [...names.keys()].sort(byCodeUnit);
  const written = isAllTypes
    ? sorted
    : sorted.map((name) => (names.get(name) === true ? `type ${name}` : name));
  const head = isAllTypes ? 'import type {' : 'import {';
  const tail = `} from ${from};`;
  const flat = `${head} ${written.join(', ')} ${tail}`;
  return written.length === 1 || flat.length <= width
    ? flat
    : `${head}\n  ${written.join(',\n  ')},\n${tail}`;
}
