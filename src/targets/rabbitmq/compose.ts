// The compose file of one development node: the broker, and a job that applies the definitions when it is up.
import { releaseOf } from '../../brokers/rabbitmq/version.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Topology } from '../../brokers/rabbitmq/topology.ts';

/** Image of the job that applies the definitions: the RabbitMQ image has no curl. */
const curlImage = 'curlimages/curl:8.11.1';

/** Makes the compose file's data. Passwords come from the environment or `.env`, and none has a default. */
export function composeFile(topology: Topology): JsonObject {
  const { environment } = topology;
  const conf = `rabbitmq.${environment}.conf`;
  const definitions = `definitions.${environment}.json`;
  return {
    name: `${topology.vhost.toLowerCase().replaceAll(/[^a-z0-9_-]/g, '-')}-rabbitmq`,
    services: {
      rabbitmq: {
        image: `rabbitmq:${releaseOf(topology.release)}-management`,
        // The node's name, and with it the folder of its data, contains the host name.
        hostname: 'rabbitmq',
        environment: {
          RABBITMQ_DEFAULT_USER: required('RABBITMQ_ADMIN_USER'),
          RABBITMQ_DEFAULT_PASS: required('RABBITMQ_ADMIN_PASSWORD'),
        },
        ports: [
          '127.0.0.1:5672:5672',
          '127.0.0.1:15672:15672',
          '127.0.0.1:15692:15692',
        ],
        volumes: [
          `./${conf}:/etc/rabbitmq/conf.d/20-event-arch.conf:ro`,
          './enabled_plugins:/etc/rabbitmq/enabled_plugins:ro',
          'data:/var/lib/rabbitmq',
        ],
        healthcheck: {
          // A login, not only a process: a node whose import failed at boot runs, and lets nobody in.
          test: [
            'CMD-SHELL',
            'rabbitmq-diagnostics -q check_port_connectivity && rabbitmqctl -q authenticate_user "$$RABBITMQ_DEFAULT_USER" "$$RABBITMQ_DEFAULT_PASS"',
          ],
          interval: '5s',
          timeout: '15s',
          retries: 24,
          start_period: '10s',
        },
      },
      definitions: {
        image: curlImage,
        depends_on: { rabbitmq: { condition: 'service_healthy' } },
        environment: {
          RABBITMQ_URL: 'http://rabbitmq:15672',
          RABBITMQ_ADMIN_USER: required('RABBITMQ_ADMIN_USER'),
          RABBITMQ_ADMIN_PASSWORD: required('RABBITMQ_ADMIN_PASSWORD'),
          ...Object.fromEntries(
            topology.users.map(({ passwordVariable }) => [
              passwordVariable,
              required(passwordVariable),
            ]),
          ),
        },
        volumes: [
          './apply.sh:/broker/apply.sh:ro',
          `./${definitions}:/broker/${definitions}:ro`,
        ],
        entrypoint: ['sh', '/broker/apply.sh', environment],
        restart: 'no',
      },
    },
    volumes: { data: {} },
  };
}

const required = (variable: string): string =>
  `\${${variable}:?set it in .env, see .env.example}`;
