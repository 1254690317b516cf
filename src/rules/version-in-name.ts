// The name of an event carries a version.
import { defineRule } from './rule.ts';

/** Reports: `rule/version-in-name`. */
export const versionInName = defineRule(
  {
    name: 'version-in-name',
    area: 'naming',
    severity: 'info',
    profile: 'recommended',
    summary: 'The name of an event carries a version.',
    message: 'the name of "{event}" ends in the version "{word}"',
    hint: 'Rename it to "{plain}" and say "version:" instead; start a new name only for a change that is compatible in no mode.',
    why: 'A version in the name makes each one another event: other channels, other subscriptions, and no check between the two. The envelope names the version of each message.',
    source: 'CloudEvents 1.0 Primer, "Versioning of CloudEvents"',
  },
  ({ model }) =>
    model.events.flatMap(({ name, origin }) => {
      const match = /^(.+)[._-](v\d+)$/.exec(name);
      if (match === null) return [];
      const [, plain = '', word = ''] = match;
      return [{ at: { pointer: origin, at: 'key' }, event: name, word, plain }];
    }),
);
