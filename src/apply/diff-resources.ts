// What is wanted against what is live: pure, for every broker. Decides nothing about deleting; it only tells.
import type { JsonValue } from '../core/json.ts';
import type { Pointer } from '../core/pointer.ts';
import type {
  BrokerResource,
  Claim,
  DesiredState,
  LiveResource,
  Mutability,
  ResourceSetting,
} from '../brokers/resource.ts';

/** One setting whose live value is not the wanted one; `live` is null when it is not set at all. */
export interface SettingDrift {
  readonly key: string;
  readonly wanted: JsonValue;
  readonly live: JsonValue;
  readonly mutability: Mutability;
  readonly origin: Pointer;
  readonly because: string;
}

export type Drift =
  | { readonly kind: 'create'; readonly resource: BrokerResource }
  | {
      readonly kind: 'change';
      readonly resource: BrokerResource;
      readonly settings: readonly SettingDrift[];
    }
  /** It is mended by making it anew, which loses what it holds, or in another place: a person's decision. */
  | {
      readonly kind: 'cannot-change';
      readonly resource: BrokerResource;
      readonly settings: readonly SettingDrift[];
    }
  /** Live, in the design's own names, and not wanted. */
  | { readonly kind: 'extra'; readonly resource: LiveResource }
  /** Live, the design's own, not wanted, and let go without being asked: it does harm, and nothing is lost with it. */
  | {
      readonly kind: 'release';
      readonly resource: LiveResource;
      readonly because: string;
    }
  /** A right of others, not allowed by name, that reaches what is the design's own. */
  | {
      readonly kind: 'stranger';
      readonly resource: LiveResource;
      readonly reaches: string;
      /** Whether it may also reach what is not the design's, so that `apply` does not take it away. */
      readonly goesFurther: boolean;
    };

/** A right of others on what is the design's own. */
export type Stranger = Extract<Drift, { readonly kind: 'stranger' }>;

/** A difference that can be mended. */
export type Change = Extract<
  Drift,
  { readonly kind: 'create' } | { readonly kind: 'change' }
>;

/** Tells what making it anew mends: not a thing that is as it is because of another. */
export function isMendedAnew(drift: Drift): boolean {
  return (
    drift.kind === 'cannot-change' &&
    drift.settings.some(({ mutability }) => mutability !== 'elsewhere')
  );
}

/** Picks what is let go without being asked. */
export function releasesOf(drifts: readonly Drift[]): readonly LiveResource[] {
  return drifts.flatMap((drift) =>
    drift.kind === 'release' ? [drift.resource] : [],
  );
}

/** Picks the differences that can be mended. */
export function changesOf(drifts: readonly Drift[]): readonly Change[] {
  return drifts.filter(
    (drift): drift is Change =>
      drift.kind === 'create' || drift.kind === 'change',
  );
}

/**
 * Compares wanted with live: what is missing, what differs, what differs and cannot be changed in place, and what the
 * design owns and does not want, and rights of strangers on it. Live settings that the design does not name are left alone.
 * One resource may give both a `change` and a `cannot-change`. In the order of the wanted, extras and strangers last.
 */
export function diffResources(
  desired: DesiredState,
  live: readonly LiveResource[],
): readonly Drift[] {
  const found = new Map(live.map((one) => [identity(one), one]));
  const wanted = new Set(desired.resources.map(identity));
  return [
    ...desired.resources.flatMap((resource) =>
      compare(resource, found.get(identity(resource))),
    ),
    ...live
      .filter((one) => !wanted.has(identity(one)))
      .flatMap((resource) =>
        driftOfUnwanted(resource, desired.claimOf(resource)),
      ),
  ];
}

function driftOfUnwanted(
  resource: LiveResource,
  claim: Claim,
): readonly Drift[] {
  switch (claim.kind) {
    case 'own':
      return [{ kind: 'extra', resource }];
    case 'dangling':
      return [{ kind: 'release', resource, because: claim.because }];
    case 'stranger':
      return [{ ...claim, resource }];
    case 'shared':
    case 'foreign':
      return [];
    default:
      return claim satisfies never;
  }
}

function identity(one: {
  readonly kind: string;
  readonly name: string;
}): string {
  return JSON.stringify([one.kind, one.name]);
}

function compare(
  resource: BrokerResource,
  live: LiveResource | undefined,
): readonly Drift[] {
  if (live === undefined) return [{ kind: 'create', resource }];
  const possible: SettingDrift[] = [];
  const impossible: SettingDrift[] = [];
  for (const [key, setting] of Object.entries(resource.settings)) {
    const now = live.settings[key] ?? null;
    if (isSame(setting.value, now)) continue;
    const { value: wanted, mutability, origin, because } = setting;
    const drift = { key, wanted, live: now, mutability, origin, because };
    (canChange(setting, now) ? possible : impossible).push(drift);
  }
  return [
    ...(possible.length === 0
      ? []
      : [{ kind: 'change' as const, resource, settings: possible }]),
    ...(impossible.length === 0
      ? []
      : [{ kind: 'cannot-change' as const, resource, settings: impossible }]),
  ];
}

function canChange(setting: ResourceSetting, live: JsonValue): boolean {
  switch (setting.mutability) {
    case 'in-place':
      return true;
    case 'grow-only':
      return (
        typeof setting.value === 'number' &&
        typeof live === 'number' &&
        setting.value > live
      );
    case 'fixed':
    case 'elsewhere':
      return false;
    default:
      return setting.mutability satisfies never;
  }
}

// Objects are compared without regard to the order of their keys, which no broker keeps.
function isSame(left: JsonValue, right: JsonValue): boolean {
  return canonical(left) === canonical(right);
}

function canonical(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value)
      .toSorted(([left], [right]) => (left < right ? -1 : 1))
      .map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`);
    return `{${entries.join(',')}}`;
  }
  return JSON.stringify(value);
}
