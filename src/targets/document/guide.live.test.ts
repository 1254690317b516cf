// The guide's commands against a real RabbitMQ, as a person on call would paste them.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AmqpSession } from '../../testing/amqp-session.ts';
import { connectAs, drainAll } from '../../testing/amqp-session.ts';
import { describeWithBroker } from '../../testing/brokers/describe-with-broker.ts';
import { rabbitmqRelease } from '../../testing/brokers/rabbitmq-installation.ts';
import { keyHeaders } from '../../testing/key-headers.ts';
import { brokerNamed } from '../../testing/load-model.ts';
import { ordersModel } from '../../testing/orders-model.ts';
import { ownRenderer } from '../../testing/own-templates.ts';
import {
  contentOf,
  emitRabbitmq,
  writeRabbitmqFolder,
} from '../../testing/rabbitmq-folder.ts';
import { documentTarget } from './document-target.ts';

const model = ordersModel(rabbitmqRelease());
const folder = writeRabbitmqFolder(model);
const guide =
  [
    ...documentTarget.emit(model, {
      render: ownRenderer(),
      broker: brokerNamed('rabbitmq'),
      findings: [],
      toolVersion: '0.0.0',
    }),
  ].find(({ path }) => path === 'GUIDE.md')?.content ?? '';
const blocks = [...guide.matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(
  ([, block]) => block ?? '',
);
const setUp = blocks[0] ?? '';
const lines = blocks.join('').split('\n');
const moves = lines.filter((line) => line.startsWith('move '));
const sh = promisify(execFile);

describeWithBroker(
  'rabbitmq',
  'the commands of the guide',
  (server) => {
    let admin: AmqpSession;
    beforeAll(async () => {
      const run = await folder.apply(server());
      if (run.code !== 0) throw new Error(run.stderr);
      admin = await connectAs(server(), folder);
    });
    afterAll(async () => {
      await admin.close();
      folder.remove();
    });

    const paste = async (line: string): Promise<string> => {
      const { managementUrl, admin: login } = server();
      const { stdout } = await sh('sh', ['-euc', `${setUp}\n${line}`], {
        env: {
          ...process.env,
          RABBITMQ_URL: managementUrl,
          RABBITMQ_ADMIN_USER: login.username,
          RABBITMQ_ADMIN_PASSWORD: login.password,
        },
      });
      return stdout;
    };

    it('has a look at and a move of the dead letters of some group', () => {
      expect(moves.length).toBeGreaterThan(1);
    });

    it.each(moves)(
      'shows a parked message and puts it back: %s',
      async (move) => {
        const [, , parked = '', way = '', target = ''] = move.split(' ');
        const dead = folder.topology.bindings.find(
          ({ destination }) => destination === parked,
        );
        await admin.publish({
          exchange: dead?.source ?? '',
          routingKey: dead?.routingKey ?? '',
          body: `for ${target}`,
          headers: keyHeaders('order-1', folder.topology.slots.value),
        });
        expect(await paste(`look ${parked}`)).toContain(`for ${target}`);
        await paste(move);
        const places =
          way === 'dest-queue'
            ? [target]
            : folder.topology.bindings
                .filter(({ source }) => source === target)
                .map(({ destination }) => destination);
        // A lane has several slots, and so several bindings.
        const queues = [...new Set(places)];
        await expect
          .poll(
            async () => [...(await drainAll(admin, queues)).values()].flat(),
            { timeout: 20_000 },
          )
          .toContain(`for ${target}`);
        expect([...(await drainAll(admin, [parked])).values()].flat()).toEqual(
          [],
        );
      },
    );
  },
  {
    options: {
      enabledPlugins: contentOf(emitRabbitmq(model), 'enabled_plugins'),
    },
  },
);
