// Some names of events join their words with a hyphen and others with an underscore.
import { gather } from '../core/gather.ts';
import { shortList } from '../core/text.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/mixed-separators`. */
export const mixedSeparators = defineRule(
  {
    name: 'mixed-separators',
    area: 'naming',
    severity: 'info',
    profile: 'recommended',
    summary:
      'Some names of events join their words with a hyphen and others with an underscore.',
    message:
      'some events are written with "{rareMark}" and others with "{commonMark}": {rare}',
    hint: 'Write {rare} with "{commonMark}" too.',
    why: 'Names are typed from memory, into patterns and filters. On Kafka "_" and "." also clash in the names of metrics.',
    source: 'Apache Kafka documentation, "Topic naming" (KAFKA-2337)',
  },
  ({ model }) => {
    const byMark = gather(model.events, ({ name }) =>
      marks.filter((mark) => name.includes(mark)),
    );
    const [common, rare] = marks
      .map((mark) => ({ mark, events: byMark.get(mark) ?? [] }))
      .toSorted((left, right) => right.events.length - left.events.length);
    if (common === undefined || rare === undefined || rare.events.length === 0)
      return [];
    return [
      {
        at: { pointer: rare.events[0]?.origin ?? '', at: 'key' },
        rare: shortList(rare.events.map(({ name }) => name)),
        rareMark: rare.mark,
        commonMark: common.mark,
      },
    ];
  },
);

const marks: readonly string[] = ['-', '_'];
