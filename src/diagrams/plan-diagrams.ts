// All diagrams of a model, in the order a reader wants them; the one list that knows every kind.
import { pathSegment } from '../core/artifact.ts';
import type { Model } from '../model/model.ts';
import type { Renderer } from '../render/renderer.ts';
import { planAggregateStates } from './aggregate-state.ts';
import { planConsumerTopologies } from './consumer-topology.ts';
import { planCqrs } from './cqrs.ts';
import { renderDiagram, type Diagram } from './diagram.ts';
import { planEventFlows } from './event-flow.ts';
import { planEventModel } from './event-model.ts';
import { indexModel } from './model-index.ts';
import { planOverview } from './overview.ts';
import { planPayloadClasses } from './payload-classes.ts';
import type { PlanContext } from './plan-context.ts';
import { planRequestSequences } from './request-sequence.ts';
import { planSagaSequences } from './saga-sequence.ts';

/**
 * Plans every diagram of a model, unrendered; their names are safe file names, unique also when case is ignored.
 * Same model, same diagrams in the same order.
 */
export function planDiagrams(
  model: Model,
  render: Renderer,
): readonly Diagram[] {
  const context: PlanContext = {
    model,
    index: indexModel(model),
    words: render.words('diagrams', model.locale),
  };
  return uniquelyNamed([
    ...planOverview(context),
    ...planEventFlows(context),
    ...planSagaSequences(context),
    ...planRequestSequences(context),
    ...planAggregateStates(context),
    ...planCqrs(context),
    ...planPayloadClasses(context),
    ...planEventModel(context),
    ...planConsumerTopologies(context),
  ]);
}

/** Renders every diagram of a model: Mermaid text by file name without extension. */
export function diagramTexts(
  model: Model,
  render: Renderer,
): ReadonlyMap<string, string> {
  return new Map(
    planDiagrams(model, render).map((diagram) => [
      diagram.name,
      renderDiagram(diagram, render),
    ]),
  );
}

function uniquelyNamed(diagrams: readonly Diagram[]): readonly Diagram[] {
  const taken = new Set<string>();
  return diagrams.map((diagram) => {
    const base = pathSegment(diagram.name).slice(0, 110);
    let name = base;
    for (let count = 2; taken.has(name.toLowerCase()); count += 1)
      name = `${base}-${count}`;
    taken.add(name.toLowerCase());
    return { ...diagram, name };
  });
}
