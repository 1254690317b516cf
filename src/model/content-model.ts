// Whether published payloads are closed or open objects, decided by how they may evolve.
import type { Compatibility } from './settings.ts';

/** `closed` refuses fields that the shape does not name, `open` lets them pass. */
export type ContentModel = 'open' | 'closed';

/**
 * Tells whether the payloads of an event are published as closed or open objects.
 *
 * It follows from who is upgraded first. Under `backward` the consumers are, so none ever meets a field it does not know:
 * closed says so, and it is the only form in which a registry that compares strictly accepts a new optional field
 * (in an open object an older message may hold anything under that name). Under `forward`, `full` and `none` a publisher
 * may be ahead of a consumer, which must then let unknown fields pass: open.
 */
export function contentModelOf(compatibility: Compatibility): ContentModel {
  switch (compatibility) {
    case 'backward':
    case 'backward-transitive':
      return 'closed';
    case 'forward':
    case 'forward-transitive':
    case 'full':
    case 'full-transitive':
    case 'none':
      return 'open';
    default:
      return compatibility satisfies never;
  }
}
