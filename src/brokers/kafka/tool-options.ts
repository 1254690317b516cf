// Names of the console tools' options, which differ by version.
import { isAtLeast } from './versions.ts';

/** Options of `kafka-console-consumer.sh` and `kafka-console-producer.sh`, without their dashes. */
export interface ToolOptions {
  readonly consumerConfig: string;
  readonly producerConfig: string;
  /** What is printed of a message. */
  readonly formatter: string;
  /** How a message is read. */
  readonly reader: string;
}

/**
 * Gives the options' names in a version. Source: KIP-1147 (4.2), which gives these tools one option for the client's file
 * and one for the format of what is printed or read; before, each had its own.
 */
export function toolOptions(version: string): ToolOptions {
  return isAtLeast(version, 4, 2)
    ? {
        consumerConfig: 'command-config',
        producerConfig: 'command-config',
        formatter: 'formatter-property',
        reader: 'reader-property',
      }
    : {
        consumerConfig: 'consumer.config',
        producerConfig: 'producer.config',
        formatter: 'property',
        reader: 'property',
      };
}
