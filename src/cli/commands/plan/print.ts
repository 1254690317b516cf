// What a live broker lacks, has otherwise or has too much, as text for people and as JSON for scripts.
import { identity, type Comparison } from '../../../apply/compare.ts';
import type { Named } from '../../../apply/deployer.ts';
import type { Drift, SettingDrift } from '../../../apply/diff-resources.ts';
import { readablePath } from '../../../core/pointer.ts';
import { counted } from '../../../core/text.ts';
import type { JsonObject, JsonValue } from '../../../core/json.ts';
import { printable } from '../../reporters/printable.ts';
import { besideText } from './print-beside.ts';
import type { LiveSession } from './live-session.ts';

/** Prints a comparison for people: one line a thing, its settings below, and the count at the end. */
export function driftText(
  session: LiveSession,
  comparison: Comparison,
): string {
  const { live, environment, skipped } = session;
  const { drifts, asWanted } = comparison;
  const count = (kind: Drift['kind']): number =>
    drifts.filter((drift) => drift.kind === kind).length;
  const parts = [
    `${count('create')} to create`,
    `${count('change')} to change`,
    `${count('cannot-change')} that cannot be changed in place`,
    ...(count('release') === 0 ? [] : [`${count('release')} to let go`]),
    `${count('extra')} too many`,
    ...(count('stranger') === 0
      ? []
      : [`${counted(count('stranger'), 'right')} of strangers`]),
    `${asWanted} as the spec says`,
  ];
  return [
    `${live.title}, environment "${environment.name}"`,
    ...live.notices.map((notice) => `note: ${notice}`),
    ...(skipped.length === 0
      ? []
      : [
          `note: ${counted(skipped.length, 'user is', 'users are')} neither compared nor made, because the password is not given: ${skipped.join(', ')}`,
        ]),
    '',
    ...drifts.flatMap((drift) => linesOf(drift, session)),
    ...(drifts.length === 0 ? [] : ['']),
    parts.join(', '),
    ...besideText(comparison),
    '',
  ].join('\n');
}

function linesOf(
  drift: Drift,
  { deployer, held }: LiveSession,
): readonly string[] {
  const { kind, resource } = drift;
  const head = `${words[kind]} ${resource.kind} ${printable(resource.name)}`;
  switch (drift.kind) {
    case 'create':
      return [`${head}  (${whyOf(drift.resource)})`];
    case 'change':
      return [
        head,
        ...drift.settings.map(settingLine),
        ...(deployer.caution(drift) === null
          ? []
          : [`    ! ${deployer.caution(drift)}`]),
      ];
    case 'cannot-change':
      return [
        head,
        ...drift.settings.flatMap((setting) => [
          settingLine(setting),
          `    ! ${deployer.remedy(drift.resource, setting.key, setting.live)}`,
        ]),
        ...heldLines(resource, held),
      ];
    case 'extra':
      return [
        head,
        `    left as it is; apply --delete '${identity(resource)}' removes it`,
        ...(deployer.farewell(drift.resource) === null
          ? []
          : [`    ${deployer.farewell(drift.resource)}`]),
        ...heldLines(resource, held),
      ];
    case 'release':
      return [`${head}  (${printable(drift.because)})`];
    case 'stranger':
      return [
        `${head}  (reaches ${printable(drift.reaches)})`,
        `    ! ${deployer.strangerRemedy(drift)}`,
      ];
    default:
      return drift satisfies never;
  }
}

const heldLines = (
  resource: Named,
  held: LiveSession['held'],
): readonly string[] => {
  const count = held.get(identity(resource)) ?? 0;
  return count === 0
    ? []
    : [
        `    ! it holds ${counted(count, 'message')}, and --delete loses them: it takes --force`,
      ];
};

const words: Readonly<Record<Drift['kind'], string>> = {
  create: '+ create',
  change: '~ change',
  'cannot-change': '! cannot change in place',
  release: '- let go of',
  extra: '- too many',
  stranger: '? right of a stranger:',
};

const settingLine = (setting: SettingDrift): string =>
  `    ${setting.key}: ${shown(setting.live)} -> ${shown(setting.wanted)}  (${whyOf(setting)})`;

const whyOf = ({
  origin,
  because,
}: {
  readonly origin: string;
  readonly because: string;
}): string =>
  printable(origin === '' ? because : `${readablePath(origin)}: ${because}`);

const shown = (value: JsonValue): string =>
  value === null ? 'not set' : printable(JSON.stringify(value));

/** Prints a comparison, and the steps that an apply has taken, as one JSON object. */
export function driftJson(
  session: LiveSession,
  comparison: Comparison,
  steps: readonly string[] | null = null,
): string {
  const { live, environment, deployer, skipped } = session;
  const { drifts, asWanted, foreign, shared } = comparison;
  const value: JsonObject = {
    broker: deployer.broker,
    environment: environment.name,
    target: live.title,
    notes: live.notices,
    usersNotCompared: skipped,
    ...(steps === null ? {} : { steps }),
    differences: drifts.map((drift) => jsonOf(drift, session)),
    asWanted,
    shared: shared.map(identity),
    foreign: foreign.map(identity),
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}

function jsonOf(drift: Drift, { deployer, held }: LiveSession): JsonObject {
  const { kind, name } = drift.resource;
  const messages = held.get(identity(drift.resource));
  const head = {
    action: drift.kind,
    kind,
    name,
    ...(messages === undefined ? {} : { messages }),
  };
  if (drift.kind === 'extra') return head;
  if (drift.kind === 'release') return { ...head, because: drift.because };
  if (drift.kind === 'stranger')
    return {
      ...head,
      reaches: drift.reaches,
      remedy: deployer.strangerRemedy(drift),
    };
  const { origin, because } = drift.resource;
  if (drift.kind === 'create') return { ...head, origin, because };
  return {
    ...head,
    origin,
    because,
    settings: drift.settings.map((setting) => ({
      ...setting,
      ...(drift.kind === 'cannot-change'
        ? {
            remedy: deployer.remedy(drift.resource, setting.key, setting.live),
          }
        : {}),
    })),
    ...(drift.kind === 'change' && deployer.caution(drift) !== null
      ? { caution: deployer.caution(drift) }
      : {}),
  };
}
