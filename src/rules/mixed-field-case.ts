// Fields of payloads are written in different cases.
import { gather } from '../core/gather.ts';
import { shortList } from '../core/text.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/mixed-field-case`. */
export const mixedFieldCase = defineRule(
  {
    name: 'mixed-field-case',
    area: 'naming',
    severity: 'info',
    profile: 'recommended',
    summary: 'Fields of payloads are written in different cases.',
    message:
      'most fields are written in {commonCase}, but in {rareCase} {rare} of "{event}"',
    hint: 'Write {rare} in {commonCase} too, before anybody depends on it.',
    why: "A field's name is part of the contract and cannot be corrected later without a new version. Two styles side by side are mistyped.",
    source: 'Google, JSON Style Guide, "Property Name Guidelines"',
  },
  ({ model }) => {
    const fields = model.events.flatMap((event) =>
      event.payload.fields.map((field) => ({ field, event: event.name })),
    );
    const cases = [
      ...gather(fields, ({ field }) => caseOf(field.name)),
    ].toSorted(
      ([left, first], [right, second]) =>
        second.length - first.length || (left < right ? -1 : 1),
    );
    const [common] = cases;
    const rare = cases.at(-1);
    if (common === undefined || rare === undefined || cases.length < 2)
      return [];
    const [first] = rare[1];
    const own = rare[1].filter(({ event }) => event === first?.event);
    return [
      {
        at: { pointer: first?.field.origin ?? '', at: 'key' },
        rare: shortList(own.map(({ field }) => field.name)),
        event: first?.event ?? '',
        rareCase: rare[0],
        commonCase: common[0],
      },
    ];
  },
);

/** Single lower-case words are in every case. */
function caseOf(name: string): readonly string[] {
  if (/^[A-Z]/.test(name)) return ['PascalCase'];
  if (name.includes('_')) return ['snake_case'];
  return /[A-Z]/.test(name) ? ['camelCase'] : [];
}
