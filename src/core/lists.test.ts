import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { append, largest, smallest } from './lists.ts';

/** More entries than the arguments of a call have room for. */
const many = Array.from({ length: 1_000_000 }, (_, at) => at);

describe('a list longer than the arguments of a call may be', () => {
  it('is really too long to be spread', () => {
    expect(() => Math.max(...many)).toThrow(RangeError);
  });

  it('is added to another', () => {
    const list = [-1];
    append(list, many);
    expect(list.length).toBe(1_000_001);
    expect(list.at(-1)).toBe(999_999);
  });

  it('gives its largest and smallest', () => {
    expect(largest(many)).toBe(999_999);
    expect(smallest(many)).toBe(0);
  });
});

it('gives what stands for the largest and smallest of nothing', () => {
  expect(largest([])).toBe(-Infinity);
  expect(largest([], 1)).toBe(1);
  expect(largest([0], 1)).toBe(1);
  expect(smallest([])).toBe(Infinity);
});

const source = fileURLToPath(new URL('..', import.meta.url));

const takesAny =
  '(?:push|unshift|splice|concat|max|min|assign|apply|from(?:Char|Code)\\w+)';
const named = new RegExp(`^${takesAny}$`);
/** What a file has to say before it is worth parsing. */
const mayCall = new RegExp(`\\.${takesAny}\\([^;]*\\.\\.\\.`);

/** Calls of functions that take lists of any length, given one as arguments. */
function spreadCalls(file: string, text: string): readonly string[] {
  if (!mayCall.test(text)) return [];
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (
      ts.isCallExpression(node) &&
      ts.isPropertyAccessExpression(node.expression) &&
      node.arguments.some((argument) => ts.isSpreadElement(argument)) &&
      named.test(node.expression.name.text)
    )
      found.push(`${file}: ${node.getText().slice(0, 80)}`);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  return found;
}

describe('the sources', () => {
  it('spread no list into the arguments of a call that takes any number', () => {
    const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .filter((file) => !/^testing[\\/]/.test(file));
    expect(files.length).toBeGreaterThan(500);
    expect(
      files.flatMap((file) =>
        spreadCalls(file, readFileSync(`${source}${file}`, 'utf8')),
      ),
    ).toEqual([]);
  });

  it('would be told of such a call', () => {
    expect(spreadCalls('a.ts', 'list.push(...more); f(...more);')).toEqual([
      'a.ts: list.push(...more)',
    ]);
  });
});
