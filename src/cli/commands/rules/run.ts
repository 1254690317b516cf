// The work of `rules`: every rule with its level in effect, as a table or as JSON.
import { largest } from '../../../core/lists.ts';
import { HostError } from '../../../core/host.ts';
import { counted } from '../../../core/text.ts';
import { nodeHost } from '../../../host/node-host.ts';
import { baseLevel, type Level } from '../../../policy/levels.ts';
import { rules as ownRules } from '../../../rules/index.ts';
import { areas as known, codeOf, type Rule } from '../../../rules/rule.ts';
import { loadConfig, usualProfile } from '../../review/load-config.ts';
import { exitCodes, type ExitCode, type Terminal } from '../../terminal.ts';
import { unknownChoice } from '../../spec-input.ts';
import { tellFindings } from '../../tell-findings.ts';
import type { RulesOptions } from './options.ts';

interface ListedRule {
  readonly code: string;
  readonly level: Level;
  /** The rule's own, which `level` may differ from. */
  readonly severity: string;
  readonly profile: string;
  readonly area: string;
  readonly broker: string | null;
  readonly title: string;
}

/** Lists the rules. Throws: `HostError` for a wrong option. */
export async function listRules(
  options: RulesOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  if (options.format !== 'text' && options.format !== 'json')
    throw new HostError(
      unknownChoice('--format', options.format, ['text', 'json']),
    );
  const loaded = await loadConfig(nodeHost(), '<stdin>', options);
  const { config, file, text, plugins, diagnostics } = loaded;
  const texts = file === null ? [] : [{ file, text }];
  tellFindings(
    file ?? '',
    { sources: { documents: [] }, diagnostics, texts },
    terminal,
  );
  if (config === null) return exitCodes.findings;
  const levels = {
    profile: config.profile ?? usualProfile,
    levels: config.levels,
    overrides: config.overrides,
  };
  const areas = areasOption(options.area);
  const listed = [...ownRules, ...plugins]
    .filter(({ area }) => areas.size === 0 || areas.has(area))
    .map((rule) => listedRule(rule, baseLevel(rule, levels)));
  terminal.out(
    options.format === 'json'
      ? `${JSON.stringify({ version: 1, profile: levels.profile, rules: listed }, null, 2)}\n`
      : table(listed, levels.profile),
  );
  return exitCodes.clean;
}

const listedRule = (rule: Rule, level: Level): ListedRule => ({
  code: codeOf(rule),
  level,
  severity: rule.severity,
  profile: rule.profile,
  area: rule.area,
  broker: rule.broker ?? null,
  title: rule.summary,
});

function areasOption(values: readonly string[]): ReadonlySet<string> {
  const chosen = values
    .flatMap((value) => value.split(','))
    .map((value) => value.trim())
    .filter((value) => value !== '');
  const unknown = chosen.find((name) => !known.some((area) => area === name));
  if (unknown !== undefined)
    throw new HostError(unknownChoice('--area', unknown, known));
  return new Set(chosen);
}

function table(listed: readonly ListedRule[], profile: string): string {
  const columns = ['level', 'code', 'profile', 'area'] as const;
  const widths = columns.map((column) =>
    largest(
      listed.map((rule) => rule[column].length),
      column.length,
    ),
  );
  const row = (rule: Readonly<Record<string, string | null>>): string =>
    `${columns
      .map((column, index) => (rule[column] ?? '').padEnd(widths[index] ?? 0))
      .join('  ')}  ${rule['title']}\n`;
  const head = row({
    level: 'level',
    code: 'code',
    profile: 'profile',
    area: 'area',
    title: 'title',
  });
  const off = listed.filter(({ level }) => level === 'off').length;
  const foot = `\n${counted(listed.length, 'rule')}, ${off} off, profile ${profile}\n`;
  return head + listed.map((rule) => row({ ...rule })).join('') + foot;
}
