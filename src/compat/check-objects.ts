// Compares objects: required members, dependencies, member names, and which members the reader has looked at.
import { requiredGap } from './required-gap.ts';
import { candidatesIn } from './scalar-checks.ts';
import { otherMemberSchemas } from './branch-parts.ts';
import { equalKeyword } from './equal-schemas.ts';
import { evaluate } from './evaluate.ts';
import { objectWith } from './samples.ts';
import type { Branch } from './branch.ts';
import { isEmpty, narrowTo } from './branches.ts';
import { checkMembers } from './check-members.ts';
import type { Schema, SchemaObject } from './json-schema.ts';
import { lookedAt } from './looked-at.ts';
import { SAMPLING, lift, placeOf, stepInto } from './session.ts';
import type { Gap, Session } from './session.ts';

const TEXT: SchemaObject = { type: 'string' };

/** Keywords beside which filling in a default cannot change any other verdict. */
const SIMPLE_BESIDE_DEFAULTS = new Set([
  '$comment',
  '$defs',
  '$id',
  '$schema',
  'additionalProperties',
  'default',
  'deprecated',
  'description',
  'examples',
  'properties',
  'required',
  'title',
  'type',
  'unevaluatedProperties',
]);

/**
 * Finds objects that the reader refuses.
 *
 * @param branch a branch of the writer, narrowed to objects
 */
export function checkObjects(
  branch: Branch,
  reader: SchemaObject,
  session: Session,
): readonly Gap[] {
  return [
    ...checkRequired(branch, reader, session),
    ...checkDependencies(branch, reader, session),
    ...checkKnown(branch, reader, session),
    ...checkNames(branch, reader, session),
    ...checkUnevaluated(branch, reader, session),
  ];
}

function checkKnown(
  branch: Branch,
  reader: SchemaObject,
  session: Session,
): readonly Gap[] {
  const {
    properties = {},
    patternProperties = {},
    additionalProperties,
  } = reader;
  return checkMembers(
    branch,
    {
      properties,
      patterns: patternProperties,
      others: spared(additionalProperties, session),
    },
    session,
  );
}

function checkRequired(
  branch: Branch,
  reader: SchemaObject,
  session: Session,
): readonly Gap[] {
  return (reader.required ?? []).flatMap((name) => {
    const without = narrowTo(branch, {
      type: 'object',
      properties: { [name]: false },
    });
    if (without.length === 0) return [];
    if (!fillsIn(name, reader, session))
      return [requiredGap(branch, { without, name }, session)];
    session.assume(
      `the reader fills in the default of ${placeOf(stepInto(session, name))} where it is missing`,
    );
    return [];
  });
}

function fillsIn(
  name: string,
  reader: SchemaObject,
  session: Session,
): boolean {
  const member = reader.properties?.[name];
  if (
    !session.fillsDefaults ||
    typeof member !== 'object' ||
    member.default === undefined
  )
    return false;
  const isSimple = Object.keys(reader).every((keyword) =>
    SIMPLE_BESIDE_DEFAULTS.has(keyword),
  );
  return isSimple && evaluate(member, member.default) === true;
}

function checkDependencies(
  branch: Branch,
  reader: SchemaObject,
  session: Session,
): readonly Gap[] {
  const members = Object.entries(reader.dependentRequired ?? {}).flatMap(
    ([name, others]) =>
      others.flatMap((other) =>
        checkDependency(branch, { name, other }, session),
      ),
  );
  const schemas = Object.entries(reader.dependentSchemas ?? {}).flatMap(
    ([name, schema]) =>
      narrowTo(branch, having(branch, name)).flatMap((some) =>
        session.compareBranch(some, schema, session),
      ),
  );
  return [...members, ...schemas];
}

/** What the branch accepts of objects with a member: also what depends on that one. */
function having({ sources }: Branch, name: string): SchemaObject {
  const dependent = sources.flatMap(({ dependentSchemas = {} }) =>
    Object.hasOwn(dependentSchemas, name)
      ? [dependentSchemas[name] ?? true]
      : [],
  );
  return { type: 'object', required: [name], allOf: dependent };
}

function checkDependency(
  branch: Branch,
  { name, other }: { readonly name: string; readonly other: string },
  session: Session,
): readonly Gap[] {
  if (
    branch.dependencies.some(
      (own) => own.name === name && own.others.includes(other),
    )
  )
    return [];
  const without = narrowTo(branch, {
    type: 'object',
    required: [name],
    properties: { [other]: false },
  });
  if (without.length === 0) return [];
  const options = { ...SAMPLING, content: session.content };
  return [
    {
      steps: session.steps,
      kind: 'dependency-added',
      message: `${placeOf(session)} may hold "${name}" without "${other}", and the reader wants both or neither`,
      candidates: without
        .map((some) => objectWith(some, {}, options))
        .filter((value) => value !== null),
    },
  ];
}

function checkNames(
  branch: Branch,
  reader: SchemaObject,
  session: Session,
): readonly Gap[] {
  const { propertyNames } = reader;
  if (
    propertyNames === undefined ||
    branch.sources.some((own) => equalKeyword('propertyNames', own, reader))
  )
    return [];
  const open = !isEmpty(otherMemberSchemas(branch));
  const options = { ...SAMPLING, content: session.content };
  const inner = {
    ...stepInto(session, '*'),
    isTolerant: false,
    fillsDefaults: false,
  };
  const others = open
    ? lift(
        session.compareAt([TEXT, ...branch.nameRules], propertyNames, inner),
        (name) =>
          typeof name === 'string'
            ? objectWith(
                { ...branch, required: new Set([...branch.required, name]) },
                {},
                options,
              )
            : null,
      )
    : [];
  const refusing: SchemaObject = { propertyNames };
  const found = candidatesIn(
    [branch],
    session,
    (value) => evaluate(refusing, value) === false,
  );
  const isNamesOk = branch.memberRules.every((rule) =>
    [...rule.properties].every(
      ([name, schema]) =>
        schema === false || evaluate(propertyNames, name) === true,
    ),
  );
  const hasPatterns = branch.memberRules.some((rule) => rule.patterns.size > 0);
  if (others.length === 0 && isNamesOk && !hasPatterns) return [];
  const candidates = [...found, ...others.flatMap((gap) => gap.candidates)];
  const message = `${placeOf(session)} may have member names that the reader refuses`;
  return [
    {
      steps: session.steps,
      kind: 'property-name-narrowed',
      message,
      candidates,
    },
  ];
}

function checkUnevaluated(
  branch: Branch,
  reader: SchemaObject,
  session: Session,
): readonly Gap[] {
  const others = spared(reader.unevaluatedProperties, session);
  if (others === undefined) return [];
  const looked = lookedAt(branch, reader, { session, isOutermost: true });
  if (looked.isAll) return [];
  return checkMembers(
    branch,
    { properties: looked.properties, patterns: looked.patterns, others },
    session,
  );
}

/** A tolerant reader passes over unknown members instead of refusing them. */
function spared(
  others: Schema | undefined,
  session: Session,
): Schema | undefined {
  return others === false && session.isTolerant ? undefined : others;
}
