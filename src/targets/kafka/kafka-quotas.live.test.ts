// Users of a design that have a password and quotas, made by the generated script on a running Kafka.
import { afterAll, expect, it } from 'vitest';
import { describeWithBroker } from '../../testing/brokers/describe-with-broker.ts';
import { deployKafka } from '../../testing/kafka-deployment.ts';
import { checkText, modelOf } from '../../testing/load-model.ts';

const model = modelOf(
  checkText(`eventArch: 1
name: Quotas
broker: kafka
environments: { dev: { replication: 1 } }
events:
  order.created:
    key: orderId
    volume: { rate: 5/s }
    payload: { orderId: uuid }
publishers: { orders: [order.created] }
consumers: { stock: [order.created] }
`),
);

describeWithBroker('kafka', 'users with quotas on a running Kafka', (kafka) => {
  const deployment = deployKafka(model, kafka);
  afterAll(() => deployment().close());

  it('get both from the first run of the script, and nothing from the second', async () => {
    const first = await deployment().script('apply.sh');
    expect(first, first.stderr).toMatchObject({ code: 0 });
    expect(first.stdout).toContain('set user orders: password');
    expect(first.stdout).toContain('set user orders: producer_byte_rate=');
    const second = await deployment().script('apply.sh');
    expect(second, second.stderr).toMatchObject({ code: 0 });
    expect(second.stdout).toContain('users: nothing to change');
    const producer = deployment().clientOf('orders').producer();
    await producer.connect();
    await producer.disconnect();
  });
});
