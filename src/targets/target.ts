// What a target is: a pure function from the model to files.
import type { Artifact } from '../core/artifact.ts';
import type { Diagnostic } from '../core/diagnostic.ts';
import type { Broker } from '../brokers/broker.ts';
import type { Diagram } from '../diagrams/diagram.ts';
import type { Model } from '../model/model.ts';
import type { Renderer } from '../render/renderer.ts';

export interface EmitContext {
  readonly render: Renderer;
  /** The broker that this run is for. */
  readonly broker: Broker;
  /** Findings of the earlier stages, for the document's open points. */
  readonly findings: readonly Diagnostic[];
  /** The diagrams of this model, planned once for all targets; without it a target plans its own. */
  readonly diagrams?: () => readonly Diagram[];
  /** Version of the tool, printed in the files' first line. */
  readonly toolVersion: string;
}

export interface Target {
  /** What `--only` takes: kebab-case = folder = template folder. */
  readonly name: string;
  /** One sentence for `--help`. */
  readonly summary: string;
  /** Whether this target has anything to say for this model, e.g. Kafka files for a Kafka system. */
  readonly appliesTo: (model: Model) => boolean;
  /** Why nothing is written for a model that the target applies to; null when it is. */
  readonly refuses?: (model: Model) => string | null;
  /** Gives the files one by one, so that whoever takes them need not hold the text of all. */
  readonly emit: (model: Model, context: EmitContext) => Iterable<Artifact>;
}
