// Type-checks many generated projects in memory, each by its own compiler settings: what they share is parsed once, and a
// file whose content and all of whose imports were checked before is not checked again.
import { createHash } from 'node:crypto';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';
import type { Artifact } from '../core/artifact.ts';
import { codePackages } from './code-packages.ts';

/** Gives what the compiler says of a project, one line each. */
export type TypeChecker = (
  files: ReadonlyMap<string, Artifact>,
) => readonly string[];

/** Makes a checker; it remembers what it has seen, so one serves many projects. */
export function typeChecker(): TypeChecker {
  // A folder that is never written: its packages are those beside it.
  const root = join(dirname(codePackages()), 'project');
  const parsed = new Map<string, ts.SourceFile | undefined>();
  const resolved = new Map<string, ts.ResolvedModuleFull | undefined>();
  const sound = new Set<string>();
  return (files) => {
    const texts = new Map(
      [...files].map(([path, { content }]) => [join(root, path), content]),
    );
    const { options, fileNames } = settingsOf(root, texts);
    const host = hostOf(texts, options, { parsed, resolved });
    const program = ts.createProgram(fileNames, options, host);
    const said = [...program.getOptionsDiagnostics()];
    const digests = closures(program, texts);
    for (const file of program.getSourceFiles()) {
      const digest = digests.get(file.fileName);
      if (digest === undefined || sound.has(digest)) continue;
      const found = [
        ...program.getSyntacticDiagnostics(file),
        ...program.getSemanticDiagnostics(file),
      ];
      if (found.length === 0) sound.add(digest);
      said.push(...found);
    }
    return said.map(({ file, messageText }) => {
      const text = ts.flattenDiagnosticMessageText(messageText, ' ');
      return `${file === undefined ? '' : relative(root, file.fileName)}: ${text}`;
    });
  };
}

/** Reads the project's own settings; emitting and the record of earlier runs are left out. */
function settingsOf(
  root: string,
  texts: ReadonlyMap<string, string>,
): ts.ParsedCommandLine {
  const path = join(root, 'tsconfig.json');
  const read = ts.parseConfigFileTextToJson(path, texts.get(path) ?? '');
  const parsed = ts.parseJsonConfigFileContent(
    read.config,
    {
      ...ts.sys,
      readDirectory: () =>
        [...texts.keys()].filter((one) => one.endsWith('.ts')),
    },
    root,
  );
  const { tsBuildInfoFile: _file, ...options } = parsed.options;
  return { ...parsed, options: { ...options, incremental: false } };
}

interface Shared {
  /** Declarations of packages and of the language by path; own files by path and content. */
  readonly parsed: Map<string, ts.SourceFile | undefined>;
  /** Packages by name. */
  readonly resolved: Map<string, ts.ResolvedModuleFull | undefined>;
}

function hostOf(
  texts: ReadonlyMap<string, string>,
  options: ts.CompilerOptions,
  { parsed, resolved }: Shared,
): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  const parse = host.getSourceFile.bind(host);
  const fileExists = host.fileExists.bind(host);
  const readFile = host.readFile.bind(host);
  const directoryExists = host.directoryExists?.bind(host);
  const folders = new Set([...texts.keys()].map(dirname));
  host.directoryExists = (path) =>
    folders.has(path) || (directoryExists?.(path) ?? true);
  host.fileExists = (path) => texts.has(path) || fileExists(path);
  host.readFile = (path) => texts.get(path) ?? readFile(path);
  host.getSourceFile = (path, version, ...rest) => {
    const key = `${path}\n${texts.get(path) ?? ''}`;
    if (!parsed.has(key)) parsed.set(key, parse(path, version, ...rest));
    return parsed.get(key);
  };
  host.resolveModuleNameLiterals = (literals, from, _redirected, own, file) =>
    literals.map((literal) => {
      const { text } = literal;
      if (text.startsWith('.') && texts.has(from))
        return { resolvedModule: ownModule(texts, from, text) };
      const mode = ts.getModeForUsageLocation(file, literal, own);
      // All own files have one folder of packages.
      const place = texts.has(from) ? '' : dirname(from);
      const key = [place, text, mode].join('\n');
      if (!resolved.has(key)) {
        const parts = [undefined, undefined, mode] as const;
        const found = ts.resolveModuleName(text, from, own, host, ...parts);
        resolved.set(key, found.resolvedModule);
      }
      return { resolvedModule: resolved.get(key) };
    });
  return host;
}

function ownModule(
  texts: ReadonlyMap<string, string>,
  from: string,
  specifier: string,
): ts.ResolvedModuleFull | undefined {
  const path = join(dirname(from), specifier.replace(/\.js$/, '.ts'));
  return texts.has(path)
    ? { resolvedFileName: path, extension: ts.Extension.Ts }
    : undefined;
}

/** A digest of each own file with everything that it imports, directly or not. */
function closures(
  program: ts.Program,
  texts: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const imports = new Map<string, readonly string[]>();
  for (const path of texts.keys()) {
    const file = program.getSourceFile(path);
    if (file === undefined) continue;
    const { importedFiles } = ts.preProcessFile(file.text, true, true);
    imports.set(
      path,
      importedFiles.flatMap(
        ({ fileName }) =>
          ownModule(texts, path, fileName)?.resolvedFileName ?? [],
      ),
    );
  }
  return new Map(
    [...imports.keys()].map((path) => {
      const reached = new Set([path]);
      for (const one of reached)
        for (const next of imports.get(one) ?? []) reached.add(next);
      const hash = createHash('sha256');
      for (const one of [...reached].sort())
        hash.update(`${one}\n${texts.get(one) ?? ''}\n`);
      return [path, hash.digest('hex')];
    }),
  );
}
