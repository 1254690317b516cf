import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  anyModelOf,
  checkText,
  fixturePath,
  loadModel,
} from '../../testing/load-model.ts';
import { contentOf, emitRabbitmq } from '../../testing/rabbitmq-folder.ts';
import { rabbitmq } from './emit.ts';

const shop = loadModel('shop', 'rabbitmq');
const files = emitRabbitmq(shop);
const schemas = process.env['EVENT_ARCH_SCHEMAS'];
const isCi = (process.env['CI'] ?? '') !== '';

// Sizes and the environment's name are all that may differ.
const sizes = (text: string): string =>
  text
    .replaceAll(/(group-size|cluster-size)": \d/g, '$1": N')
    .replaceAll(/\b(dev|prod)\b/g, 'ENV');

describe('the page for readers outside', () => {
  const page = (more: string): string => {
    const text = `eventArch: 1
name: Parking
broker: rabbitmq
events:
  car.entered: { key: ticket, payload: { ticket: uuid } }
  place.freed: { key: place, public: true, payload: { place: string } }
publishers: { gate: [car.entered], display: [place.freed] }
consumers: { display: [car.entered]${more} }
`;
    return contentOf(emitRabbitmq(anyModelOf(checkText(text))), 'README.md');
  };

  it('says what becomes of a public event that nobody here consumes', () => {
    const told = page('');
    expect(told).toContain('## Readers outside this design');
    expect(told).toContain('no user and no queue here: place.freed.');
    expect(told).toContain('Nobody here consumes place.freed: until a reader');
    expect(/^\| display \| `place.freed` .*\|$/m.exec(told)?.[0]).not.toContain(
      'mandatory',
    );
  });

  it('says nothing of that for one that somebody here consumes', () => {
    const told = page(', billing: [place.freed]');
    expect(told).toContain('## Readers outside this design');
    expect(told).not.toContain('Nobody here consumes');
    expect(/^\| display \| `place.freed` .*\|$/m.exec(told)?.[0]).toContain(
      'mandatory',
    );
  });
});

describe('the RabbitMQ folder of the shop', () => {
  it.each(files)('is as reviewed: $path', async ({ path, content }) => {
    await expect(content).toMatchFileSnapshot(
      fixturePath('targets', 'rabbitmq', 'shop', 'expected', path),
    );
  });

  it('is the same on a second run', () => {
    expect(emitRabbitmq(shop)).toEqual(files);
  });

  it('is for RabbitMQ systems only', () => {
    expect(rabbitmq.appliesTo(shop)).toBe(true);
    expect(rabbitmq.appliesTo(loadModel('shop'))).toBe(false);
  });

  it('differs between environments in sizes alone', () => {
    expect(sizes(contentOf(files, 'definitions.dev.json'))).toBe(
      sizes(contentOf(files, 'definitions.prod.json')),
    );
  });

  it('has a script that a POSIX shell reads', () => {
    execFileSync('sh', ['-n'], { input: contentOf(files, 'apply.sh') });
  });

  it('says for every object where it comes from', () => {
    const { event_arch: ours, ...rest } = JSON.parse(
      contentOf(files, 'definitions.dev.json'),
    ) as {
      readonly event_arch: {
        readonly provenance: readonly { readonly from: string }[];
      };
    } & Readonly<Record<string, readonly unknown[]>>;
    // The slots of one lane are one decision.
    const bindings = new Set(
      (rest['bindings'] as readonly Readonly<Record<string, unknown>>[]).map(
        ({ source, destination, routing_key: key }) =>
          JSON.stringify([source, destination, key]),
      ),
    );
    const objects = Object.entries(rest)
      .filter(([key]) => key !== 'vhosts' && key !== 'bindings')
      .reduce((sum, [, list]) => sum + list.length, bindings.size);
    expect(ours.provenance).toHaveLength(objects);
    expect(ours.provenance.filter(({ from }) => from === '')).toEqual([]);
  });

  const file = join(schemas ?? '', 'compose-spec.schema.json');
  const reason =
    schemas === undefined || !existsSync(file)
      ? 'set EVENT_ARCH_SCHEMAS to a folder with compose-spec.schema.json'
      : null;
  it.skipIf(reason !== null && !isCi)(
    `has a compose file that the compose specification accepts${reason === null ? '' : ` (${reason})`}`,
    () => {
      const ajv = new Ajv({ strict: false });
      addFormats.default(ajv);
      // Its `$schema` is draft 7 in a spelling that ajv does not know.
      const { $schema: _dialect, ...schema } = JSON.parse(
        readFileSync(file, 'utf8'),
      ) as Readonly<Record<string, unknown>>;
      const validate = ajv.compile(schema);
      const compose = parse(contentOf(files, 'compose.yaml')) as {
        readonly services: Readonly<Record<string, { readonly image: string }>>;
      };
      expect(validate(compose) ? [] : validate.errors).toEqual([]);
      expect(
        Object.values(compose.services).map(({ image }) =>
          /:\d+\.\d+/.test(image),
        ),
      ).toEqual([true, true]);
    },
  );
});
