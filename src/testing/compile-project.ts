// Compiles generated projects by their own compiler settings; what they share is parsed once for all of them.
import { join, relative } from 'node:path';
import ts from 'typescript';

/** Declarations of packages and of the language, by path: the same for all projects. */
const shared = new Map<string, ts.SourceFile | undefined>();

/** Compiles the project in a folder into its `dist`, and gives what the compiler says, one line each. */
export function compileProject(folder: string): readonly string[] {
  const read = ts.readConfigFile(
    join(folder, 'tsconfig.json'),
    ts.sys.readFile,
  );
  const { options, fileNames } = ts.parseJsonConfigFileContent(
    read.config,
    ts.sys,
    folder,
  );
  const { tsBuildInfoFile: _file, ...rest } = options;
  const program = ts.createProgram(
    fileNames,
    { ...rest, incremental: false },
    sharingHost(options),
  );
  const said = ts.getPreEmitDiagnostics(program);
  program.emit();
  return said.map(({ file, messageText }) => {
    const text = ts.flattenDiagnosticMessageText(messageText, ' ');
    return `${file === undefined ? '' : relative(folder, file.fileName)}: ${text}`;
  });
}

function sharingHost(options: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  const parse = host.getSourceFile.bind(host);
  host.getSourceFile = (path, version, onError, isNew) => {
    if (!path.includes('/node_modules/')) return parse(path, version, onError);
    if (!shared.has(path))
      shared.set(path, parse(path, version, onError, isNew));
    return shared.get(path);
  };
  return host;
}
