// Writes the declarations of the package's public types: those of one module, and of every module that it refers to.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';

const compilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.NodeNext,
  isolatedDeclarations: true,
  declaration: true,
  strict: true,
};

/** Writes the declarations of `entry`, a path below `source`, into a folder of the same layout. */
export function writeTypes({ source, entry, folder }) {
  const waiting = [resolve(source, entry)];
  const seen = new Set(waiting);
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const { outputText, diagnostics } = ts.transpileDeclaration(
      readFileSync(path, 'utf8'),
      { fileName: path, compilerOptions, reportDiagnostics: true },
    );
    const [problem] = diagnostics;
    if (problem !== undefined) {
      const text = ts.flattenDiagnosticMessageText(problem.messageText, ' ');
      throw new Error(`${relative(source, path)}: ${text}`);
    }
    for (const [, target] of outputText.matchAll(/from '(\.[^']+)'/g)) {
      const found = resolve(dirname(path), target);
      if (seen.has(found)) continue;
      seen.add(found);
      waiting.push(found);
    }
    const out = join(folder, relative(source, path)).replace(/\.ts$/, '.d.ts');
    mkdirSync(dirname(out), { recursive: true });
    writeFileSync(
      out,
      outputText.replaceAll(/(from '\.[^']+)\.ts'/g, "$1.js'"),
    );
  }
}
