// The tables that a service's people add to its database.
import type { Artifact } from '../../core/artifact.ts';
import type { Service } from '../../model/model.ts';
import {
  appFile,
  appPath,
  runtimePath,
  type CodeContext,
} from './code-context.ts';
import { Imports } from './source-file.ts';

/** Tells whether a service has a database that its people may add tables to: the spec says so. */
export function hasOwnTables({ database }: Service): boolean {
  return database !== null;
}

/** Gives the path of the file with a service's own tables. */
export function ownTablesPath(context: CodeContext, service: Service): string {
  return appPath(context.names.service(service.name).file, 'tables');
}

/** Emits the file for a service's own tables; none for a service without a database. */
export function emitOwnTables(
  context: CodeContext,
  service: Service,
): readonly Artifact[] {
  if (!hasOwnTables(service)) return [];
  const path = ownTablesPath(context, service);
  const imports = new Imports(path);
  imports.type(runtimePath('storage/migrate'), 'Migration');
  return [
    appFile(context, {
      path,
      about: `The own tables of ${service.name}: handlers write to them through \`sql\`, in the message's transaction.`,
      imports,
      body: [
        '/** Applied once each, in this order. What has been applied stays as it is: change a table by adding a migration. */\nexport const tables: readonly Migration[] = [];\n',
      ],
      origins: [service.origin],
    }),
  ];
}
