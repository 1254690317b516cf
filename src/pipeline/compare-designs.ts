// Two checked specs to what changed between them, with the reasons that their authors give.
import type { Diagnostic } from '../core/diagnostic.ts';
import type { Broker } from '../brokers/broker.ts';
import { brokers } from '../brokers/index.ts';
import { severityOf, type Change } from '../changes/change.ts';
import { findChanges } from '../changes/find-changes.ts';
import type { Renames } from '../changes/renames.ts';
import {
  coverChanges,
  newReasons,
  reasonsIn,
  type Reason,
} from '../changes/reasons.ts';
import type { Policy } from '../compat/check-readable.ts';
import type { Model } from '../model/model.ts';
import type { CheckedSpec } from './check-spec.ts';
import { locate, type SourceSet } from './source-set.ts';

export interface ComparedDesigns {
  readonly before: Model | null;
  readonly after: Model;
  readonly renames: Renames;
  /** Breaking ones first. */
  readonly changes: readonly Change[];
  /** Reasons that cover nothing. */
  readonly unused: readonly Diagnostic[];
}

export interface CompareOptions {
  readonly policy: Policy;
  /** Given beside those in the spec. */
  readonly reasons: readonly Reason[];
}

/** Stages whose errors mean that there is no design; what rules and brokers find is no hindrance, nor is a wrong example. */
const stages = /^(?:syntax|schema|load|resolve)\/(?!example-refused$)/;

/** Gives the design of a checked spec; null when it does not resolve. */
export function designOf({
  model,
  broker,
  diagnostics,
}: CheckedSpec): { readonly model: Model; readonly broker: Broker } | null {
  const isWrong = diagnostics.some(
    ({ severity, code }) => severity === 'error' && stages.test(code),
  );
  if (isWrong || model === null) return null;
  const found =
    broker ?? brokers.find(({ name }) => name === model.broker.kind);
  return found === undefined ? null : { model, broker: found };
}

/**
 * Compares two specs; `before` null is a design that was not there, so everything is new.
 * Null when one of them does not resolve.
 */
export function compareDesigns(
  before: CheckedSpec | null,
  after: CheckedSpec,
  { policy, reasons }: CompareOptions,
): ComparedDesigns | null {
  const now = designOf(after);
  if (now === null) return null;
  const old =
    before === null
      ? { model: withoutParts(now.model), broker: now.broker }
      : designOf(before);
  if (old === null) return null;
  const written = newReasons(
    before === null ? [] : writtenReasons(before.sources),
    writtenReasons(after.sources),
  );
  const found = findChanges(old, now, policy);
  const { changes, unused } = coverChanges(found.changes, [
    ...reasons,
    ...written,
  ]);
  return {
    renames: found.renames,
    before: before === null ? null : old.model,
    after: now.model,
    changes,
    unused: locate(after.sources, unused),
  };
}

const writtenReasons = ({ documents }: SourceSet): readonly Reason[] =>
  documents.flatMap(({ file, text }) => reasonsIn(file, text));

function withoutParts(model: Model): Model {
  return {
    ...model,
    services: [],
    types: [],
    events: [],
    channels: [],
    publications: [],
    subscriptions: [],
    groups: [],
    flows: [],
    requests: [],
    aggregates: [],
    projections: [],
    queries: [],
    sagas: [],
  };
}

/** Tells changes as findings in the new design's files, for reporters that know nothing of changes. */
export function changeDiagnostics(
  sources: SourceSet,
  changes: readonly Change[],
): readonly Diagnostic[] {
  return locate(
    sources,
    changes.map((change): Diagnostic => ({
      code: change.code,
      severity: severityOf(change),
      message: fullMessage(change),
      pointer: change.pointer,
      at: 'key',
      location: null,
      hint: change.cover === null ? change.hint : null,
      related: [],
    })),
  );
}

function fullMessage({ message, breaks, proof, cover }: Change): string {
  const who = breaks.map(
    ({ role, services, hasOutsiders }) =>
      `${role}: ${[...services, ...(hasOutsiders ? ['systems outside this design'] : [])].join(', ')}`,
  );
  const shown =
    proof !== null && 'payload' in proof
      ? [
          `${proof.writer} writes ${JSON.stringify(proof.payload)}, which ${proof.reader} refuses`,
        ]
      : [];
  const covered =
    cover === null ? [] : [`covered by its ${cover.by}: ${cover.reason}`];
  return [message, ...who, ...shown, ...covered].join('; ');
}
