// The registered reporters, in alphabetical order. Adding one is a file, its fixture, and a line here.
import { codeScanning } from './code-scanning.ts';
import { github } from './github.ts';
import { gitlab } from './gitlab.ts';
import { json } from './json.ts';
import { junit } from './junit.ts';
import { markdown } from './markdown.ts';
import { plainList } from '../../core/text.ts';
import type { Reporter } from './reporter.ts';
import { sarif } from './sarif.ts';
import { text } from './text.ts';

export const reporters: readonly Reporter[] = [
  codeScanning,
  github,
  gitlab,
  json,
  junit,
  markdown,
  sarif,
  text,
];

/** Lists what `--format` takes, for help. */
export const formatList = (): string =>
  plainList(
    reporters.map(({ name }) => name),
    'or',
  );
