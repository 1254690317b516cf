// What a broker is to the rest of the tool: what it can do, what it refuses, and its name.
import type { Declared } from '../core/catalogue.ts';
import type { Diagnostic } from '../core/diagnostic.ts';
import type { JsonValue } from '../core/json.ts';
import type { Environment, Model } from '../model/model.ts';
import type { Sourced } from '../model/settings.ts';
import type { AsyncApiWiring } from './async-api.ts';
import type { ChangeWords } from './change-words.ts';
import type { Description } from './description.ts';
import type { Capabilities } from '../model/capabilities.ts';
import type { Monitoring } from './monitoring.ts';
import type { DesiredState } from './resource.ts';
import type { ResourceNames } from './resource-names.ts';

export interface Broker {
  /** File name, schema file, fixture folder and value of `broker.kind`. */
  readonly name: string;
  /** As printed in documents. */
  readonly title: string;
  readonly defaultVersion: string;
  /** What it can give in this version; `version` is `major.minor`. */
  readonly capabilities: (version: string) => Capabilities;
  /** What it fills in for options that the spec leaves out because they follow from the design, by name. */
  readonly derivedOptions: (
    model: Model,
  ) => Readonly<Record<string, Sourced<JsonValue>>>;
  /** How it names what a design needs; pure, the same names as in its configuration. */
  readonly names: (model: Model) => ResourceNames;
  /** Lists what a design wants of it in one environment, with what it lets be changed; pure, as its configuration does. */
  readonly desiredState: (
    model: Model,
    environment: Environment,
  ) => DesiredState;
  /** Tells what it makes of a design, for documents; pure, and true of the configuration that is generated. */
  readonly describe: (model: Model) => Description;
  /** What it does when a design changes, in its own words. */
  readonly changeWords: ChangeWords;
  /** Refuses names, versions and settings that the broker refuses. Reports: `broker/*`. */
  readonly check: (model: Model) => readonly Diagnostic[];
  /** Everything that its check can report. */
  readonly catalogue: Declared;
  /** Describes itself for AsyncAPI: how it is reached, where messages are sent and received, and its bindings. */
  readonly asyncApi: (model: Model) => AsyncApiWiring;
  /** Describes how it is watched: recording and alert rules, panels, what to scrape. */
  readonly monitoring: (model: Model) => Monitoring;
}
