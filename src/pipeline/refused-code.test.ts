import { describe, expect, it } from 'vitest';
import { createRenderer } from '../render/create-renderer.ts';
import { assetPath } from '../host/assets.ts';
import { loadFiles, loadTemplates } from '../host/load-templates.ts';
import { brokerNamed, loadModel } from '../testing/load-model.ts';
import type { EventStoreKind } from '../model/settings.ts';
import { planArtifacts } from './plan-artifacts.ts';

const folder = assetPath('templates');
const render = createRenderer({
  templates: loadTemplates(folder),
  files: (below) => loadFiles(`${folder}/${below}`),
});

function planned(kind: EventStoreKind): ReturnType<typeof planArtifacts> {
  const shop = loadModel('shop');
  const model = { ...shop, eventStore: { ...shop.eventStore, value: kind } };
  return planArtifacts(
    model,
    {
      render,
      broker: brokerNamed('kafka'),
      findings: [],
      toolVersion: '0.0.0',
    },
    new Set(['code']),
  );
}

describe('code for an event store that has no adapter', () => {
  it('is refused in words and not written', () => {
    const { value, diagnostics } = planned('broker');
    expect(diagnostics.map(({ code }) => code)).toEqual(['plan/no-code']);
    expect(value?.artifacts).toEqual([]);
  });

  it.each(['kurrentdb', 'postgresql'] as const)(
    'is written for the one that has: %s',
    (kind) => {
      const { value, diagnostics } = planned(kind);
      expect(diagnostics).toEqual([]);
      expect(value?.artifacts.length).toBeGreaterThan(50);
    },
  );
});
