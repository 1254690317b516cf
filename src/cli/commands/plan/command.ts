// `event-arch plan`: how a live broker differs from the spec. Changes nothing.
import type { Command } from 'commander';
import { brokerHelp } from '../../broker-option.ts';
import type { ExitCode, Terminal } from '../../terminal.ts';
import type { PlanOptions } from './options.ts';

/** What `plan` and `apply` read from the process's environment, for their help. */
export const environmentHelp = `
Environment:
  RabbitMQ  RABBITMQ_URL when there is no --url; RABBITMQ_ADMIN_USER, RABBITMQ_ADMIN_PASSWORD;
            RABBITMQ_PASSWORD_<SERVICE> for each user that has to be made
  Kafka     BOOTSTRAP_SERVERS when there is no --url; BROKER_ADMIN_USER (admin), BROKER_ADMIN_PASSWORD,
            BROKER_SECURITY_PROTOCOL and BROKER_ADMIN_MECHANISM (those of the spec; PLAIN too);
            KAFKA_PASSWORD_<USER> for each user that is to be made
  TLS       NODE_EXTRA_CA_CERTS, a file of authorities to trust beside the usual ones, as --ca is`;

const examples = `
Examples:
  event-arch plan spec.yaml --url http://localhost:15672 --env dev
  event-arch plan spec.yaml --url kafka-1:9093,kafka-2:9093 --env prod --format json`;

/** Adds the command to the program; `done` gets its exit code. */
export function addPlanCommand(
  program: Command,
  terminal: Terminal,
  done: (code: ExitCode) => void,
): void {
  withPlaceOptions(program.command('plan'))
    .description(
      'compare a live broker with the spec; exit with 1 when they differ (the check for CI)',
    )
    .addHelpText('after', `${environmentHelp}\n${examples}`)
    .action(async (spec: string | undefined, options: PlanOptions) => {
      const { planLive } = await import('./run.ts');
      done(await planLive(spec, options, terminal));
    });
}

/** Adds what `plan` and `apply` share: the spec, the place, the format. */
export function withPlaceOptions(command: Command): Command {
  return command
    .argument(
      '[spec]',
      'file, or - for standard input; event-arch.yaml here when none is named',
    )
    .option(
      '--url <address>',
      "the broker: RabbitMQ's management API, or Kafka's bootstrap servers (host:port,host:port)",
    )
    .option(
      '--env <name>',
      'environment of the spec that the broker is, or one-node for that of broker/kafka/compose; needed when there are several',
    )
    .option('--broker <name>', brokerHelp('design'))
    .option(
      '--ca <file>',
      'PEM file of authorities to trust beside the usual ones, for https and SASL_SSL',
    )
    .option('-f, --format <name>', 'text or json', 'text');
}
