// Payloads: whether those who read an event still can, under the mode that is declared for it.
import { segmentsOf } from '../../core/pointer.ts';
import type { VersionFinding } from '../../compat/check-compatibility.ts';
import type { Event } from '../../model/model.ts';
import { defineKind, type Change, type Cover, type Teller } from '../change.ts';
import type { Comparison } from '../comparison.ts';
import {
  changesText,
  describeChange,
  type DescribedChange,
} from '../describe-change.ts';
import {
  comparable,
  isSameSchema,
  jointContent,
  newFindings,
  proofOf,
  upgradeOrder,
} from '../payload-check.ts';
import { consumersOf, subject } from '../parties.ts';
import type { Pair } from '../side.ts';
import {
  demandOf,
  isPromised,
  keptVersions,
  newsOf,
  readersOf,
  type Demand,
} from '../payload-readers.ts';
import { pointerInto } from '../pointer-into.ts';
import { coverOf } from '../version-cover.ts';

const entries = {
  'payload-refused': {
    severity: 'error',
    message: 'the payload of "{event}" is not {mode}-compatible: {gap}; {who}',
    hint: 'Undo it, or raise "version" of "{event}" and keep version {version} under "versions".{otherwise}',
    why: 'An event that a consumer refuses is retried, and ends among the dead letters; what it told is lost to that consumer until somebody repairs it. The declared compatibility mode is the promise that this does not happen, in whatever order services are deployed that the mode allows. An event-sourced aggregate is the replay of its events, so it has to read every one of them for ever, whatever mode is declared: one that is refused, and it cannot be loaded any more.',
  },
  'payload-unproven': {
    severity: 'warning',
    message:
      'it could not be decided whether the payload of "{event}" stays {mode}-compatible: {gap}; {who}',
    hint: 'Look at the two schemas by hand, or write the change in simpler terms.',
    why: 'Some questions about two schemas have no answer that can be worked out, such as whether one regular expression includes another. What is not proven is not promised.',
  },
  'payload-unchecked': {
    severity: 'warning',
    message:
      'the payload of "{event}" changed so that neither old nor new readers manage both ({changes}), and its compatibility is "none"',
    hint: 'Deploy its publishers and consumers together, with its queues and logs empty, or declare a compatibility mode.',
    why: 'Without a declared mode nothing is promised, so nothing is refused here; a consumer that meets a payload of the other kind still breaks.',
  },
  'payload-changed': {
    severity: 'info',
    message: 'the payload of "{event}" changed: {changes}; {order}',
    hint: null,
    why: 'The change keeps the declared promise. The order in which services are deployed follows from it.',
  },
} as const;

const orders = {
  any: 'publishers and consumers can be deployed in any order',
  consumers: 'deploy its consumers before its publishers',
  publishers: 'deploy its publishers before its consumers',
  together: 'deploy its publishers and consumers together',
} as const;

/** Reports: `diff/payload-*`. */
export const payloads = defineKind(entries, (comparison, tell) =>
  comparison
    .events()
    .both.flatMap((pair) => changesOf(comparison, { pair, tell })),
);

interface Found {
  readonly pair: Pair<Event>;
  readonly tell: Teller<typeof entries>;
}

/** What the two payloads of an event are, and what can be said of both. */
interface Payloads extends Found {
  readonly comparison: Comparison;
  readonly last: Comparable;
  readonly now: Comparable;
  readonly described: readonly DescribedChange[];
  readonly about: {
    readonly subject: ReturnType<typeof subject>;
    readonly pointer: string;
  };
}

type Comparable = ReturnType<typeof comparable>;

function changesOf(comparison: Comparison, found: Found): readonly Change[] {
  const { pair } = found;
  const content = jointContent(pair);
  const last = comparable(comparison.before, pair.before.payload, content);
  const now = comparable(comparison.after, pair.after.payload, content);
  if (isSameSchema(last, now)) return [];
  const { name, payload } = pair.after;
  const payloads: Payloads = {
    ...found,
    ...{ comparison, last, now, described: describeChange(last, now) },
    about: { subject: subject('event', name), pointer: payload.origin },
  };
  const demand = demandOf(comparison, pair);
  const { promised, mode } = demand;
  const findings = newFindings(
    {
      ...{ mode, now },
      last: { version: pair.before.version, schema: last },
      older: keptVersions(comparison, pair),
    },
    comparison.policy,
  );
  if (findings.length === 0)
    return [promised === 'none' ? unpromised(payloads) : kept(payloads)];
  const cover = coverOf(comparison, pair);
  return distinctChanges(
    newsOf(findings, { pair, demand }).map((finding) =>
      unkept(payloads, { finding, demand, cover }),
    ),
  );
}

/** Tells one place once, though more than one keyword of it changed: the words would be the same. */
function distinctChanges(changes: readonly Change[]): readonly Change[] {
  const told = new Map<string, Change>();
  for (const change of changes) {
    const key = `${change.code} ${change.pointer} ${change.message}`;
    const known = told.get(key);
    const isShown = known?.proof != null && 'payload' in known.proof;
    if (known === undefined || !isShown) told.set(key, change);
  }
  return [...told.values()];
}

/** A change under no promise: told as risky when the two sides have to be deployed together. */
function unpromised(payloads: Payloads): Change {
  const { comparison, pair, last, now, described, about, tell } = payloads;
  if (upgradeOrder(now, last, comparison.policy) !== 'together')
    return kept(payloads);
  const breaks = [consumersOf(comparison.before, pair.before.name)];
  return tell(
    'payload-unchecked',
    { ...about, breaks },
    { event: pair.after.name, changes: changesText(described) },
  );
}

/** A change that keeps what was promised. Whoever reads a version that is new has to know it first. */
function kept(payloads: Payloads): Change {
  const { comparison, pair, last, now, described, about, tell } = payloads;
  const order =
    pair.after.version > pair.before.version
      ? 'consumers'
      : upgradeOrder(now, last, comparison.policy);
  return tell('payload-changed', about, {
    event: pair.after.name,
    changes: changesText(described),
    order: orders[order],
  });
}

/** A change that breaks the promise, or may do so. */
function unkept(
  { comparison, pair, described, about, tell }: Payloads,
  from: {
    readonly finding: VersionFinding;
    readonly demand: Demand;
    readonly cover: Cover | null;
  },
): Change {
  const { finding, demand, cover } = from;
  const { name, version, payload } = pair.after;
  const { breaks, who } = readersOf(comparison, { pair, demand, finding });
  const told = {
    ...about,
    pointer: pointerInto(payload, finding.path),
    breaks,
    proof: proofOf(finding, {
      now: writerName(version, pair, 'new'),
      older: writerName(Number(finding.olderVersion), pair, 'old'),
    }),
  };
  const words = {
    event: name,
    mode: isPromised(demand.promised, finding, pair.before.version)
      ? demand.promised
      : demand.mode,
    gap: gapText(finding, described),
    who,
  };
  return finding.verdict === 'unknown'
    ? tell('payload-unproven', told, words)
    : tell(
        'payload-refused',
        { ...told, cover },
        {
          ...words,
          version: pair.before.version,
          otherwise: otherwise(finding, demand),
        },
      );
}

/** What else helps where a payload breaks by what an object may hold besides, and not by what anybody writes on purpose. */
function otherwise({ kind }: VersionFinding, { mode }: Demand): string {
  const lenient =
    ' If writers write only what they declare and readers pass over the rest, "--policy lenient" judges so.';
  switch (kind) {
    case 'property-added-to-open-model':
      // Old readers of a closed object refuse them, so it helps where those are promised nothing.
      return mode.startsWith('backward')
        ? `${lenient} An object with "additionalProperties: false" takes new optional fields.`
        : lenient;
    case 'additional-properties-narrowed':
    case 'property-removed':
      return lenient;
    default:
      return '';
  }
}

/** Says what was done to the field that a finding is about, and what follows of it. */
function gapText(
  { path, message }: VersionFinding,
  described: readonly DescribedChange[],
): string {
  const field = segmentsOf(path)
    .map((step) => (step === '*' ? '[]' : `.${step}`))
    .join('')
    .slice(1)
    .replaceAll('.[]', '[]');
  const own = described.filter((change) => change.path === field);
  return own.length === 0 ? message : changesText(own);
}

function writerName(
  version: number,
  { before, after }: Pair<Event>,
  side: 'old' | 'new',
): string {
  const isAmbiguous = before.version === after.version;
  return isAmbiguous && version === after.version
    ? `version ${version} as it ${side === 'new' ? 'is now' : 'was'}`
    : `version ${version}`;
}
