import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { declaredDiagnostics } from './catalogues.ts';

const source = fileURLToPath(new URL('..', import.meta.url));

/** The catalogues that the modules of `src` export. */
async function exportedCatalogues(): Promise<readonly Exported[]> {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .filter((file) => file !== 'core/catalogue.ts')
    .filter((file) =>
      readFileSync(`${source}/${file}`, 'utf8').includes('defineDiagnostics('),
    );
  const modules = await Promise.all(
    files.map(async (file) => ({
      file,
      values: Object.values(
        (await import(`${source}/${file}`)) as Record<string, unknown>,
      ),
    })),
  );
  return modules.flatMap(({ file, values }) =>
    values.flatMap((value) => {
      const found = value as Partial<Exported> | null;
      const catalogue =
        (value as { catalogue?: Partial<Exported> } | null)?.catalogue ?? found;
      return catalogue?.stage !== undefined && catalogue.entries !== undefined
        ? [{ file, stage: catalogue.stage, entries: catalogue.entries }]
        : [];
    }),
  );
}

interface Exported {
  readonly file: string;
  readonly stage: string;
  readonly entries: Readonly<Record<string, unknown>>;
}

describe('the declared diagnostics', () => {
  const declared = declaredDiagnostics();
  const codes = declared.map(({ code }) => code);

  it('have codes that are unique', () => {
    expect(codes).toEqual([...new Set(codes)]);
    expect(codes.length).toBeGreaterThan(50);
  });

  it('have codes in kebab-case, the stage before the slash', () => {
    const word = '[a-z][a-z0-9]*(-[a-z0-9]+)*';
    const odd = codes.filter(
      (code) => !new RegExp(`^${word}/${word}$`).test(code),
    );
    expect(odd).toEqual([]);
  });

  it('say what is wrong and why, in sentences without an exclamation mark', () => {
    const odd = declared.filter(
      ({ message, why }) =>
        message === '' || /[.!]$/.test(message) || !why.endsWith('.'),
    );
    expect(odd).toEqual([]);
  });

  it('hold every catalogue that a module of the source exports', async () => {
    const exported = await exportedCatalogues();
    const missing = exported.flatMap(({ file, stage, entries }) =>
      Object.keys(entries)
        .map((slug) => `${stage}/${slug}`)
        .filter((code) => !codes.some((known) => known === code))
        .map((code) => `${file}: ${code}`),
    );
    expect(missing).toEqual([]);
    expect(exported.length).toBeGreaterThanOrEqual(7);
  });
});
