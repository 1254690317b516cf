// What every kind of diagram is planned from.
import type { Model } from '../model/model.ts';
import type { Words } from './diagram.ts';
import type { ModelIndex } from './model-index.ts';

export interface PlanContext {
  readonly model: Model;
  readonly index: ModelIndex;
  readonly words: Words;
}
