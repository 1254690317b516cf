// Two texts to a unified diff, as `patch` and `git apply` read it.
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';

/** Prints how a file's text changes; empty when it does not. Lines keep their own line ends. */
export function unifiedDiff(
  file: string,
  before: string,
  after: string,
): string {
  if (before === after) return '';
  const path = file.replaceAll('\\', '/').replace(/^\/+/, '');
  return createTwoFilesPatch(
    `a/${path}`,
    `b/${path}`,
    before,
    after,
    undefined,
    undefined,
    { context: 3, headerOptions: FILE_HEADERS_ONLY, stripTrailingCr: false },
  );
}
