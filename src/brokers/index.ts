// The registered brokers, in alphabetical order. Adding one is a file, its schema, and a line here.
import type { Broker } from './broker.ts';
import { kafka } from './kafka.ts';
import { rabbitmq } from './rabbitmq.ts';

export const brokers: readonly Broker[] = [kafka, rabbitmq];
