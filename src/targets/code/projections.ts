// The read side: a file for each projection with its row, its table, its queries and their endpoints.
import type { Artifact } from '../../core/artifact.ts';
import { shortHash } from '../../core/unique-names.ts';
import type { Projection, Query } from '../../model/model.ts';
import { rebuildSources } from '../../model/stored-events.ts';
import { withoutNull, type Field } from '../../model/payload.ts';
import {
  appPath,
  generatedFile,
  generatedPath,
  runtimePath,
  shapeDeclaration,
  type CodeContext,
} from './code-context.ts';
import {
  list,
  object,
  objectDoc,
  openObject,
  parameters,
  property,
  signature,
  text,
  type ObjectDoc,
} from './expressions.ts';
import { indent, layOut, type Doc } from './layout.ts';
import { messageType } from './messages.ts';
import { memberNames, parameterNames } from './names.ts';
import { Imports } from './source-file.ts';
import { columnList, indexStatement, sqlType, tableName } from './sql.ts';
import { genericDoc, layOutDeclaration } from './type-layout.ts';

/** Emits the read model of each projection. */
export function emitProjections(context: CodeContext): readonly Artifact[] {
  return ownProjections(context).map((one) => projectionFile(context, one));
}

/** Lists the projections of services that belong to this system. */
export function ownProjections(context: CodeContext): readonly Projection[] {
  const external = new Set(
    context.model.services
      .filter((one) => one.isExternal)
      .map((one) => one.name),
  );
  return context.model.projections.filter(
    ({ service }) => !external.has(service),
  );
}

/** Gives the path of a projection's derived file. */
export function projectionPath(context: CodeContext, name: string): string {
  return generatedPath('projections', context.names.projection(name).file);
}

/** Gives the path of the file in which people write the fold. */
export function projectionAppPath(
  context: CodeContext,
  { name, service }: Projection,
): string {
  const folder = context.names.service(service).file;
  return appPath(folder, `${context.names.projection(name).file}-projection`);
}

/** Lists the queries on a projection. */
export function queriesOf(
  context: CodeContext,
  { name }: Projection,
): readonly Query[] {
  return context.model.queries.filter(({ projection }) => projection === name);
}

function projectionFile(
  context: CodeContext,
  projection: Projection,
): Artifact {
  const path = projectionPath(context, projection.name);
  const imports = new Imports(path);
  const { type, value } = context.names.projection(projection.name);
  const runtime = runtimePath('projection/projection');
  imports.value(projectionAppPath(context, projection), `evolve${type}`);
  imports.type(runtime, 'Projection');
  imports.value(runtime, 'bindEvolve');
  imports.type(runtimePath('storage/migrate'), 'Migration');
  const row = shapeDeclaration(context, projection.shape, {
    identifier: `${type}Row`,
    description: projection.description ?? 'One row of the read model.',
    imports,
  });
  const events = projection.from.map((event) =>
    messageType(context, imports, event),
  );
  const union = layOutDeclaration(
    `/** The events the read model is folded from. */\nexport type ${type}Event = ${events.join(' | ')};`,
  );
  const queries = queriesOf(context, projection);
  const read =
    queries.length === 0
      ? []
      : [
          queryClass({ projection, queries, type, imports }),
          endpoints({ projection, queries, type, imports, value }),
        ];
  return generatedFile(context, {
    path,
    about: `The read model "${projection.name}" and the queries on it. How events become rows is in ${projectionAppPath(context, projection)}.`,
    imports,
    body: [
      row,
      union,
      definition(context, projection),
      migration(context, projection),
      ...read,
    ],
    origins: [projection.origin],
  });
}

function definition(context: CodeContext, projection: Projection): string {
  const { type, value } = context.names.projection(projection.name);
  const events = projection.from.map((name): readonly [string, Doc] => {
    const owner = context.event(name).aggregate;
    const isNumbered = context.model.aggregates.some(
      (aggregate) => aggregate.name === owner,
    );
    return [property(name), isNumbered ? text(owner ?? '') : 'null'];
  });
  const sources = rebuildSources(context.model, projection);
  const made = openObject(
    object([
      ['name', text(projection.name)],
      ['group', text(projection.group)],
      ['table', text(tableName(projection.name))],
      ['key', text(projection.key)],
      ['columns', list(projection.shape.fields.map(({ name }) => text(name)))],
      ['optional', optionalColumns(projection)],
      ['events', object(events)],
      ['rebuiltFrom', list(sources.map(text))],
      [
        'evolve',
        [
          'bindEvolve',
          `<${type}Row, ${type}Event>`,
          parameters([`evolve${type}`]),
        ],
      ],
    ]),
  );
  return `${layOut([`export const ${value}Projection: Projection = `, made, ';'])}\n`;
}

/** Lists the columns whose fields are absent from a row when they have no value. */
function optionalColumns({ shape }: Projection): Doc {
  return list(
    shape.fields
      .filter(({ isRequired }) => !isRequired)
      .map(({ name }) => text(name)),
  );
}

/** The name carries the shape: a read model of another shape is dropped, made anew, and folded by a rebuild. */
function migration(context: CodeContext, projection: Projection): string {
  const { value } = context.names.projection(projection.name);
  const table = tableName(projection.name);
  const columns = columnList(projection, context.model.types);
  const indexes = queriesOf(context, projection).flatMap(
    (query) => indexStatement(projection, query) ?? [],
  );
  const shape = shortHash([...columns, ...indexes].join());
  const create = `\`CREATE TABLE ${table} (\n      ${templateText(columns.join(',\n      '))}\n    )\``;
  const statements = [
    text(`DROP TABLE IF EXISTS ${table}`),
    text(
      `DELETE FROM projection_checkpoint WHERE projection = '${projection.name}'`,
    ),
    create,
    ...indexes.map(text),
  ];
  return (
    `export const ${value}Tables: Migration = {\n` +
    `  name: ${text(`read-model/${projection.name}/${shape}`)},\n` +
    `  statements: [\n${statements.map((one) => `    ${one},\n`).join('')}  ],\n};\n`
  );
}

/** Escapes a text for a template literal. */
const templateText = (text: string): string =>
  text.replaceAll(/[\\`]|\$(?=\{)/g, '\\$&');

interface Reading {
  readonly projection: Projection;
  readonly queries: readonly Query[];
  readonly type: string;
  readonly imports: Imports;
}

const reservedMethods = ['constructor', 'sql'];

function queryClass(reading: Reading): string {
  const { projection, queries, type, imports } = reading;
  imports.type(runtimePath('storage/database'), 'Sql');
  imports.value(runtimePath('projection/read-rows'), 'readRows');
  const methods = queryMethods(queries);
  const members = queries.map((query) =>
    queryMethod(reading, query, methods.get(query.name) ?? query.name),
  );
  return (
    `/** Answers questions about ${projection.name}: the read side. */\n` +
    `export class ${type}QueryHandler {\n` +
    '  private readonly sql: Sql;\n\n' +
    '  constructor(sql: Sql) {\n    this.sql = sql;\n  }\n\n' +
    `${members.join('\n')}}\n`
  );
}

function queryMethods(queries: readonly Query[]): ReadonlyMap<string, string> {
  return memberNames(
    queries.map(({ name }) => name),
    reservedMethods,
  );
}

function queryMethod(
  { projection, type }: Reading,
  query: Query,
  method: string,
): string {
  const fields = query.by.map((name) => fieldOf(projection, name));
  const names = parameterNames(query.by);
  const params = fields.map(
    (field) => `${names.get(field.name)}: ${paramType(field, type)}`,
  );
  const head = layOut({
    kind: 'indent',
    body: [
      `  async ${method}`,
      signature(params, `: Promise<readonly ${type}Row[]> {`),
    ],
  });
  const by = fields.map((field): ObjectDoc =>
    object([
      ['column', text(field.name)],
      ['type', text(sqlType(field))],
      ['value', names.get(field.name) ?? ''],
    ]),
  );
  const { sort } = query;
  const call = openObject(
    object([
      ['table', text(tableName(projection.name))],
      ['key', text(projection.key)],
      ['optional', optionalColumns(projection)],
      ['by', list(by)],
      [
        'sort',
        sort === null
          ? 'null'
          : objectDoc(
              object([
                ['column', text(sort.field)],
                ['isDescending', String(sort.isDescending)],
              ]),
            ),
      ],
    ]),
  );
  const statement = layOut(
    indent(
      indent([`    return await readRows<${type}Row>(this.sql, `, call, ');']),
    ),
  );
  const comment = query.description ?? told(query);
  return `  /** ${oneLine(comment)} */\n${head}\n${statement}\n  }\n`;
}

function told({ by, sort }: Query): string {
  const which =
    by.length === 0 ? 'All rows' : `The rows of one ${by.join(' and ')}`;
  if (sort === null) return `${which}.`;
  return `${which}, sorted by ${sort.field}, ${sort.isDescending ? 'highest' : 'lowest'} first.`;
}

const oneLine = (value: string): string =>
  value.replaceAll(/\s+/g, ' ').replaceAll('*/', '*\\/').trim();

function fieldOf(projection: Projection, name: string): Field {
  const field = projection.shape.fields.find((one) => one.name === name);
  if (field === undefined)
    throw new Error(`projection "${projection.name}" has no field "${name}"`);
  return field;
}

function paramType(field: Field, type: string): string {
  switch (sqlType(field)) {
    case 'bigint':
    case 'double precision':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'jsonb':
      return `NonNullable<${type}Row[${text(field.name)}]>`;
    default:
      return withoutNull(field.type).kind === 'enum'
        ? `NonNullable<${type}Row[${text(field.name)}]>`
        : 'string';
  }
}

function endpoints(reading: Reading & { readonly value: string }): string {
  const { queries, projection, type, imports, value } = reading;
  imports.type(runtimePath('service/endpoint'), 'Endpoint');
  const methods = queryMethods(queries);
  const made = queries.map((query) => {
    const fields = query.by.map((name) => fieldOf(projection, name));
    const names = parameterNames(query.by);
    const path = [
      '',
      'queries',
      query.name,
      ...query.by.map((name) => `:${names.get(name)}`),
    ];
    const args = fields.map((field) =>
      fromPath(field, { type, variable: names.get(field.name) ?? '' }),
    );
    const call = layOut(
      indent(
        indent(
          indent([
            '      return await queries.',
            methods.get(query.name) ?? query.name,
            parameters(args),
            ';',
          ]),
        ),
      ),
    );
    const given = fields.length === 0 ? '_call' : '{ variables }';
    return (
      `  {\n    method: 'GET',\n    path: ${text(path.join('/'))},\n` +
      `    handle: async (${given}, { sql }) => {\n` +
      `      const queries = new ${type}QueryHandler(sql);\n${call}\n    },\n  },\n`
    );
  });
  return `export const ${value}Endpoints: readonly Endpoint[] = [\n${made.join('')}];\n`;
}

function fromPath(
  field: Field,
  { type, variable }: { readonly type: string; readonly variable: string },
): Doc {
  const given = `variables[${text(variable)}] ?? ''`;
  const asked = paramType(field, type);
  if (asked === 'string') return given;
  if (asked === 'number') return `Number(${given})`;
  if (asked === 'boolean') return `variables[${text(variable)}] === 'true'`;
  return withoutNull(field.type).kind === 'enum'
    ? `(${given}) as ${asked}`
    : [
        `JSON.parse(${given}) as `,
        genericDoc('NonNullable', [`${type}Row[${text(field.name)}]`]),
      ];
}
