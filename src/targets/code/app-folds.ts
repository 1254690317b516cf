// The first version of how events become rows of read models. Written once, then theirs.
import type { Artifact } from '../../core/artifact.ts';
import type { Projection } from '../../model/model.ts';
import { withoutNull, type Field } from '../../model/payload.ts';
import { transitionOf } from './aggregate-plan.ts';
import { aggregatePlans } from './aggregates.ts';
import { appFile, type CodeContext } from './code-context.ts';
import {
  object,
  objectDoc,
  property,
  signature,
  text,
  memberAccess,
  usesVariable,
  type Property,
} from './expressions.ts';
import { layOut, type Doc } from './layout.ts';
import {
  ownProjections,
  projectionAppPath,
  projectionPath,
} from './projections.ts';
import { accepts, filledFrom, isFilled } from './sample.ts';
import { Imports } from './source-file.ts';

/** Emits the fold of each read model. */
export function emitProjectionApp(context: CodeContext): readonly Artifact[] {
  return ownProjections(context).map((projection) =>
    foldFile(context, projection),
  );
}

function foldFile(context: CodeContext, projection: Projection): Artifact {
  const path = projectionAppPath(context, projection);
  const imports = new Imports(path);
  const { type } = context.names.projection(projection.name);
  const derived = projectionPath(context, projection.name);
  imports.type(derived, `${type}Event`);
  imports.type(derived, `${type}Row`);
  const cases = projection.from.map((event) =>
    foldCase(context, projection, event),
  );
  const isUsed = cases.some((one) => usesVariable(one, 'row'));
  const head = layOut([
    `export function evolve${type}`,
    signature(
      [`${isUsed ? 'row' : '_row'}: ${type}Row | null`, `event: ${type}Event`],
      `: ${type}Row | null {`,
    ),
  ]);
  return appFile(context, {
    path,
    about: `How events become rows of the read model "${projection.name}". Pure: a rebuild folds the whole log again.`,
    imports,
    body: [
      `/** Returns the row after an event; null for none. */\n${head}\n  switch (event.type) {\n${cases.join('')}  }\n}\n`,
    ],
    origins: [projection.origin],
  });
}

/** An event that brings all required fields makes the row; any other leaves it with the fields it brings. */
function foldCase(
  context: CodeContext,
  projection: Projection,
  name: string,
): string {
  const { payload } = context.event(name);
  const shared = projection.shape.fields.filter((field) =>
    payload.fields.some(
      (other) =>
        other.name === field.name &&
        other.isRequired &&
        accepts(field.type, other.type),
    ),
  );
  const isFirstEvent = name === projection.from[0];
  const told = toldByEvent(context, {
    name,
    isFirstEvent,
    // What the payload carries is what the row takes; and no row changes its key.
    fields: projection.shape.fields.filter(
      (field) =>
        !shared.includes(field) &&
        (isFirstEvent || field.name !== projection.key),
    ),
  });
  const missing = projection.shape.fields.filter(
    (field) =>
      isFilled(field) &&
      !shared.includes(field) &&
      !told.some(([known]) => known === property(field.name)),
  );
  const samples = filledFrom(
    context,
    { ...projection.shape, schema: null, fields: missing },
    [],
  );
  const isMade = isFirstEvent && samples !== null && payload.schema === null;
  const taken = shared
    .filter((field) => isMade || field.name !== projection.key)
    .map((field): Property => [
      property(field.name),
      memberAccess('event.data', field.name),
    ]);
  const changes = [...taken, ...told];
  const statement: Doc = isMade
    ? ['return ', objectDoc(object([...changes, ...samples.properties])), ';']
    : changes.length === 0
      ? 'return row;'
      : [
          'return row && ',
          objectDoc(object([['...row', ''], ...changes])),
          ';',
        ];
  return caseOf(name, statement);
}

function caseOf(name: string, statement: Doc): string {
  const laid = layOut({
    kind: 'indent',
    body: {
      kind: 'indent',
      body: { kind: 'indent', body: ['      ', statement] },
    },
  });
  return `    case ${text(name)}:\n${laid}\n`;
}

/** What the event itself says of the fields that its payload lacks: the state it leads to, and for a new row its time. */
function toldByEvent(
  context: CodeContext,
  of: {
    readonly name: string;
    readonly isFirstEvent: boolean;
    readonly fields: readonly Field[];
  },
): readonly Property[] {
  const { aggregate } = context.event(of.name);
  const plan = aggregatePlans(context).find(
    (one) => one.aggregate.name === aggregate,
  );
  const transition = plan === undefined ? null : transitionOf(plan, of.name);
  const status = transition?.kind === 'always' ? transition.to : null;
  return of.fields.flatMap(({ name, type, isRequired }): Property[] => {
    const present = withoutNull(type);
    if (present.kind === 'enum' && status !== null)
      return present.values.includes(status)
        ? [[property(name), text(status)]]
        : [];
    const isTime = type.kind === 'primitive' && type.name === 'date-time';
    return isTime && isRequired && of.isFirstEvent
      ? [[property(name), 'event.time']]
      : [];
  });
}
