import { describe, expect, it } from 'vitest';
import { loadExamples } from '../host/load-examples.ts';
import { declaredDiagnostics } from './catalogues.ts';
import { diagnosticsPage } from './diagnostics-page.ts';

describe('the page of diagnostics', () => {
  it('is the one in docs', async () => {
    await expect(diagnosticsPage(loadExamples())).toMatchFileSnapshot(
      '../../docs/diagnostics.md',
    );
  });

  it('has a section for every code', () => {
    const page = diagnosticsPage(loadExamples());
    expect(
      declaredDiagnostics().filter(
        ({ code }) => !page.includes(`### ${code}\n`),
      ),
    ).toEqual([]);
  });
});
