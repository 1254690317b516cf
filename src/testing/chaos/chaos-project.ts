// The generated project of the run in a folder of its own: handlers filled in, a protection taken out, compiled.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import type { Model } from '../../model/model.ts';
import { planCode } from '../generated-project.ts';
import { fixturePath } from '../load-model.ts';
import { type Protection, type ProjectText, sabotage } from './sabotage.ts';

/** The project of the run as text: what is generated, and over it what people would write. */
export function chaosProject(
  model: Model,
  without: Protection | null,
): ProjectText {
  const generated = new Map(
    [...planCode(model)].map(([path, { content }]) => [path, content]),
  );
  const app = fixturePath('chaos', 'app');
  for (const name of readdirSync(app, { recursive: true, encoding: 'utf8' })) {
    if (name.endsWith('.ts'))
      generated.set(`src/app/${name}`, readFileSync(join(app, name), 'utf8'));
  }
  // The tests of the first versions of handlers and sagas have nothing to say of these.
  const project = new Map(
    [...generated].filter(([path]) => !path.endsWith('.test.ts')),
  );
  return without === null
    ? project
    : sabotage(project, without, model.broker.kind);
}

/**
 * Writes a project and compiles it as its own settings say.
 *
 * Throws: the compiler finds fault with it.
 */
export function buildProject(folder: string, project: ProjectText): void {
  for (const [path, text] of project) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  symlinkSync(
    packagesOf(project.get('package.json') ?? '{}'),
    join(folder, 'node_modules'),
  );
  const said = compile(folder);
  if (said.length > 0) throw new Error(said.join('\n'));
}

function compile(folder: string): readonly string[] {
  const read = ts.readConfigFile(
    join(folder, 'tsconfig.json'),
    ts.sys.readFile,
  );
  const { options, fileNames } = ts.parseJsonConfigFileContent(
    read.config,
    ts.sys,
    folder,
  );
  const program = ts.createProgram(fileNames, options);
  const said = ts.getPreEmitDiagnostics(program);
  program.emit();
  return said.map(
    ({ file, messageText }) =>
      `${file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
  );
}

/** Installs what a project's manifest names, once for all runs. */
function packagesOf(manifest: string): string {
  const hash = createHash('sha256').update(manifest).digest('hex').slice(0, 12);
  const parent = process.env['EVENT_ARCH_CACHE'] ?? tmpdir();
  const place = join(parent, `project-packages-${hash}`);
  if (existsSync(place)) return join(place, 'node_modules');
  mkdirSync(parent, { recursive: true });
  // Two runs may want them at once: each installs beside the place, and the first to be done moves in.
  const own = mkdtempSync(`${place}-`);
  try {
    writeFileSync(join(own, 'package.json'), manifest);
    execFileSync(
      'npm',
      [
        'install',
        '--no-audit',
        '--no-fund',
        '--prefer-offline',
        '--loglevel=error',
      ],
      { cwd: own, stdio: ['ignore', 'ignore', 'inherit'] },
    );
    renameSync(own, place);
  } catch (error) {
    if (!existsSync(place)) throw error;
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
  return join(place, 'node_modules');
}
