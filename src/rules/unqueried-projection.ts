// A read model is kept, but no query reads it.
import { defineRule } from './rule.ts';

/** Reports: `rule/unqueried-projection`. */
export const unqueriedProjection = defineRule(
  {
    name: 'unqueried-projection',
    area: 'operations',
    severity: 'info',
    profile: 'recommended',
    summary: 'A read model is kept, but no query reads it.',
    message:
      'no query reads projection "{projection}", which "{service}" keeps up to date',
    hint: 'Add a query with "projection: {projection}" under "queries", or remove the projection.',
    why: 'A read model costs a handler, a table and a rebuild for each change of its shape. It exists for the questions that it answers.',
    source: 'G. Young, "CQRS Documents"',
  },
  ({ model }) => {
    const read = new Set(model.queries.map(({ projection }) => projection));
    return model.projections
      .filter(({ name }) => !read.has(name))
      .map(({ name, service, origin }) => ({
        at: { pointer: origin, at: 'key' },
        projection: name,
        service,
      }));
  },
);
