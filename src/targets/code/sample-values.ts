// One value for each built-in type, and the names that every object has already.
import type { JsonValue } from '../../core/json.ts';
import type { Primitive } from '../../model/payload.ts';

export const primitiveSamples: Readonly<Record<Primitive, JsonValue>> = {
  string: 'text',
  integer: 1,
  number: 1,
  boolean: true,
  uuid: '7b0f6f2e-8c1e-4f0e-9a58-1f8f6d1c2a33',
  date: '2026-01-15',
  'date-time': '2026-01-15T09:30:00Z',
  email: 'somebody@example.com',
  uri: 'https://example.com/',
  bytes: 'AA==',
  any: 'text',
};

/** What every object inherits, as TypeScript sees it. */
const inherited: ReadonlySet<string> = new Set([
  'constructor',
  'hasOwnProperty',
  'isPrototypeOf',
  'propertyIsEnumerable',
  'toLocaleString',
  'toString',
  'valueOf',
]);

/** Tells whether the compiler takes a name that a literal leaves out for the member that every object inherits. */
export function isInherited(name: string): boolean {
  return inherited.has(name);
}
