// A design of any size, for tests of cost.
import type { JsonObject, JsonValue } from '../core/json.ts';

/**
 * Makes the value of a spec with so many services, each with ten events of one aggregate, an outbox, a read model, and
 * subscriptions to the events of the two services after it; every tenth service runs a saga.
 */
export function largeSpec(services: number): JsonObject {
  const indexes = Array.from({ length: services }, (_, index) => index);
  const all = (
    make: (index: number) => readonly (readonly [string, JsonValue])[],
  ): JsonObject => Object.fromEntries(indexes.flatMap(make));
  const next = (index: number, by: number): number => (index + by) % services;
  return {
    eventArch: 1,
    name: 'Large',
    broker: 'kafka',
    services: all((index) => [
      [
        `service-${index}`,
        {
          owner: `team-${index % 7}`,
          context: `context-${index % 11}`,
          database: 'postgresql',
        },
      ],
    ]),
    types: { Money: { amount: 'number', currency: 'string' } },
    events: all((index) => [
      ...steps.map(
        (step) =>
          [
            `thing-${index}.${step}`,
            {
              aggregate: `thing-${index}`,
              key: 'thingId',
              volume: { rate: '10/s', peak: '40/s' },
              payload: {
                thingId: 'uuid',
                total: 'Money',
                'note?': 'string',
                by: { type: 'string', pii: true },
              },
            },
          ] as const,
      ),
      [
        `command.do-${index}`,
        { type: 'command', key: 'thingId', payload: { thingId: 'uuid' } },
      ],
    ]),
    publishers: all((index) => [
      [
        `service-${index}`,
        {
          publishes: steps.map((step) => `thing-${index}.${step}`),
          outbox: index % 3 > 0,
        },
      ],
    ]),
    consumers: all((index) => [
      [
        `service-${index}`,
        {
          idempotency: 'inbox',
          subscribes: {
            [`thing-${next(index, 1)}.*`]: { processing: '5ms', instances: 4 },
            [`thing-${next(index, 2)}.created`]: {},
            [`command.do-${index}`]: {},
          },
        },
      ],
    ]),
    projections: all((index) => [
      [
        `things${index}`,
        {
          service: `service-${index}`,
          from: [`thing-${index}.created`, `thing-${index}.paid`],
          key: 'thingId',
          fields: { thingId: 'uuid', total: 'Money' },
        },
      ],
    ]),
    requests: all((index) =>
      index % 5 > 0
        ? []
        : [
            [
              `thing-${index}.ask`,
              {
                requester: `service-${index}`,
                responder: `service-${next(index, 1)}`,
                request: { thingId: 'uuid' },
                reply: { isThere: 'boolean' },
              },
            ],
          ],
    ),
    sagas: all((index) =>
      index % 10 > 0
        ? []
        : [
            [
              `saga${index}`,
              {
                coordinator: `service-${index}`,
                starts: `thing-${index}.created`,
                steps: [
                  {
                    name: 'first',
                    command: `command.do-${next(index, 1)}`,
                    success: `thing-${next(index, 1)}.paid`,
                    failure: `thing-${next(index, 1)}.cancelled`,
                  },
                ],
              },
            ],
          ],
    ),
  };
}

const steps = [
  'created',
  'checked',
  'paid',
  'packed',
  'shipped',
  'delivered',
  'returned',
  'refunded',
  'cancelled',
] as const;
