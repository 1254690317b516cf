// Keys of several fields and of fields inside others, wherever their text is told or made.
import { describe, expect, it } from 'vitest';
import { planArtifacts } from '../pipeline/plan-artifacts.ts';
import { emitContextFor } from '../testing/generated-project.ts';
import { anyModelOf, checkText, readFixture } from '../testing/load-model.ts';

const spec = readFixture('targets', 'code', 'joined-keys.yaml');

function filesOf(broker: string, text = spec): ReadonlyMap<string, string> {
  const model = anyModelOf(checkText(text, broker));
  const { value } = planArtifacts(model, emitContextFor(model), null);
  return new Map(
    (value?.artifacts ?? []).map(({ path, content }) => [path, content]),
  );
}

const rule =
  'joined by commas in this order; in each of them "%" is written "%25" and "," is written "%2C"';

describe('a key of several fields', () => {
  const kafka = filesOf('kafka');
  const file = (path: string): string => kafka.get(path) ?? '';

  it('is what partitions, by the same text in every language', () => {
    expect(file('asyncapi.yaml')).toContain(
      `The payload's tenant and orderId, ${rule}`,
    );
    const envelope = JSON.parse(
      file('events/order.placed.v1.envelope.schema.json'),
    ) as { properties: { partitionkey: { description: string } } };
    expect(envelope.properties.partitionkey.description).toContain(rule);
  });

  it('is told to who publishes, in the language of the documents', () => {
    expect(file('GUIDE.md')).toContain(
      'A key of several fields is the text of each, in the order of the table, joined by commas',
    );
    expect(file('GUIDE.md')).toContain('| `tenant + orderId` | outbox |');
    const french = filesOf('kafka', `${spec}locale: fr\n`).get('GUIDE.md');
    expect(french).toContain('joint par des virgules');
    const readme = filesOf('rabbitmq').get('broker/rabbitmq/README.md');
    expect(readme).toContain(
      'Of several fields it is their texts in this order, joined by commas',
    );
  });

  it('identifies the aggregate and the saga in the generated code', () => {
    const code = 'code/src/generated';
    expect(file(`${code}/messages/order-placed.ts`)).toContain(
      "key: [['tenant'], ['orderId']],\n  isIdentified: true,",
    );
    expect(file(`${code}/sagas/billing.ts`)).toContain(
      "correlation: [['tenant'], ['orderId']],",
    );
  });
});

describe('a key inside another field', () => {
  const kafka = filesOf('kafka');

  it('is read by its path', () => {
    expect(kafka.get('code/src/generated/messages/user-seen.ts')).toContain(
      "key: [['user', 'id']],",
    );
    expect(kafka.get('asyncapi.yaml')).toContain("The payload's user.id.");
    expect(kafka.get('ARCHITECTURE.md')).toContain('`user.id`');
  });

  it('keeps the format of the field that JSON Schema gives through allOf', () => {
    expect(kafka.get('asyncapi.yaml')).toMatch(
      /format: uuid\n\s+description: The payload's id\./,
    );
  });
});

describe('a spec without such keys', () => {
  it('says nothing of them', () => {
    const files = filesOf('rabbitmq', readFixture('specs', 'hello.yaml'));
    expect([...files.values()].filter((text) => text.includes('%2C'))).toEqual(
      [...files]
        .filter(([path]) => path.startsWith('code/src/runtime/messaging/key'))
        .map(([, text]) => text),
    );
  });
});
