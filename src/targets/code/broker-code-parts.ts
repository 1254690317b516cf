// What the code of one broker consists of.
import type { Model } from '../../model/model.ts';
import type { CodeContext } from './code-context.ts';
import type { Imports } from './source-file.ts';

export interface BrokerCode {
  readonly name: string;
  /** Declarations of `src/generated/brokers.ts`. */
  readonly declarations: (
    context: CodeContext,
    imports: Imports,
  ) => readonly string[];
  /** npm packages by name, with exact versions. */
  readonly packages: (model: Model) => Readonly<Record<string, string>>;
  /** Runtime files that are loaded by name only: tests. */
  readonly tests: readonly string[];
  /** Values of `BROKER` with their place in the README. */
  readonly choices: readonly string[];
}
