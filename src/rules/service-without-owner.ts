// Services have owners, but this one has none.
import { defineRule } from './rule.ts';

/** Reports: `rule/service-without-owner`. */
export const serviceWithoutOwner = defineRule(
  {
    name: 'service-without-owner',
    area: 'ownership',
    severity: 'info',
    profile: 'recommended',
    summary: 'Services have owners, but this one has none.',
    message: 'nobody owns "{service}", although other services have an owner',
    hint: 'Add "owner:" to "{service}" under "services", or "external: true".',
    why: 'Dead letters, alerts and questions about a contract need somebody to go to. The service without an owner is the one where they stay.',
    source:
      'Microsoft, Azure Well-Architected Framework, "Operational Excellence"; C. Richardson, Microservices Patterns',
  },
  ({ model }) => {
    if (model.services.every(({ owner }) => owner === null)) return [];
    return model.services
      .filter(({ owner, isExternal }) => owner === null && !isExternal)
      .map(({ name, origin }) => ({
        at: { pointer: origin, at: 'key' },
        service: name,
      }));
  },
);
