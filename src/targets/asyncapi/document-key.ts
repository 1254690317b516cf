// Names of the spec as keys of the document.
import { pathSegment } from '../../core/artifact.ts';

/** Makes a key of letters, digits, `.`, `-` and `_`, as AsyncAPI wants them; never one that a JavaScript reader trips over. */
export function documentKey(name: string): string {
  const key = pathSegment(name);
  return key === '__proto__' ? '_proto_' : key;
}
