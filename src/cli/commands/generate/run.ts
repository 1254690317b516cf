// One run of generate: what was asked for, and the threads that a large spec is planned in, before anything else is loaded.
import { HostError } from '../../../core/host.ts';
import { quotedList } from '../../../core/text.ts';
import { fileSize } from '../../../host/file-size.ts';
import type { SpecSource } from '../../../pipeline/check-spec.ts';
import type { Terminal } from '../../terminal.ts';
import { divided, specSource } from '../../spec-input.ts';
import type { GenerateResult, ImageFormat } from './generate-from.ts';
import type { GenerateOptions } from './options.ts';
import { startPlanning } from './plan-large.ts';

/** Generates once. Throws: `HostError` for a wrong option or a failure of the file system. */
export async function generateOnce(
  spec: string | undefined,
  options: GenerateOptions,
  terminal: Terminal,
): Promise<GenerateResult> {
  const only =
    options.only.length === 0 ? null : new Set(divided(options.only));
  const image = imageOption(options.render);
  const source = await specSource(spec, terminal);
  const templates = options.templates ?? null;
  const planning = startPlanning({ templates, only }, sizeOf(source));
  try {
    const { generateFrom } = await import('./generate-from.ts');
    const run = { only, image, planning, terminal };
    return await generateFrom(source, options, run);
  } finally {
    planning.close();
  }
}

/** Bytes of a spec, or characters of one that was read already; 0 for one that cannot be read, which the check tells. */
function sizeOf({ file, text }: SpecSource): number {
  return text?.length ?? fileSize(file);
}

function imageOption(value: string | undefined): ImageFormat | null {
  if (value === undefined) return null;
  if (value === 'svg' || value === 'png') return value;
  throw new HostError(
    `"${value}" is not a value of --render. It takes ${quotedList(['svg', 'png'], 'or')}.`,
  );
}
