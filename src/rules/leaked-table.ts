// An event shows a table of its publisher's database.
import { shortList } from '../core/text.ts';
import type { Event } from '../model/model.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/leaked-table`. */
export const leakedTable = defineRule(
  {
    name: 'leaked-table',
    area: 'ownership',
    severity: 'warning',
    profile: 'recommended',
    summary: "An event shows a table of its publisher's database.",
    message: '"{event}" shows a table of a database: {signs}',
    hint: 'Name "{event}" after what has happened in the business, with fields in its words; let change data capture feed the outbox and not the consumers.',
    why: 'The table becomes a contract: its publisher cannot rename a column any more without asking everybody. What happened has to be guessed from rows.',
    source:
      'C. Richardson, Microservices Patterns, chapter 3; G. Morling, "Change Data Capture Breaks Encapsulation"',
  },
  ({ model, services, publicationsByEvent }) =>
    model.events.flatMap((event) => {
      const publishers = publicationsByEvent().get(event.name) ?? [];
      // What a system outside publishes is as it is.
      const isForeign = publishers.some(
        ({ service }) => services().get(service)?.isExternal === true,
      );
      const signs = isForeign ? [] : signsOf(event);
      if (signs.length === 0) return [];
      return [
        {
          at: { pointer: event.origin, at: 'key' as const },
          event: event.name,
          signs: shortList(signs),
        },
      ];
    }),
);

function signsOf({ name, payload }: Event): readonly string[] {
  const words = name.split(/[._-]/);
  const isStatement = ['deleted', 'inserted', 'updated'].some((word) =>
    words.includes(word),
  );
  const fields = payload.fields
    .map((field) => field.name)
    .filter((field) => /^(fk|pk|tbl)_/.test(field));
  return [
    ...(words.includes('tbl') || (words.includes('row') && isStatement)
      ? [name]
      : []),
    ...fields,
  ];
}
