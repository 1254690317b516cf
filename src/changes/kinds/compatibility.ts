// The declared compatibility: what is promised about payloads from now on.
import { gather } from '../../core/gather.ts';
import { shortList } from '../../core/text.ts';
import type { Event } from '../../model/model.ts';
import type { Compatibility } from '../../model/settings.ts';
import { defineKind } from '../change.ts';
import { consumersOf, distinct, subject } from '../parties.ts';
import type { Pair } from '../side.ts';

/** The readings that a mode promises; a transitive one promises them of every version. */
const promises: Readonly<Record<Compatibility, readonly string[]>> = {
  none: [],
  backward: ['backward'],
  'backward-transitive': ['backward', 'backward of all'],
  forward: ['forward'],
  'forward-transitive': ['forward', 'forward of all'],
  full: ['backward', 'forward'],
  'full-transitive': [
    'backward',
    'backward of all',
    'forward',
    'forward of all',
  ],
};

/** Reports: `diff/compatibility-*`. */
export const compatibility = defineKind(
  {
    'compatibility-lowered': {
      severity: 'warning',
      message:
        'the compatibility of {events} went from "{old}" to "{mode}", which promises less',
      hint: 'Keep "compatibility: {old}".',
      why: 'Consumers were built on the old promise. Changes of payloads that come with this one are still judged under it; those after are not.',
    },
    'compatibility-raised': {
      severity: 'info',
      message: 'the compatibility of {events} went from "{old}" to "{mode}"',
      hint: null,
      why: 'From now on changes of payloads are held to more.',
    },
  },
  (comparison, tell) => {
    const changed = comparison
      .events()
      .both.filter(
        ({ before: old, after: now }) =>
          old.compatibility.value !== now.compatibility.value,
      );
    // A mode that is written for the whole system is told once.
    return [...gather(changed, (pair) => [modesOf(pair)])].map(([, pairs]) => {
      const [first] = pairs;
      if (first === undefined) throw new Error('a group has a member');
      const [old, mode] = [
        first.before.compatibility.value,
        first.after.compatibility.value,
      ];
      const names = pairs.map(({ after: { name } }) => name);
      const isLowered = promises[old].some(
        (promise) => !promises[mode].includes(promise),
      );
      const services = pairs.flatMap(
        ({ before: { name } }) => consumersOf(comparison.before, name).services,
      );
      const about = {
        subject:
          names.length === 1
            ? subject('event', names[0] ?? '')
            : subject('system', 'compatibility'),
        pointer: first.after.compatibility.origin,
      };
      const words = { events: shortList(names), old, mode };
      return isLowered
        ? tell(
            'compatibility-lowered',
            {
              ...about,
              breaks: [
                {
                  role: 'consumers',
                  services: distinct(services),
                  hasOutsiders: pairs.some(
                    ({ before: { isPublic } }) => isPublic,
                  ),
                },
              ],
            },
            words,
          )
        : tell('compatibility-raised', about, words);
    });
  },
);

const modesOf = ({ before, after }: Pair<Event>): string =>
  `${before.compatibility.value} ${after.compatibility.value}`;
