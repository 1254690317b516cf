// How the work of a large plan is divided: which targets another thread has.

/** All files, or those of one of the two threads. */
export type Share = 'all' | 'here' | 'there';

/**
 * Targets of the other thread, of a system on either broker about half of the work; every other is planned here. They ask
 * for no findings, so that it can begin before the rules have looked at the model.
 */
const targetsThere: ReadonlySet<string> = new Set([
  'asyncapi',
  'code',
  'diagrams',
]);

/** Tells whether a target belongs to a share. */
export function isOf(share: Share, target: string): boolean {
  return share === 'all' || targetsThere.has(target) === (share === 'there');
}
