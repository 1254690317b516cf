import {
  copyFileSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { HostError } from '../core/host.ts';
import { fixturePath } from '../testing/load-model.ts';
import { findSystemBrowser } from './find-browser.ts';
import { renderImages } from './render-images.ts';

const folder = mkdtempSync(join(tmpdir(), 'event-arch-images-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const goldens = fixturePath('targets', 'diagrams', 'shop', 'expected');
const sourceOf = (name: string): string => {
  const path = join(folder, `${name}.mmd`);
  copyFileSync(join(goldens, `${name}.mmd`), path);
  return path;
};

describe('renderImages', () => {
  it('draws each kind of notation beside its source and leaves nothing else', async () => {
    const sources = ['overview', 'saga-fulfilment', 'state-order'].map(
      sourceOf,
    );
    const told: number[] = [];
    const images = await renderImages({
      sources,
      format: 'svg',
      onProgress: (done) => told.push(done),
    });
    expect(told).toEqual([1, 2, 3]);
    expect(images).toEqual(
      sources.map((source) => source.replace('.mmd', '.svg')),
    );
    expect(readFileSync(images[0] ?? '', 'utf8')).toContain('order-service');
    expect(readdirSync(folder).filter((file) => file.endsWith('.tmp'))).toEqual(
      [],
    );
  }, 120_000);

  it('draws the same bytes whatever was drawn before', async () => {
    const names = ['overview', 'payloads-2', 'saga-fulfilment', 'payloads-3'];
    const sources = names.map(sourceOf);
    const draw = async (
      order: readonly string[],
    ): Promise<readonly Buffer[]> => {
      await renderImages({ sources: order, format: 'svg' });
      return sources.map((path) => readFileSync(path.replace('.mmd', '.svg')));
    };
    const first = await draw(sources);
    const flows = readdirSync(goldens)
      .filter((file) => file.startsWith('flow-'))
      .slice(0, 3)
      .map((file) => sourceOf(file.replace('.mmd', '')));
    const again = await draw([...flows, ...sources.toReversed()]);
    expect(again).toEqual(first);
  }, 180_000);

  it('draws many as PNG, also where pages that are not in front are not painted', async () => {
    const sources = readdirSync(goldens)
      .filter((file) => file.endsWith('.mmd'))
      .map((file) => sourceOf(file.replace('.mmd', '')));
    const images = await renderImages({ sources, format: 'png' });
    expect(images.length).toBeGreaterThan(20);
    for (const image of images) {
      const bytes = readFileSync(image);
      expect(bytes.subarray(1, 4).toString('latin1')).toBe('PNG');
      // Width, from the header: no empty picture.
      expect(bytes.readUInt32BE(16)).toBeGreaterThan(100);
    }
  }, 120_000);

  it('names the file that cannot be drawn', async () => {
    const broken = join(folder, 'broken.mmd');
    writeFileSync(broken, 'flowchart LR\n  a["\n');
    const drawing = renderImages({ sources: [broken], format: 'png' });
    await expect(drawing).rejects.toThrow(HostError);
    await expect(drawing).rejects.toThrow(/cannot draw ".*broken\.mmd"/);
  }, 120_000);
});

describe('findSystemBrowser', () => {
  const linux = { platform: 'linux', env: { PATH: '/bin:/usr/bin' } } as const;

  it('takes the one that the environment names, before any other', () => {
    expect(
      findSystemBrowser({
        ...linux,
        env: { CHROME_PATH: '/opt/chrome' },
        isExecutable: () => true,
      }),
    ).toBe('/opt/chrome');
  });

  it('takes an installed one from the path', () => {
    expect(
      findSystemBrowser({
        ...linux,
        isExecutable: (path) => path === '/usr/bin/chromium',
      }),
    ).toBe('/usr/bin/chromium');
  });

  it('finds none where none is', () => {
    expect(findSystemBrowser({ ...linux, isExecutable: () => false })).toBe(
      null,
    );
  });
});
