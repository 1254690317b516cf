// What each broker adds to the generated code: its clients, its npm packages, its settings.
import type { BrokerCode } from './broker-code-parts.ts';
import { kafkaCode } from './kafka-code.ts';
import { rabbitmqCode } from './rabbitmq-code.ts';

const all: readonly BrokerCode[] = [kafkaCode, rabbitmqCode];

/** Finds what a broker adds. Throws for a broker without code (our bug: a registered broker has it). */
export function brokerCode(name: string): BrokerCode {
  const found = all.find((code) => code.name === name);
  if (found === undefined) throw new Error(`no code for broker "${name}"`);
  return found;
}
