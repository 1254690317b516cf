// What a person is told whose address or login is wrong.
import { expect, it } from 'vitest';
import { describeWithBroker } from '../../testing/brokers/describe-with-broker.ts';
import { runCli } from '../../testing/cli-run.ts';
import { fixturePath } from '../../testing/load-model.ts';

const spec = fixturePath('apply', 'orders.yaml');

describeWithBroker('kafka', 'a wrong address or login', (kafka) => {
  const place = ['--broker', 'kafka', '--env', 'dev'] as const;
  const attempt = async (
    changes: Readonly<Record<string, string>>,
  ): Promise<string> => {
    const { code, err } = await runCli(['plan', spec, ...place], {
      BOOTSTRAP_SERVERS: kafka().bootstrap,
      BROKER_ADMIN_USER: kafka().admin.username,
      BROKER_ADMIN_PASSWORD: kafka().admin.password,
      BROKER_SECURITY_PROTOCOL: 'SASL_PLAINTEXT',
      ...changes,
    });
    expect(code).toBe(2);
    return err;
  };

  it('says in words what is wrong with an address or a login', async () => {
    expect(await attempt({ BOOTSTRAP_SERVERS: '127.0.0.1:9' })).toMatch(
      /cannot reach Kafka at 127\.0\.0\.1:9 as "admin" \(SASL_PLAINTEXT, SCRAM-SHA-512\): .+/,
    );
    const refused = await attempt({ BROKER_ADMIN_PASSWORD: 'wrong' });
    expect(refused).toMatch(/authentication/i);
    expect(refused).not.toContain('wrong');
    expect(await attempt({ BROKER_ADMIN_PASSWORD: '' })).toContain(
      'BROKER_ADMIN_PASSWORD is not set',
    );
    expect(await attempt({ BROKER_ADMIN_MECHANISM: 'OAUTH' })).toContain(
      'takes SCRAM-SHA-512, SCRAM-SHA-256 or PLAIN',
    );
    expect(await attempt({ BROKER_SECURITY_PROTOCOL: 'TLS' })).toContain(
      'SASL_SSL or SASL_PLAINTEXT',
    );
  });
});
