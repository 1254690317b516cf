import { readdirSync } from 'node:fs';
import { parse, stringify } from 'yaml';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../core/diagnostic.ts';
import type { JsonObject } from '../core/json.ts';
import { checkText, fixturePath, readFixture } from '../testing/load-model.ts';
import { remediesOf } from '../testing/remedies.ts';
import { rules } from './index.ts';

const specs = [
  ...rules.map(({ name }) => ['rules', name, 'reports.yaml']),
  ...readdirSync(fixturePath('remedies')).map((file) => ['remedies', file]),
];

const found = (spec: JsonObject): readonly Diagnostic[] =>
  checkText(stringify(spec)).diagnostics;

const cases = specs.flatMap((path) => {
  const spec = parse(readFixture(...path)) as JsonObject;
  return found(spec)
    .filter(({ code }) => code.startsWith('rule/'))
    .flatMap((finding) =>
      remediesOf(finding).map(({ words, apply }) => ({
        path: path.join('/'),
        code: finding.code,
        words,
        finding,
        spec,
        apply,
      })),
    );
});

const isSame = (one: Diagnostic, other: Diagnostic): boolean =>
  one.code === other.code && one.pointer === other.pointer;

describe('a line that a hint gives', () => {
  it.each(cases)(
    '$words ends $code in $path, and brings no error',
    ({ finding, spec, apply }) => {
      const known = new Set(found(spec).map(({ code }) => code));
      const left = found(apply(spec)).filter(
        (one) =>
          (one.severity === 'error' && !known.has(one.code)) ||
          isSame(one, finding),
      );
      expect(left.map(({ code, message }) => `${code} ${message}`)).toEqual([]);
    },
  );

  it.each(cases)(
    '$words for $code in $path brings nothing whose remedy brings it back',
    ({ finding, spec, apply }) => {
      const after = apply(spec);
      const back = found(after)
        .filter((one) => !found(spec).some((known) => isSame(known, one)))
        .flatMap((brought) =>
          remediesOf(brought)
            .filter((remedy) =>
              found(remedy.apply(after)).some((one) => isSame(one, finding)),
            )
            .map(({ words }) => `${brought.code} ${words}`),
        );
      expect(back).toEqual([]);
    },
  );

  it('is given to nobody for how a system outside commits', () => {
    const spec = parse(readFixture('remedies', 'outside.yaml')) as JsonObject;
    expect(found(spec).map(({ code }) => code)).toEqual([]);
  });

  it('is found in the hints that matter most', () => {
    const followed = (code: string): number =>
      cases.filter((one) => one.code === `rule/${code}`).length;
    expect(cases.length).toBeGreaterThan(75);
    expect(followed('dual-write')).toBeGreaterThan(9);
    expect(followed('missing-idempotency')).toBeGreaterThan(1);
    expect(followed('outbox-without-database')).toBeGreaterThan(3);
    expect(followed('reordered-publishing')).toBeGreaterThan(2);
    expect(followed('short-retention')).toBeGreaterThan(4);
    expect(followed('split-order')).toBeGreaterThan(9);
  });
});
