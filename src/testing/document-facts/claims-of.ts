// What a rendered document claims, place by place. It reads tables by their columns and sentences by their names, knows
// nothing of how they were made, and compares nothing.
import type { Claim } from './claim.ts';
import { brokerClaims, environmentClaims } from './deployment.ts';
import { keepingClaims } from './keeping.ts';
import { orderingClaims } from './ordering.ts';
import { pageOf } from './page.ts';
import { parkingClaims } from './parking.ts';
import { partyClaims } from './parties.ts';
import { sagaClaims } from './sagas.ts';

/** Lists what ARCHITECTURE.md, GUIDE.md and the decisions claim. `documents`: path to text. */
export function claimsOf(
  documents: ReadonlyMap<string, string>,
): readonly Claim[] {
  const page = pageOf(documents.get('ARCHITECTURE.md') ?? '');
  const guide = pageOf(documents.get('GUIDE.md') ?? '');
  return [
    ...partyClaims(page, guide),
    ...parkingClaims(page, guide),
    ...sagaClaims(page),
    ...environmentClaims(page),
    ...keepingClaims(page, documents),
    ...orderingClaims(page, documents),
    ...brokerClaims(page, documents),
  ];
}
