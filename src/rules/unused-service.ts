// A service is described, but takes part in nothing.
import { defineRule } from './rule.ts';

/** Reports: `rule/unused-service`. */
export const unusedService = defineRule(
  {
    name: 'unused-service',
    area: 'ownership',
    severity: 'warning',
    profile: 'recommended',
    summary: 'A service is described, but takes part in nothing.',
    message: '"{service}" is described, but takes part in nothing',
    hint: 'Add "{service}" to "publishers" or "consumers", or remove it.',
    why: 'A name that is only described is left over, or is spelt otherwise where it is used.',
    source: 'S. Brown, The C4 model, "Containers"',
  },
  ({ model, publicationsByService, subscriptionsByService }) => {
    const named = new Set([
      ...model.aggregates.map(({ service }) => service),
      ...model.projections.map(({ service }) => service),
      ...model.sagas.map(({ coordinator }) => coordinator),
      ...model.requests.flatMap(({ requester, responder }) => [
        requester,
        responder,
      ]),
    ]);
    return model.services
      .filter(
        ({ name, isDeclared }) =>
          isDeclared &&
          !named.has(name) &&
          !publicationsByService().has(name) &&
          !subscriptionsByService().has(name),
      )
      .map(({ name, origin }) => ({
        at: { pointer: origin, at: 'key' },
        service: name,
      }));
  },
);
