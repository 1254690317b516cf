// What one reason in the spec gives one principal.
import type { Operation, ResourceType, Why } from './design.ts';

/** One reason for one right; `merge` makes one grant of all that meet on a resource. */
export interface Right {
  readonly principal: string;
  readonly resource: ResourceType;
  readonly name: string;
  readonly pattern?: 'prefixed';
  /** In alphabetical order. */
  readonly operations: readonly Operation[];
  readonly why: Why;
}

/** What a publisher may. Describe goes with each, for authorizers that do not imply it. */
export const write: readonly Operation[] = ['Describe', 'Write'];
/** What a consumer may. */
export const read: readonly Operation[] = ['Describe', 'Read'];
