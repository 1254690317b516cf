// The checking half of the pipeline: files to model, with everything there is to say about it.
import { byCodeUnit } from '../core/artifact.ts';
import { hasErrors, type Diagnostic } from '../core/diagnostic.ts';
import type { Host } from '../core/host.ts';
import { isJsonObject, own, type JsonObject } from '../core/json.ts';
import type { Broker } from '../brokers/broker.ts';
import { brokers } from '../brokers/index.ts';
import type { Model } from '../model/model.ts';
import { resolveSpec } from '../resolve/resolve-spec.ts';
import { isActive } from '../policy/levels.ts';
import { reviewDesign } from '../rules/review-design.ts';
import { loadSpec, type LoadedSpec } from './load-spec.ts';
import { remainingSpec } from './remaining-spec.ts';
import { wholeReview, type ReviewPolicy } from './review-policy.ts';
import { readSchemaFiles } from './schema-files.ts';
import { settleFindings, type Settled } from './settle-findings.ts';
import { locate, type SourceSet } from './source-set.ts';

export interface SpecSource {
  /** Name used in diagnostics, and the base of relative paths. */
  readonly file: string;
  /** The text when it does not come from the file, such as standard input. */
  readonly text?: string;
  /** Broker to design for instead of the spec's. */
  readonly broker?: Broker;
  /** How findings are treated; every rule at its own severity when not given. */
  readonly policy?: ReviewPolicy;
  /** Gets the model of a spec without errors before the rules look at it, so that what needs no findings can begin. */
  readonly onModel?: (model: Model, broker: Broker) => void;
}

export interface CheckedSpec {
  /** Null when the spec could not be resolved; not to be generated from when a diagnostic is an error. */
  readonly model: Model | null;
  readonly broker: Broker | null;
  readonly sources: SourceSet;
  /** Invariant: sorted by file, place and code; no two the same. */
  readonly diagnostics: readonly Diagnostic[];
  /** Findings that are not told: ignored by comments, or known to the baseline. */
  readonly heldBack: HeldBack;
  /** Whether the rules ran: not on a spec with errors. */
  readonly isReviewed: boolean;
}

export type HeldBack = Pick<Settled, 'ignored' | 'known'>;

/**
 * Loads, validates, resolves and reviews a spec; stops after the first stage that has errors. Of a spec that the schema
 * refuses in places, names and the like are checked in what is left. Throws: `HostError`.
 */
export function checkSpec(host: Host, source: SpecSource): CheckedSpec {
  const loaded = loadSpec(host, source.file, source.text);
  const { sources } = loaded;
  const policy = source.policy ?? wholeReview;
  const stop = (diagnostics: readonly Diagnostic[]): CheckedSpec => ({
    model: null,
    broker: null,
    sources,
    ...settled(diagnostics, { sources, policy, isReviewed: false }),
  });
  if (loaded.value === null)
    return stop([...loaded.diagnostics, ...lookedUp(host, source, loaded)]);
  const broker = source.broker ?? brokerOf(loaded.value);
  if (broker === null) return stop(loaded.diagnostics);
  const schemaLibrary = readSchemaFiles(host, source.file, loaded.value);
  // Loading gives a value only when the schema has passed it.
  const resolved = resolveSpec(loaded.value, {
    broker,
    schemaLibrary,
  });
  const before = [...loaded.diagnostics, ...resolved.diagnostics];
  const model = resolved.value;
  const isReviewed = model !== null && !hasErrors(before);
  if (isReviewed) source.onModel?.(model, broker);
  const reviewed = isReviewed ? review(model, broker, policy) : [];
  return {
    model,
    broker,
    sources,
    ...settled([...before, ...reviewed], { sources, policy, isReviewed }),
  };
}

/** What is wrong with a refused spec beside what the schema says, as far as that is certain. */
function lookedUp(
  host: Host,
  source: SpecSource,
  { refused, diagnostics }: LoadedSpec,
): readonly Diagnostic[] {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const remains = refused === null ? null : remainingSpec(refused, errors);
  if (remains === null) return [];
  const broker = source.broker ?? brokerOf(remains.value);
  if (broker === null) return [];
  const schemaLibrary = readSchemaFiles(host, source.file, remains.value);
  return resolveSpec(remains.value, {
    broker,
    schemaLibrary,
  }).diagnostics.filter(remains.isCertain);
}

function settled(
  found: readonly Diagnostic[],
  given: {
    readonly sources: SourceSet;
    readonly policy: ReviewPolicy;
    readonly isReviewed: boolean;
  },
): Pick<CheckedSpec, 'diagnostics' | 'heldBack' | 'isReviewed'> {
  const { sources, isReviewed } = given;
  const { told, ignored, known } = settleFindings(
    arranged(sources, found),
    sources,
    given,
  );
  return {
    // What is told beside the findings has to be sorted in.
    diagnostics: arranged(sources, told),
    heldBack: { ignored, known },
    isReviewed,
  };
}

function brokerOf(value: JsonObject): Broker | null {
  const raw = own(value, 'broker');
  const kind = isJsonObject(raw) ? own(raw, 'kind') : raw;
  return brokers.find(({ name }) => name === kind) ?? null;
}

function review(
  model: Model,
  broker: Broker,
  { rules, levels }: ReviewPolicy,
): readonly Diagnostic[] {
  const active = rules.filter((rule) => isActive(rule, levels));
  return [...broker.check(model), ...reviewDesign(model, active)];
}

function arranged(
  sources: SourceSet,
  diagnostics: readonly Diagnostic[],
): readonly Diagnostic[] {
  const order = new Map(
    sources.documents.map(({ file }, index) => [file, index]),
  );
  const key = ({ location }: Diagnostic): readonly [number, number] => [
    location === null ? -1 : (order.get(location.file) ?? order.size),
    location?.range?.start ?? -1,
  ];
  const sorted = locate(sources, diagnostics).toSorted((left, right) => {
    const [leftFile, leftStart] = key(left);
    const [rightFile, rightStart] = key(right);
    return (
      leftFile - rightFile ||
      leftStart - rightStart ||
      byCodeUnit(left.code, right.code) ||
      byCodeUnit(left.message, right.message)
    );
  });
  return sorted.filter((diagnostic, index) => {
    const previous = sorted[index - 1];
    return previous === undefined || !isSame(previous, diagnostic);
  });
}

const isSame = (left: Diagnostic, right: Diagnostic): boolean =>
  left.code === right.code &&
  left.pointer === right.pointer &&
  left.message === right.message;
