// The text of a configuration to settings, or to what is wrong with it.
import type { Diagnostic, Outcome, Severity } from '../core/diagnostic.ts';
import { globMatcher } from '../core/glob.ts';
import { lazy } from '../core/lazy.ts';
import {
  isJsonObject,
  own,
  type JsonObject,
  type JsonValue,
} from '../core/json.ts';
import { child, segmentsOf, type Pointer } from '../core/pointer.ts';
import type { Profile } from '../rules/rule.ts';
import { validateConfig } from '../schema/validate-config.ts';
import { readSource } from '../syntax/read-source.ts';
import type { SourceDocument } from '../syntax/source-document.ts';
import { configDiagnostics } from './diagnostics.ts';
import { codeAdvice, type KnownCodes } from './known-codes.ts';
import type { Level, Override } from './levels.ts';

/** Lowest severity that fails a run. */
export type FailOn = Severity | 'never';

export interface Config {
  /** As the user may open it; null without a configuration. */
  readonly document: SourceDocument | null;
  readonly profile: Profile | null;
  readonly failOn: FailOn | null;
  readonly levels: ReadonlyMap<string, Level>;
  readonly overrides: readonly Override[];
  /** Paths relative to the configuration. */
  readonly plugins: readonly string[];
  readonly baseline: string | null;
}

/** What holds without a configuration. */
export const noConfig: Config = {
  document: null,
  profile: null,
  failOn: null,
  levels: new Map(),
  overrides: [],
  plugins: [],
  baseline: null,
};

/** What the schema has let through. */
interface RawConfig {
  readonly profile?: Profile;
  readonly failOn?: FailOn;
  readonly rules?: Readonly<Record<string, Level>>;
  readonly overrides?: readonly {
    readonly files?: readonly string[];
    readonly places?: readonly string[];
    readonly rules: Readonly<Record<string, Level>>;
  }[];
  readonly plugins?: readonly string[];
  readonly baseline?: string;
}

/** What a configuration names, also one whose form is wrong elsewhere. */
export interface NamedInConfig {
  readonly document: SourceDocument;
  /** Null when what is wrong with its form leaves open which plugins there are. */
  readonly plugins: readonly string[] | null;
  readonly baseline: string | null;
}

export interface ReadConfig extends Outcome<Config> {
  /** Null without a document. */
  readonly named: NamedInConfig | null;
}

/** Reads a configuration. Reports: `syntax/*`, `schema/*`, config/not-a-mapping; the value is null when one of them is an error. */
export function readConfig(file: string, text: string): ReadConfig {
  if (isBlank(text)) return { value: noConfig, named: null, diagnostics: [] };
  const { value: document, diagnostics } = readSource(file, text);
  if (document === null)
    return {
      value: null,
      named: null,
      diagnostics: diagnostics.map(ofConfig),
    };
  const refused = [
    ...diagnostics,
    ...validateConfig(document.value).map((one) => placed(document, one)),
  ];
  return {
    value: refused.length > 0 ? null : configOf(document),
    named: namedIn(document, refused),
    diagnostics: refused,
  };
}

function namedIn(
  document: SourceDocument,
  refused: readonly Diagnostic[],
): NamedInConfig {
  const { value } = document;
  const isSound = (name: string): boolean =>
    refused.every(({ pointer }) => segmentsOf(pointer)[0] !== name);
  // A list under a mistyped name may be the plugins.
  const isOpen = refused.some(
    ({ code, pointer }) =>
      code === 'schema/unknown-property' &&
      Array.isArray(own(value, segmentsOf(pointer)[0] ?? '')),
  );
  // Each part is taken only where the schema has let it through.
  const { plugins = [], baseline } = value as unknown as RawConfig;
  return {
    document,
    plugins: isSound('plugins') && !isOpen ? plugins : null,
    baseline: isSound('baseline') ? (baseline ?? null) : null,
  };
}

const isBlank = (text: string): boolean =>
  /^(?:\s*(?:#.*)?(?:\n|$))*$/.test(text);

/** The stage of parsing speaks of specs; of its codes only this one has words that do not fit. */
function ofConfig(diagnostic: Diagnostic): Diagnostic {
  if (diagnostic.code !== 'syntax/not-a-mapping') return diagnostic;
  const found = /is (a .*?),/.exec(diagnostic.message)?.[1] ?? 'something else';
  const { pointer, location } = diagnostic;
  return configDiagnostics.make(
    'not-a-mapping',
    { pointer, location },
    { found },
  );
}

/** Fills in where something stands in the configuration. */
function placed(document: SourceDocument, diagnostic: Diagnostic): Diagnostic {
  const { pointer, at } = diagnostic;
  const part = document.has(pointer) ? at : 'key';
  const range = document.locate(pointer, part);
  return { ...diagnostic, location: { file: document.file, range } };
}

function configOf(document: SourceDocument): Config {
  // The schema has let it through.
  const raw = document.value as unknown as RawConfig;
  return {
    document,
    profile: raw.profile ?? null,
    failOn: raw.failOn ?? null,
    levels: new Map(Object.entries(raw.rules ?? {})),
    overrides: (raw.overrides ?? []).map((one) => ({
      files: one.files?.map(globMatcher) ?? null,
      places: one.places?.map(globMatcher) ?? null,
      levels: new Map(Object.entries(one.rules)),
    })),
    plugins: raw.plugins ?? [],
    baseline: raw.baseline ?? null,
  };
}

/**
 * Checks the codes that a configuration names; without `plugins` the codes of plugins are not known, so nothing is said of
 * a code that may be theirs. Reports: config/unknown-rule, config/fixed-level.
 */
export function checkCodes(
  document: SourceDocument,
  codes: KnownCodes,
  { plugins }: { readonly plugins: 'known' | 'open' } = { plugins: 'known' },
): readonly Diagnostic[] {
  const stages = lazy(() => new Set([...codes.all].map(stageOf)));
  return levelPlaces(document.value).flatMap(({ code, pointer }) => {
    if (codes.settable.has(code)) return [];
    if (
      plugins === 'open' &&
      code.includes('/') &&
      !stages().has(stageOf(code))
    )
      return [];
    const place = { pointer, at: 'key' as const };
    const diagnostic = codes.all.has(code)
      ? configDiagnostics.make('fixed-level', place, { code })
      : configDiagnostics.make('unknown-rule', place, {
          code,
          advice: codeAdvice(code, codes.settable),
        });
    return [placed(document, diagnostic)];
  });
}

const stageOf = (code: string): string => code.slice(0, code.indexOf('/'));

/** Tells that the baseline which a configuration names cannot be read. Reports: config/no-baseline. */
export function missingBaseline(
  document: SourceDocument,
  words: { readonly file: string; readonly reason: string },
): Diagnostic {
  const place = { pointer: '/baseline' };
  return placed(document, configDiagnostics.make('no-baseline', place, words));
}

function levelPlaces(
  value: JsonObject,
): readonly { readonly code: string; readonly pointer: Pointer }[] {
  const inside = (
    holder: unknown,
    at: Pointer,
  ): readonly { code: string; pointer: Pointer }[] =>
    isJsonObject(holder)
      ? Object.keys(holder).map((code) => ({ code, pointer: child(at, code) }))
      : [];
  const overrides = Array.isArray(value['overrides'])
    ? (value['overrides'] as readonly JsonValue[])
    : [];
  return [
    ...inside(value['rules'], '/rules'),
    ...overrides.flatMap((one, index) =>
      isJsonObject(one)
        ? inside(one['rules'], `/overrides/${index}/rules`)
        : [],
    ),
  ];
}
