import { execFileSync } from 'node:child_process';
import * as fc from 'fast-check';
import * as ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { hostileText } from '../testing/hostile-text.ts';
import { cleanText } from './clean-text.ts';
import { confValue, propertiesValue } from './escape-properties.ts';
import { shellComment, shellWord } from './escape-shell.ts';
import { sqlString } from './escape-sql.ts';
import {
  tsComment,
  tsIdentifier,
  tsProperty,
  tsString,
} from './escape-typescript.ts';

const parse = (source: string) =>
  ts.createSourceFile('x.ts', source, ts.ScriptTarget.Latest, true);

const syntaxErrors = (source: string): readonly unknown[] =>
  ts.transpileModule(source, {
    reportDiagnostics: true,
    compilerOptions: { target: ts.ScriptTarget.Latest },
  }).diagnostics ?? [];

describe('TypeScript', () => {
  it('reads a string literal back as the text', () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        const [statement, ...others] = parse(
          `f(${tsString(text)});`,
        ).statements;
        expect(others).toEqual([]);
        const call = (statement as ts.ExpressionStatement)
          .expression as ts.CallExpression;
        expect(call.arguments.length).toBe(1);
        expect((call.arguments[0] as ts.StringLiteral).text).toBe(
          cleanText(text),
        );
      }),
      { numRuns: 1000 },
    );
  });

  it('stays inside a comment, string literals too', () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        const source = `/** ${tsComment(text)} ${tsString(text)} */\n// ${tsComment(text)}\nlast;`;
        expect(parse(source).statements.length).toBe(1);
      }),
    );
  });

  it('makes names that may be bound and written', () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        const source = `const ${tsIdentifier(text)} = { ${tsProperty(text)}: 1 };\ninterface X { ${tsProperty(text)}: 1 }\nexport {};`;
        expect(syntaxErrors(source)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

describe('shell', () => {
  it('hands each word to the command unchanged', () => {
    const texts = fc.sample(hostileText(), { numRuns: 300, seed: 7 });
    const script = `# ${shellComment(texts.join(' '))}\nfor word in ${texts.map((text) => shellWord(text)).join(' ')}; do printf '%s\\0' "$word"; done\n`;
    const read = execFileSync('sh', ['-s'], { input: script })
      .toString('utf8')
      .split('\0')
      .slice(0, -1);
    expect(read).toEqual(texts.map((text) => cleanText(text)));
  });
});

describe('key = value files', () => {
  it('keep a value on one line of printable ASCII in Java properties', () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        expect(propertiesValue(text)).toMatch(/^[ -~]*$/);
      }),
    );
  });

  it('keep a conf value on one line, in quotes unless plain', () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        expect(confValue(text)).toMatch(/^(?:'[^'\n\r]*'|[\w.,:/@*^$()+-]+)$/);
      }),
    );
  });
});

describe('SQL', () => {
  it('doubles every quote inside a string literal', () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        const literal = sqlString(text);
        expect(literal.slice(1, -1).replaceAll("''", '')).not.toContain("'");
        expect(literal.slice(1, -1).replaceAll("''", "'")).toBe(
          cleanText(text),
        );
      }),
    );
  });
});
