// An event is keyed by personal data.
import { keyName } from '../model/event-key.ts';
import { child } from '../core/pointer.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/personal-key`. */
export const personalKey = defineRule(
  {
    name: 'personal-key',
    area: 'security',
    severity: 'warning',
    profile: 'minimal',
    summary: 'An event is keyed by personal data.',
    message: 'the key "{key}" of {event} is personal data',
    hint: 'Key {event} by an identity that says nothing about the person, such as a uuid.',
    why: 'The key is written beside the payload: into headers, logs, metrics and tools of the broker. It is not encrypted with the payload, and a compacted log keeps it for ever.',
    source:
      'Regulation (EU) 2016/679 (GDPR), article 25; CloudEvents 1.0, "Privacy and Security"',
    joins: 'event',
  },
  ({ model, keyFields }) =>
    model.events.flatMap(({ name, origin }) => {
      const personal = (keyFields().get(name) ?? []).filter(
        ({ field }) => field.isPii,
      );
      const key = keyName(personal.map(({ path }) => path));
      return personal.length > 0
        ? [{ at: child(origin, 'key'), event: name, key }]
        : [];
    }),
);
