// The broker that the command line names.
import type { Broker } from '../brokers/broker.ts';
import { brokers } from '../brokers/index.ts';
import { HostError } from '../core/host.ts';
import { plainList } from '../core/text.ts';
import { unknownChoice } from './spec-input.ts';

/** Finds a broker by the name given on the command line. Throws: `HostError` with the known ones. */
export function brokerOption(name: string | undefined): Broker | null {
  if (name === undefined) return null;
  const found = brokers.find((broker) => broker.name === name);
  if (found !== undefined) return found;
  const names = brokers.map((broker) => broker.name);
  throw new HostError(unknownChoice('--broker', name, names));
}

/** Says for help what `--broker` does; `verb` is what the command does with the spec. */
export function brokerHelp(verb: string): string {
  const names = brokers.map(({ name }) => name);
  return `${verb} for ${plainList(names, 'or')} instead of the broker in the spec`;
}
