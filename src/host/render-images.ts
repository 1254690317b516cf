// Draws Mermaid sources as images beside them, through mermaid-cli and one browser for all of them.
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { HostError } from '../core/host.ts';
import { findBrowser, type Browser } from './find-browser.ts';
import { loadPeer } from './load-peer.ts';
import { reusePages, type PageSource } from './reuse-pages.ts';

export type ImageFormat = 'svg' | 'png';

export interface ImageRequest {
  /** Paths of `.mmd` files. */
  readonly sources: readonly string[];
  readonly format: ImageFormat;
  /** Told after each image. */
  readonly onProgress?: (done: number, total: number, image: string) => void;
}

// The little of both packages that is used; they are optional, so their types may be absent where this is compiled.
interface RunningBrowser extends PageSource {
  readonly close: () => Promise<void>;
}
interface Puppeteer {
  readonly default: {
    readonly launch: (options: object) => Promise<RunningBrowser>;
  };
}
interface MermaidCli {
  readonly renderMermaid: (
    browser: PageSource,
    definition: string,
    format: ImageFormat,
    options: object,
  ) => Promise<{ readonly data: Uint8Array }>;
}

/** The newest that run on the oldest Node that this package runs on. */
export const mermaidCliMajor = 11;
export const puppeteerMajor = 24;

/**
 * Draws each source and gives the paths of the images, in the order of the sources. An image is written under a
 * temporary name and renamed, so that none is ever half-written. Same source, same browser and fonts, same image.
 * Throws: `HostError` with the remedy when mermaid-cli or a browser is missing, and with the file when one cannot be
 * drawn or written.
 */
export async function renderImages(
  request: ImageRequest,
): Promise<readonly string[]> {
  if (request.sources.length === 0) return [];
  const cli = (await loadPeer('@mermaid-js/mermaid-cli').catch(
    missingPeer,
  )) as MermaidCli | null;
  const puppeteer = ((await loadPeer('puppeteer')) ??
    (await loadPeer('puppeteer-core'))) as Puppeteer | null;
  if (cli === null || puppeteer === null) return missingPeer();
  const found = await findBrowser();
  if (found === null) {
    throw new HostError(
      'images need a browser and none was found: install Chrome, Chromium or Edge, or name one in ' +
        'PUPPETEER_EXECUTABLE_PATH, or add one to your project with "npm install --save-dev @sparticuz/chromium"',
    );
  }
  const browser = await launch(puppeteer, found);
  const pages = reusePages(browser);
  try {
    return await drawAll(request, (definition, name) =>
      cli
        .renderMermaid(
          drawsAlike(definition) ? pages : browser,
          definition,
          request.format,
          drawingOptions(request.format, name),
        )
        .then(({ data }) => data),
    );
  } finally {
    await browser.close();
  }
}

/**
 * Tells whether a diagram comes out the same in a page that has drawn others. Mermaid numbers the participants of
 * sequences and the classes of class diagrams through the life of a page, and shows the numbers in ids.
 */
const drawsAlike = (definition: string): boolean =>
  /^flowchart /m.test(definition);

function missingPeer(cause?: unknown): never {
  throw new HostError(
    'images need mermaid-cli, which is not installed: ' +
      `add it to your project with "npm install --save-dev @mermaid-js/mermaid-cli@${mermaidCliMajor} puppeteer@${puppeteerMajor}", ` +
      'or leave out --render and open the .mmd files in an editor that shows Mermaid',
    { cause },
  );
}

// What may differ between machines and can be fixed is fixed: font hinting, colour profile, ids.
const steadyArgs = [
  '--font-render-hinting=none',
  '--force-color-profile=srgb',
  '--disable-lcd-text',
];

async function launch(
  { default: puppeteer }: Puppeteer,
  { executablePath, args }: Browser,
): Promise<RunningBrowser> {
  const options = { executablePath, headless: 'shell' };
  const isRoot = process.getuid?.() === 0;
  const withFlags = (...flags: readonly string[]): Promise<RunningBrowser> =>
    puppeteer.launch({ ...options, args: [...args, ...steadyArgs, ...flags] });
  try {
    return await (isRoot ? withFlags('--no-sandbox') : withFlags());
  } catch (error) {
    // Containers and some distributions forbid the sandbox to ordinary users too; what is drawn is our own text.
    if (!isRoot && /sandbox/i.test(String(error))) {
      return await withFlags('--no-sandbox').catch((again: unknown) =>
        refuseBrowser(executablePath, again),
      );
    }
    return refuseBrowser(executablePath, error);
  }
}

function refuseBrowser(path: string, cause: unknown): never {
  const [reason] = String(cause instanceof Error ? cause.message : cause).split(
    '\n',
  );
  throw new HostError(
    `cannot start the browser "${path}": ${reason}; name another one in PUPPETEER_EXECUTABLE_PATH`,
    { cause },
  );
}

function drawingOptions(format: ImageFormat, name: string): object {
  return {
    // Wide enough that Mermaid, which fits a diagram into its page, never shrinks one.
    viewport: {
      width: 6000,
      height: 1000,
      deviceScaleFactor: format === 'png' ? 2 : 1,
    },
    backgroundColor: format === 'png' ? 'white' : 'transparent',
    svgId: `diagram-${name.replaceAll(/[^\w-]/g, '-')}`,
    mermaidConfig: {
      deterministicIds: true,
      deterministicIDSeed: name,
      // Zero would draw the outlines of cylinders and classes from a fresh seed each time.
      handDrawnSeed: 1,
      maxTextSize: 1_000_000,
      maxEdges: 5000,
    },
  };
}

async function drawAll(
  { sources, format, onProgress }: ImageRequest,
  draw: (definition: string, name: string) => Promise<Uint8Array>,
): Promise<readonly string[]> {
  const images = sources.map((source) =>
    join(dirname(source), `${basename(source, '.mmd')}.${format}`),
  );
  let next = 0;
  let done = 0;
  const work = async (): Promise<void> => {
    for (let at = next++; at < sources.length; at = next++) {
      const source = sources[at] ?? '';
      const image = images[at] ?? '';
      const data = await draw(
        readSource(source),
        basename(source, '.mmd'),
      ).catch((error: unknown) => {
        throw new HostError(
          `cannot draw "${source}": ${error instanceof Error ? error.message : String(error)}`,
          { cause: error },
        );
      });
      replaceFile(image, data);
      done += 1;
      onProgress?.(done, sources.length, image);
    }
  };
  // A screenshot is of the page in front; with two at work, a newer Chromium does not paint the other and it waits.
  const hands =
    format === 'png' ? 1 : Math.min(4, availableParallelism(), sources.length);
  await Promise.all(Array.from({ length: hands }, work));
  return images;
}

function readSource(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new HostError(`cannot read "${path}"`, { cause: error });
  }
}

function replaceFile(path: string, data: Uint8Array): void {
  const temporary = `${path}.tmp`;
  try {
    writeFileSync(temporary, data);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw new HostError(`cannot write "${path}"`, { cause: error });
  }
}
