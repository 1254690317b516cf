// The engine's compiler with leaner calls: a large run prints a million values, and the general form of each costs more
// than the printing. A subclass is how the engine has its output changed (its docs/compiler-api.md).
import Handlebars from 'handlebars';

/** A piece of the code that is being written. */
type Code = string | object;

/** What is used of the engine's compiler, which its types leave out. */
interface EngineCompiler {
  /** The class for the programs inside a template. */
  compiler: unknown;
  readonly options: { readonly helpersWithoutOptions: ReadonlySet<string> };
  readonly source: {
    /** Place in the template of what is being compiled. */
    readonly currentLocation: hbs.AST.SourceLocation;
    readonly functionCall: (
      called: Code,
      method: string,
      params: readonly Code[],
    ) => Code;
  };
  push(code: Code): void;
  replaceStack(change: (current: Code) => readonly Code[]): void;
  aliasable(code: string): Code;
  quotedString(text: string): Code;
  nameLookup(parent: Code, name: string, type: string): Code;
  objectLiteral(members: Readonly<Record<string, Code>>): Code;
  setupParams(name: string, count: number, params: Code[]): unknown;
  resolvePath(...path: Path): void;
  invokeKnownHelper(count: number, name: string): void;
}

/** Kind of what is looked in, the names, index of the first, whether falsy values end it, whether a missing name is an error. */
type Path = [
  type: string,
  names: readonly string[],
  start: number,
  falsy: boolean,
  isStrict?: boolean,
];

const { JavaScriptCompiler } = Handlebars as unknown as {
  readonly JavaScriptCompiler: new () => EngineCompiler;
};

/**
 * Writes a name as a member that is read in place when it is there, and a helper that takes no options of the engine as a
 * plain call. The compile option `helpersWithoutOptions` names those; they must be passed unwrapped.
 */
export class LeanCompiler extends JavaScriptCompiler {
  override compiler = LeanCompiler;

  override resolvePath(...path: Path): void {
    const [type, names, start, falsy, isStrict] = path;
    const name = names.at(-1);
    if (isStrict !== true || name === undefined || start === names.length)
      return super.resolvePath(...path);
    if (start < names.length - 1)
      super.resolvePath(type, names.slice(0, -1), start, falsy);
    const quoted = this.quotedString(name);
    const place = JSON.stringify(this.source.currentLocation);
    // A view is plain data: what is not its own is not there.
    const missing = this.source.functionCall(
      this.aliasable('container.strict'),
      '',
      ['null', quoted, place],
    );
    this.replaceStack((value) => [
      ' != null && ',
      this.source.functionCall(this.aliasable('Object.hasOwn'), '', [
        value,
        quoted,
      ]),
      [' ? ', value, '[', quoted, '] : ', missing],
    ]);
  }

  override invokeKnownHelper(count: number, name: string): void {
    if (!this.options.helpersWithoutOptions.has(name))
      return super.invokeKnownHelper(count, name);
    const params: Code[] = [];
    this.setupParams(name, count, params);
    const helper = this.nameLookup('helpers', name, 'helper');
    this.push(this.source.functionCall(helper, '', params));
  }

  /** The options of `if` and `each`, made anew at each call: without name and place, for which neither asks. */
  override objectLiteral(members: Readonly<Record<string, Code>>): Code {
    if (!('loc' in members && 'hash' in members))
      return super.objectLiteral(members);
    const { loc: _loc, name: _name, ...options } = members;
    const hash =
      options['hash'] === '{}' ? 'container.nullContext' : options['hash'];
    return super.objectLiteral({ ...options, hash: hash ?? 'undefined' });
  }
}
