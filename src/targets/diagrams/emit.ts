// The diagrams as files: one Mermaid source each under `diagrams/`.
import { artifactPath } from '../../core/artifact.ts';
import { renderDiagram } from '../../diagrams/diagram.ts';
import { planDiagrams } from '../../diagrams/plan-diagrams.ts';
import type { Target } from '../target.ts';

/** Emits one Mermaid source per diagram; always overwritten, as all of it follows from the spec. */
export const diagrams: Target = {
  name: 'diagrams',
  summary: 'Mermaid sources of every diagram',
  appliesTo: () => true,
  *emit(model, { render, diagrams: planned }) {
    for (const diagram of planned?.() ?? planDiagrams(model, render)) {
      yield {
        path: artifactPath('diagrams', `${diagram.name}.mmd`),
        content: renderDiagram(diagram, render),
        policy: 'overwrite',
        isExecutable: false,
        origin: { target: 'diagrams', pointers: diagram.pointers },
      };
    }
  },
};
