// A spec to the folder of its architecture: check it, plan its files, compare them with the folder, write.
import { join } from 'node:path';
import { hasErrors } from '../../../core/diagnostic.ts';
import { HostError } from '../../../core/host.ts';
import { hashText } from '../../../host/manifest.ts';
import { nodeHost } from '../../../host/node-host.ts';
import { outputFolder } from '../../../host/output-folder.ts';
import { comparePlan, writePlan } from '../../../host/write-plan.ts';
import type { PlannedFile, PlannedFiles } from '../../../host/planned-files.ts';
import type { Model } from '../../../model/model.ts';
import type { SpecSource } from '../../../pipeline/check-spec.ts';
import { checkUnderConfig } from '../../review/check-under-config.ts';
import { exitCodes, type ExitCode, type Terminal } from '../../terminal.ts';
import { toolVersion } from '../../version.ts';
import { brokerOption } from '../../broker-option.ts';
import { divided, unknownChoice } from '../../spec-input.ts';
import { tellFindings, tellProblems } from '../../tell-findings.ts';
import type { GenerateOptions } from './options.ts';
import type { Planning } from './plan-large.ts';
import { printChanges } from './print.ts';

/** What the diagrams are drawn as; null for nothing. */
export type ImageFormat = 'svg' | 'png';

export interface GenerateResult {
  readonly code: ExitCode;
  /** Files that the result depends on, for `--watch`. */
  readonly inputs: readonly string[];
}

interface Run {
  /** Names of targets; null for all. */
  readonly only: ReadonlySet<string> | null;
  readonly image: ImageFormat | null;
  readonly planning: Planning;
  readonly terminal: Terminal;
}

/** Checks a spec, plans its files, compares them with the folder and writes. Throws: as `generateOnce` does. */
export async function generateFrom(
  source: SpecSource,
  options: GenerateOptions,
  run: Run,
): Promise<GenerateResult> {
  const { terminal, only } = run;
  await checkTargets(only);
  const chosen = brokerOption(options.broker);
  const checked = await checkUnderConfig(
    nodeHost(),
    {
      ...source,
      ...(chosen !== null && { broker: chosen }),
      // A wrong name of an environment is told after what is wrong with the spec.
      ...(options.env.length === 0 && {
        onModel: (model, { name: broker }) =>
          run.planning.begin({ model, broker, only }),
      }),
    },
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

/** Compares a plan with the folder, and brings the folder to it unless the run only looks. */
async function output(
  files: readonly PlannedFile[],
  from: {
    readonly options: GenerateOptions;
    readonly image: ImageFormat | null;
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

async function checkTargets(only: ReadonlySet<string> | null): Promise<void> {
  if (only === null) return;
  const { targets } = await import('../../../targets/index.ts');
  const known = targets.map(({ name }) => name);
  const unknown = [...only].find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new HostError(unknownChoice('--only', unknown, known));
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

async function drawImages(
  files: readonly PlannedFile[],
  to: { folder: string; format: ImageFormat },
  terminal: Terminal,
): Promise<void> {
  const { renderImages } = await import('../../../host/render-images.ts');
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
