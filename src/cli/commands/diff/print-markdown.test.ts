import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixturePath, readFixture } from '../../../testing/load-model.ts';
import { loadMermaid, refusedDiagrams } from '../../../testing/mermaid.ts';
import { runCli } from '../../../testing/run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'event-arch-markdown-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let mermaid: Awaited<ReturnType<typeof loadMermaid>>;
beforeAll(async () => {
  mermaid = await loadMermaid();
});

const base = readFixture('changes', 'base.yaml');

async function summary(text: string): Promise<string> {
  const file = join(folder, 'spec.yaml');
  writeFileSync(file, text);
  const { out } = await runCli([
    'diff',
    file,
    '--against',
    fixturePath('changes', 'base.yaml'),
    '--format',
    'markdown',
  ]);
  return out;
}

const pictureOf = (text: string): string =>
  /```mermaid\n([^]*?)```/.exec(text)?.[1] ?? '';

describe('the summary of changes', () => {
  it('names who breaks in a table, and folds the payload that shows it', async () => {
    const out = await summary(
      base.replace(
        'weight: number } }',
        'weight: number, insured: boolean } }',
      ),
    );
    expect(out).toContain('## Design review: 1 breaking change');
    expect(out).toContain(
      '| consumers billing, systems outside this design | the payload of "parcel.sent"',
    );
    expect(out).toContain('<details><summary>Payloads that show it</summary>');
    expect(out).toContain('"carrier"');
  });

  it.each([
    [
      'an added event',
      base
        .replace(
          '  parcel.sent: { type',
          '  parcel.lost: { type: integration, key: orderId, payload: { orderId: uuid } }\n  parcel.sent: { type',
        )
        .replace('parcel.sent], outbox', 'parcel.sent, parcel.lost], outbox'),
      'added',
    ],
    [
      'a removed consumer',
      base.replace(
        '      parcel.sent: { handler: closeBill, deadLetter: true }\n',
        '',
      ),
      'removed',
    ],
    [
      'a renamed event',
      base.replaceAll('parcel.sent', 'parcel.end'),
      'parcel.sent → parcel.end',
    ],
  ])('draws %s in a picture that Mermaid reads', async (_what, text, shown) => {
    const picture = pictureOf(await summary(text));
    expect(picture).toContain(shown);
    expect(
      await refusedDiagrams(mermaid, new Map([['changes', picture]])),
    ).toEqual([]);
  });

  it('stays small enough for a comment however much changes', async () => {
    const events = Array.from(
      { length: 400 },
      (_, index) =>
        `  thing.happened-${index}: { type: integration, key: orderId, payload: { orderId: uuid } }`,
    );
    const names = events
      .map((_, index) => `thing.happened-${index}`)
      .join(', ');
    const grown = base
      .replace(
        '  parcel.sent: { type',
        `${events.join('\n')}\n  parcel.sent: { type`,
      )
      .replace('parcel.sent], outbox', `parcel.sent, ${names}], outbox`);
    const out = await summary(grown);
    expect(out.length).toBeLessThan(65_536);
    expect(out).toContain('more');
    expect(
      await refusedDiagrams(mermaid, new Map([['changes', pictureOf(out)]])),
    ).toEqual([]);
  });

  it('says so when nothing changed', async () => {
    expect(await summary(`# a comment\n${base}`)).toContain(
      '## Design review: No changes',
    );
  });
});
