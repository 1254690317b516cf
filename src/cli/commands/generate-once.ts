// One run of generate: check the spec, plan its files, compare them with the folder, write.
import { join } from 'node:path';
import type { Broker } from '../../brokers/broker.ts';
import { hasErrors } from '../../core/diagnostic.ts';
import { HostError } from '../../core/host.ts';
import { quotedList } from '../../core/text.ts';
import { fileSize } from '../../host/file-size.ts';
import { hashText } from '../../host/manifest.ts';
import { nodeHost } from '../../host/node-host.ts';
import { outputFolder } from '../../host/output-folder.ts';
import { comparePlan, writePlan } from '../../host/write-plan.ts';
import type { PlannedFile, PlannedFiles } from '../../host/planned-files.ts';
import type { Model } from '../../model/model.ts';
import type { SpecSource } from '../../pipeline/check-spec.ts';
import { targets } from '../../targets/index.ts';
import { checkUnderConfig } from '../review/check-under-config.ts';
import { exitCodes, type ExitCode, type Terminal } from '../terminal.ts';
import { toolVersion } from '../version.ts';
import type { GenerateOptions } from './generate.ts';
import {
  startPlanning,
  type PlanChoices,
  type Planning,
} from './plan-large.ts';
import { printChanges } from './print-changes.ts';
import { brokerOption, specSource, unknownChoice } from './spec-input.ts';
import { tellFindings, tellProblems } from './tell-findings.ts';

export interface GenerateResult {
  readonly code: ExitCode;
  /** Files that the result depends on, for `--watch`. */
  readonly inputs: readonly string[];
}

/** Generates once. Throws: `HostError` for a wrong option or a failure of the file system. */
export async function generateOnce(
  spec: string | undefined,
  options: GenerateOptions,
  terminal: Terminal,
): Promise<GenerateResult> {
  const choices: Choices = {
    only: onlyOption(options.only),
    image: imageOption(options.render),
    broker: brokerOption(options.broker),
    templates: options.templates ?? null,
  };
  const source = await specSource(spec, terminal);
  const planning = startPlanning(choices, sizeOf(source));
  try {
    return await generateFrom(source, options, {
      ...choices,
      planning,
      terminal,
    });
  } finally {
    planning.close();
  }
}

/** What the options choose, checked. */
interface Choices extends PlanChoices {
  readonly image: ReturnType<typeof imageOption>;
  readonly broker: Broker | null;
}

interface Run extends Choices {
  readonly planning: Planning;
  readonly terminal: Terminal;
}

async function generateFrom(
  source: SpecSource,
  options: GenerateOptions,
  run: Run,
): Promise<GenerateResult> {
  const { terminal, only } = run;
  const checked = await checkUnderConfig(
    nodeHost(),
    run.broker === null ? source : { ...source, broker: run.broker },
    options,
  );
  const inputs = [
    source.file,
    ...checked.sources.documents.map(({ file }) => file),
    ...checked.texts.map(({ file }) => file),
  ];
  tellProblems(source.file, checked, terminal);
  const { model, broker } = checked;
  if (model === null || broker === null || hasErrors(checked.diagnostics))
    return { code: exitCodes.findings, inputs };
  const { outcome, shares } = await run.planning.plan({
    model: withEnvironments(model, options.env),
    broker: broker.name,
    findings: checked.diagnostics,
    only,
  });
  const { value, diagnostics } = outcome;
  tellFindings(source.file, { ...checked, diagnostics }, terminal);
  if (value === null || hasErrors(diagnostics))
    return { code: exitCodes.findings, inputs };
  const specHash = hashText(
    checked.sources.documents.map(({ text }) => text).join('\0'),
  );
  const code = await output(value.artifacts, {
    ...{ options, image: run.image, terminal, shares },
    write: { toolVersion, specHash, only, isForced: options.force === true },
  });
  return { code, inputs };
}

/** Bytes of a spec, or characters of one that was read already; 0 for one that cannot be read, which the check tells. */
function sizeOf({ file, text }: SpecSource): number {
  return text?.length ?? fileSize(file);
}

/** Compares a plan with the folder, and brings the folder to it unless the run only looks. */
async function output(
  files: readonly PlannedFile[],
  from: {
    readonly options: GenerateOptions;
    readonly image: ReturnType<typeof imageOption>;
    readonly terminal: Terminal;
    readonly shares: readonly PlannedFiles[];
    readonly write: Parameters<typeof comparePlan>[2];
  },
): Promise<ExitCode> {
  const { options, image, terminal, shares, write } = from;
  const folder = outputFolder(options.output);
  const compared = comparePlan(folder, files, write);
  const isReadOnly = options.check === true || options.dryRun === true;
  if (!isReadOnly)
    await writePlan(folder, shares, { ...compared, options: write });
  const code = printChanges(compared.changes, options, terminal);
  if (image !== null && !isReadOnly)
    await drawImages(
      files,
      { folder: options.output, format: image },
      terminal,
    );
  return code;
}

const divided = (values: readonly string[]): readonly string[] =>
  values
    .flatMap((value) => value.split(','))
    .map((value) => value.trim())
    .filter((value) => value !== '');

function onlyOption(values: readonly string[]): ReadonlySet<string> | null {
  if (values.length === 0) return null;
  const known = targets.map(({ name }) => name);
  const chosen = divided(values);
  const unknown = chosen.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new HostError(unknownChoice('--only', unknown, known));
  return new Set(chosen);
}

function withEnvironments(model: Model, values: readonly string[]): Model {
  if (values.length === 0) return model;
  const known = model.environments.map(({ name }) => name);
  const chosen = divided(values);
  const unknown = chosen.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new HostError(unknownChoice('--env', unknown, known));
  return {
    ...model,
    environments: model.environments.filter(({ name }) =>
      chosen.includes(name),
    ),
  };
}

function imageOption(value: string | undefined): 'svg' | 'png' | null {
  if (value === undefined) return null;
  if (value === 'svg' || value === 'png') return value;
  throw new HostError(
    `"${value}" is not a value of --render. It takes ${quotedList(['svg', 'png'], 'or')}.`,
  );
}

async function drawImages(
  files: readonly PlannedFile[],
  to: { folder: string; format: 'svg' | 'png' },
  terminal: Terminal,
): Promise<void> {
  const { renderImages } = await import('../../host/render-images.ts');
  const sources = files
    .filter(({ path }) => path.endsWith('.mmd'))
    .map(({ path }) => join(to.folder, path));
  const onProgress = (done: number, total: number): void => {
    if (terminal.isErrTty)
      terminal.err(
        `\r${done}/${total} diagrams drawn${done === total ? '\n' : ''}`,
      );
  };
  const images = await renderImages({ sources, format: to.format, onProgress });
  terminal.out(`${images.length} diagrams drawn as ${to.format}\n`);
}
