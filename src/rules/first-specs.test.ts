import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { joinAlike } from '../core/join-alike.ts';
import { checkText, fixturePath, readFixture } from '../testing/load-model.ts';
import { tellFindings } from '../testing/review-text.ts';
import { rules } from './index.ts';
import { codeOf } from './rule.ts';

// What people write first, as they write it: a finding of each kind that does not matter yet would be noise.
const files = readdirSync(fixturePath('first-specs')).filter((file) =>
  file.endsWith('.yaml'),
);
const strict = new Set<string>(
  rules.filter(({ profile }) => profile === 'strict').map(codeOf),
);

describe('a first spec', () => {
  it.each(files)(
    'of %s is told three things at most, and none twice',
    async (file) => {
      const told = joinAlike(
        checkText(readFixture('first-specs', file)).diagnostics.filter(
          ({ code }) => !strict.has(code),
        ),
      );
      expect(told.length).toBeLessThanOrEqual(3);
      expect(new Set(told.map(({ code }) => code)).size).toBe(told.length);
      await expect(tellFindings(told)).toMatchFileSnapshot(
        fixturePath('first-specs', file.replace('.yaml', '.expected.txt')),
      );
    },
  );
});
