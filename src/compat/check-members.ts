// Compares the members that the writer may put into objects with what the reader accepts there.
import { searchText } from '../core/search-text.ts';
import {
  declaredNames,
  declaredPatterns,
  memberSchemas,
  otherMemberSchemas,
} from './branch-parts.ts';
import type { Branch, MemberRule } from './branch.ts';
import { areDisjoint } from './branch-texts.ts';
import { isEmpty } from './branches.ts';
import { evaluate } from './evaluate.ts';
import type { JsonValue, Schema } from './json-schema.ts';
import { freshName } from './member-names.ts';
import { objectWith, samplesAt } from './samples.ts';
import { SAMPLING, lift, placeOf, stepInto } from './session.ts';
import type { Gap, Session } from './session.ts';
import { textsMatching } from './text-samples.ts';

/** How the reader distributes members over schemas; `others` is absent where it says nothing about the rest. */
export interface ReaderRule {
  readonly properties: Readonly<Record<string, Schema>>;
  readonly patterns: Readonly<Record<string, Schema>>;
  readonly others: Schema | undefined;
}

/** Members the writer may write: one name, or one sample name standing for all that are treated alike. */
interface Group {
  readonly name: string | null;
  readonly step: string;
  readonly written: readonly Schema[];
  readonly read: readonly Schema[];
  readonly relation:
    'declared' | 'new-to-writer' | 'unknown-to-reader' | 'others';
}

/**
 * Finds members that the reader refuses.
 *
 * @param branch a branch of the writer, narrowed to objects
 */
export function checkMembers(
  branch: Branch,
  rule: ReaderRule,
  session: Session,
): readonly Gap[] {
  return [
    ...namedGroups(branch, rule),
    ...patternGroups(branch, rule),
    ...otherGroups(branch, rule),
  ]
    .filter((group) => !isEmpty(group.written))
    .flatMap((group) => checkGroup(branch, group, session));
}

function namedGroups(branch: Branch, rule: ReaderRule): readonly Group[] {
  const declared = new Set(declaredNames(branch));
  const names = [...new Set([...declared, ...Object.keys(rule.properties)])];
  return names
    .filter((name) =>
      branch.nameRules.every((nameRule) => evaluate(nameRule, name) !== false),
    )
    .map((name) => {
      const own = Object.hasOwn(rule.properties, name)
        ? [rule.properties[name] ?? true]
        : [];
      const matches = Object.entries(rule.patterns).map(
        ([key, part]) => [searchText(key, name), part] as const,
      );
      const matching = matches.flatMap(([isMatch, part]) =>
        isMatch === false ? [] : [part],
      );
      const isCovered = own.length + matching.length > 0;
      const read = isCovered ? [...own, ...matching] : asList(rule.others);
      const relation = !isCovered
        ? 'unknown-to-reader'
        : isDeclared(branch, name)
          ? 'declared'
          : 'new-to-writer';
      return {
        name,
        step: name,
        written: memberSchemas(branch, name),
        read,
        relation,
      };
    });
}

/** Groups names by the patterns of either side; names that several different patterns find are not told apart. */
function patternGroups(branch: Branch, rule: ReaderRule): readonly Group[] {
  const patterns = [
    ...new Set([...declaredPatterns(branch), ...Object.keys(rule.patterns)]),
  ];
  return patterns.map((pattern) => {
    const same = Object.hasOwn(rule.patterns, pattern)
      ? [rule.patterns[pattern] ?? true]
      : [];
    const overlapping = Object.entries(rule.patterns).flatMap(([key, part]) =>
      key === pattern || areDisjoint(key, pattern) ? [] : [part],
    );
    const fallback = same.length === 0 ? asList(rule.others) : [];
    return {
      name:
        textsMatching(pattern).find(
          (text) => !Object.hasOwn(rule.properties, text),
        ) ?? null,
      step: '*',
      written: patternSchemas(branch, pattern),
      read: [...same, ...overlapping, ...fallback],
      relation: 'others',
    };
  });
}

function otherGroups(branch: Branch, rule: ReaderRule): readonly Group[] {
  const isTaken = (name: string): boolean =>
    Object.hasOwn(rule.properties, name) ||
    Object.keys(rule.patterns).some(
      (pattern) => searchText(pattern, name) !== false,
    );
  const name = freshName(branch, isTaken);
  return [
    {
      name,
      step: '*',
      written: otherMemberSchemas(branch),
      read: asList(rule.others),
      relation: 'others',
    },
  ];
}

function checkGroup(
  branch: Branch,
  group: Group,
  outer: Session,
): readonly Gap[] {
  const session = stepInto(outer, group.step);
  const options = { ...SAMPLING, content: session.content };
  const embed = (value: JsonValue) =>
    group.name === null
      ? null
      : objectWith(branch, { [group.name]: value }, options);
  const gaps = group.read.flatMap((schema) => {
    if (schema !== false)
      return session.compareAt(group.written, schema, session);
    return [refusedMember(group, session)];
  });
  return lift(gaps, embed).map((gap) => restate(gap, group, session));
}

function refusedMember(group: Group, session: Session): Gap {
  const isNamed = group.relation !== 'others';
  return {
    steps: session.steps,
    kind: isNamed ? 'property-removed' : 'additional-properties-narrowed',
    message: isNamed
      ? `${placeOf(session)} may be written, and the reader does not know it and accepts no unknown members`
      : 'the writer may add members of its own, and the reader accepts no unknown members',
    candidates: samplesAt(group.written, {
      ...SAMPLING,
      content: session.content,
    }),
  };
}

/** Says it differently where the cause is the writer's open content and not a change of a declared member. */
function restate(gap: Gap, group: Group, session: Session): Gap {
  if (group.relation !== 'new-to-writer') return gap;
  return {
    ...gap,
    steps: session.steps,
    kind: 'property-added-to-open-model',
    message:
      `${placeOf(session)} has a meaning for the reader only; the writer's schema is open, so a payload may carry ` +
      'anything under that name, also what the reader refuses',
  };
}

function isDeclared(branch: Branch, name: string): boolean {
  return branch.memberRules.some(
    (rule) =>
      rule.properties.has(name) ||
      [...rule.patterns.keys()].some((key) => searchText(key, name) === true),
  );
}

function patternSchemas(branch: Branch, pattern: string): readonly Schema[] {
  return branch.memberRules.flatMap((rule) => {
    const own = rule.patterns.get(pattern);
    if (own !== undefined) return [own];
    return isApart(rule, pattern) ? [rule.additional] : [];
  });
}

/** Tells whether no name that the pattern finds is found by those of a rule. */
function isApart({ patterns }: MemberRule, pattern: string): boolean {
  return [...patterns.keys()].every((key) => areDisjoint(key, pattern));
}

function asList(schema: Schema | undefined): readonly Schema[] {
  return schema === undefined ? [] : [schema];
}
