// Personal data is put into the headers of an event.
import { shortList } from '../core/text.ts';
import { personalPaths } from '../model/personal-fields.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/personal-headers`. */
export const personalHeaders = defineRule(
  {
    name: 'personal-headers',
    area: 'security',
    severity: 'warning',
    profile: 'recommended',
    summary: 'Personal data is put into the headers of an event.',
    message: 'the headers of {event} carry personal data: {fields}',
    hint: 'Move {fields} of {event} from "headers" into the payload.',
    why: 'Headers are read and logged by everything on the way: brokers, proxies, tracing, consoles. They are not part of what is encrypted or masked.',
    source: 'CloudEvents 1.0, "Privacy and Security"',
    joins: 'event',
  },
  ({ model }) => {
    const pathsIn = personalPaths(model);
    return model.events.flatMap(({ name, headers }) => {
      const found = (headers?.fields ?? []).filter(
        (field) => pathsIn(field).length > 0,
      );
      const [first] = found;
      if (first === undefined) return [];
      return [
        {
          at: first.origin,
          event: name,
          fields: shortList(found.map((field) => field.name)),
        },
      ];
    });
  },
);
