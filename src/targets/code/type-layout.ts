// Declarations as `model/typescript.ts` writes them, to the same declarations within the width. Reads that small grammar and no other.
import {
  brokenGroup,
  group,
  hardLine,
  ifBroken,
  indent,
  join,
  layOut,
  line,
  softLine,
  width,
  type Doc,
} from './layout.ts';

/** A type that is written as it comes where its line is short enough: no object, no bracket, nothing to quote otherwise. */
const plainType = String.raw`(?:(?:readonly )?[\w$.]+(?:\[\])*|'[^'"\\\n]*')`;
/** Most interfaces: members of plain types, each within the width. They are laid out already. */
const laidOut = new RegExp(
  String.raw`^(?:/\*\*[^\n]*\*/\n)?(?:export )?interface [\w$]+ \{\n` +
    String.raw`(?:(?:  /\*\*[^\n]*\*/\n)?(?=.{1,${width}}\n)  readonly [\w$]+\??: ${plainType}(?: \| ${plainType})*;(?: //[^\n]*)?\n)+\}\n$`,
);

/** Lays out one declaration: comment, `interface` or `type`, final line feed. Throws for a text that is no such declaration (our bug). */
export function layOutDeclaration(declaration: string): string {
  if (laidOut.test(declaration)) return declaration;
  const tokens = tokensOf(declaration);
  return `${layOut(declarationDoc(tokens))}\n`;
}

/** Makes the layout of a union of types behind a colon or an equals sign. */
export function unionDoc(types: readonly Doc[]): Doc {
  return group(indent([line, unionBody(types)]));
}

/** Makes the layout of a type with arguments: `Omit<Order, 'id'>`. */
export function genericDoc(name: string, args: readonly Doc[]): Doc {
  return group([
    `${name}<`,
    indent([softLine, join([',', line], args)]),
    softLine,
    '>',
  ]);
}

function unionBody(types: readonly Doc[]): Doc {
  return group([
    ifBroken('| '),
    join(
      [line, '| '],
      types.map((type) => indent(type)),
    ),
  ]);
}

class Tokens {
  private readonly all: readonly string[];
  private at = 0;

  constructor(all: readonly string[]) {
    this.all = all;
  }

  peek(): string {
    return this.all[this.at] ?? '';
  }

  take(): string {
    const token = this.peek();
    this.at += 1;
    return token;
  }

  skip(token: string): boolean {
    if (this.peek() !== token) return false;
    this.at += 1;
    return true;
  }

  need(token: string): void {
    if (!this.skip(token))
      throw new Error(`"${token}" expected before "${this.peek()}"`);
  }
}

function tokensOf(declaration: string): Tokens {
  const pattern =
    /\/\*\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:[^'\\]|\\.)*'|\.\.\.|-?\d[\w.+-]*|[\w$]+(?:\.[\w$]+)*|\S/g;
  return new Tokens(declaration.match(pattern) ?? []);
}

function declarationDoc(tokens: Tokens): Doc {
  const comment = commentDoc(tokens);
  const head = tokens.skip('export') ? 'export ' : '';
  const kind = tokens.take();
  const name = tokens.take();
  if (kind === 'interface')
    return [comment, `${head}interface ${name} `, objectDoc(tokens, true)];
  tokens.need('=');
  const type = annotation(tokens);
  tokens.need(';');
  return [comment, `${head}type ${name} =`, type, ';'];
}

function commentDoc(tokens: Tokens): Doc {
  if (!tokens.peek().startsWith('/**')) return '';
  const lines = tokens
    .take()
    .split('\n')
    .map((text, index) => (index === 0 ? text : ` ${text.trim()}`));
  return [join(hardLine, lines), hardLine];
}

/** A type behind a colon or an equals sign, with the space before it. */
function annotation(tokens: Tokens): Doc {
  const types = unionTypes(tokens);
  const [only] = types;
  return types.length === 1 && only !== undefined
    ? [' ', only.doc]
    : isHugged(types)
      ? [' ', joined(types)]
      : unionDoc(types.map(({ doc }) => doc));
}

interface Type {
  readonly doc: Doc;
  readonly kind: 'object' | 'null' | 'list' | 'other';
}

/** One object or null: the object's braces stay on the line of the union. */
function isHugged(types: readonly Type[]): boolean {
  const nulls = types.filter(({ kind }) => kind === 'null').length;
  return (
    nulls === types.length - 1 && types.some(({ kind }) => kind === 'object')
  );
}

function joined(types: readonly Type[]): Doc {
  return join(
    ' | ',
    types.map(({ doc }) => doc),
  );
}

function unionTypes(tokens: Tokens): readonly Type[] {
  const types = [intersection(tokens)];
  while (tokens.skip('|')) types.push(intersection(tokens));
  return types;
}

function intersection(tokens: Tokens): Type {
  const types = [postfix(tokens)];
  while (tokens.skip('&')) types.push(postfix(tokens));
  const [first] = types;
  if (types.length === 1 && first !== undefined) return first;
  const docs = types.map(({ doc }) => doc);
  const hasObject = types.some(({ kind }) => kind === 'object');
  return {
    doc: hasObject
      ? join(' & ', docs)
      : group(indent(join([' &', line], docs))),
    kind: 'other',
  };
}

function postfix(tokens: Tokens): Type {
  const mark = tokens.skip('readonly') ? 'readonly ' : '';
  const inner = primary(tokens);
  let type = inner;
  while (tokens.skip('[')) {
    tokens.need(']');
    type = { doc: [mark, inList(type), '[]'], kind: 'list' };
  }
  if (type === inner && mark !== '')
    return { ...inner, doc: [mark, inner.doc] };
  return type;
}

interface Bracketed extends Type {
  /** Set for what stood in round brackets and needs them inside a list. */
  readonly union?: readonly Type[];
  /** Whether it is a list that stood in round brackets: `readonly` before a list of lists belongs to the outer one. */
  readonly isOwnList?: boolean;
}

function inList(type: Bracketed): Doc {
  if (type.isOwnList === true) return ['(', type.doc, ')'];
  if (type.union === undefined) return type.doc;
  return group([
    '(',
    indent([softLine, unionBody(type.union.map(({ doc }) => doc))]),
    softLine,
    ')',
  ]);
}

function primary(tokens: Tokens): Bracketed {
  if (tokens.peek() === '{')
    return { doc: objectDoc(tokens, false), kind: 'object' };
  if (tokens.skip('[')) return { doc: tupleDoc(tokens), kind: 'other' };
  if (tokens.skip('(')) {
    const types = unionTypes(tokens);
    tokens.need(')');
    const [only] = types;
    return types.length === 1 && only !== undefined
      ? { ...only, isOwnList: only.kind === 'list' }
      : { doc: ['(', joined(types), ')'], kind: 'other', union: types };
  }
  const token = tokens.take();
  if (!token.startsWith("'"))
    return { doc: token, kind: token === 'null' ? 'null' : 'other' };
  return { doc: requoted(token), kind: 'other' };
}

/** Prettier takes the quotes that need fewer escapes. */
function requoted(token: string): string {
  const body = token.slice(1, -1);
  const singles = body.split("\\'").length;
  return singles > body.split('"').length
    ? `"${body.replaceAll("\\'", "'").replaceAll('"', '\\"')}"`
    : token;
}

function tupleDoc(tokens: Tokens): Doc {
  const items: Doc[] = [];
  while (!tokens.skip(']')) {
    const rest = tokens.skip('...') ? '...' : '';
    const types = unionTypes(tokens);
    const body = types.length === 1 ? (types[0]?.doc ?? '') : joined(types);
    items.push([rest, body, tokens.skip('?') ? '?' : '']);
    tokens.skip(',');
  }
  return group([
    '[',
    indent([softLine, join([',', line], items), ifBroken(',')]),
    softLine,
    ']',
  ]);
}

function objectDoc(tokens: Tokens, isBroken: boolean): Doc {
  tokens.need('{');
  const members: Doc[] = [];
  let hasComment = false;
  while (!tokens.skip('}')) {
    hasComment ||= tokens.peek().startsWith('/**');
    members.push(memberDoc(tokens, isBroken));
  }
  if (members.length === 0) return '{}';
  const separator = isBroken ? hardLine : [';', line];
  const body: Doc = [
    '{',
    indent([line, join(separator, members)]),
    isBroken ? '' : ifBroken(';'),
    line,
    '}',
  ];
  return isBroken || hasComment ? brokenGroup(body) : group(body);
}

/** The members of an interface end themselves, so that a comment may follow the semicolon. */
function memberDoc(tokens: Tokens, endsItself: boolean): Doc {
  const comment = commentDoc(tokens);
  tokens.need('readonly');
  const name = tokens.skip('[') ? indexName(tokens) : tokens.take();
  const mark = tokens.skip('?') ? '?' : '';
  tokens.need(':');
  const type = annotation(tokens);
  // The last member of an object on one line ends without.
  if (tokens.peek() !== '}') tokens.need(';');
  const remark = tokens.peek().startsWith('//') ? ` ${tokens.take()}` : '';
  return [
    comment,
    `readonly ${name.startsWith("'") ? requoted(name) : name}${mark}:`,
    type,
    endsItself ? `;${remark}` : remark,
  ];
}

function indexName(tokens: Tokens): string {
  const name = tokens.take();
  tokens.need(':');
  const type = tokens.take();
  tokens.need(']');
  return `[${name}: ${type}]`;
}
