import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  findingsIn,
  findingsOf,
  hostileFindings,
  noFindings,
} from '../../testing/findings.ts';
import { github } from './github.ts';

interface Command {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

const unescapeData = (text: string): string =>
  text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
const unescapeProperty = (text: string): string =>
  unescapeData(text.replaceAll('%3A', ':').replaceAll('%2C', ','));

/** Reads a line as the Actions runner does (actions/runner, ActionCommand.TryParseV2). */
function readCommand(line: string): Command {
  const match = /^::(\w+) ([^:]*)::(.*)$/su.exec(line);
  if (match === null) throw new Error(`not a workflow command: ${line}`);
  const [, name = '', properties = '', message = ''] = match;
  return {
    name,
    properties: Object.fromEntries(
      properties.split(',').map((property) => {
        const [key = '', ...value] = property.split('=');
        return [key, unescapeProperty(value.join('='))];
      }),
    ),
    message: unescapeData(message),
  };
}

const commandsOf = (printed: string): readonly Command[] =>
  printed.split('\n').slice(0, -1).map(readCommand);

describe('the github reporter', () => {
  it('prints nothing when there is nothing to say', () => {
    expect(github.print(noFindings)).toBe('');
  });

  it('names file, lines, columns and the code as title', () => {
    const [, unknown] = commandsOf(github.print(findingsOf('broken.yaml')));
    expect(unknown).toEqual({
      name: 'error',
      properties: {
        file: 'broken.yaml',
        line: '8',
        endLine: '8',
        col: '5',
        endColumn: '9',
        title: 'schema/unknown-property',
      },
      message:
        'event "order.created" has no property "keey"\nDid you mean "key"?',
    });
  });

  it('leaves the columns out when a range ends on another line', () => {
    const [diagnostic] = findingsOf('broken.yaml').diagnostics;
    const range = { start: 2, end: 12 };
    const [command] = commandsOf(
      github.print(
        findingsIn('shop.yaml', 'first: 1\nsecond: 2\n', [
          { ...diagnostic!, location: { file: 'shop.yaml', range } },
        ]),
      ),
    );
    expect(command?.properties).toEqual({
      file: 'shop.yaml',
      line: '1',
      endLine: '2',
      title: 'schema/not-allowed',
    });
  });

  it('escapes what would end a property or a command', () => {
    const [diagnostic] = findingsOf('broken.yaml').diagnostics;
    const printed = github.print(
      findingsIn('a,b:c%2C.yaml', 'x: 1\n', [
        {
          ...diagnostic!,
          message: '100%\r\n::stop-commands::x',
          hint: null,
          location: { file: 'a,b:c%2C.yaml', range: null },
        },
      ]),
    );
    expect(printed).toBe(
      '::error file=a%2Cb%3Ac%252C.yaml,title=schema/not-allowed::100%25%0A::stop-commands::x\n',
    );
  });

  it('prints one command per finding, whatever the texts hold', () => {
    fc.assert(
      fc.property(hostileFindings(), (findings) => {
        const commands = commandsOf(github.print(findings));
        expect(commands.map(({ properties }) => properties['title'])).toEqual(
          findings.diagnostics.map(({ code }) => code),
        );
      }),
    );
  });
});
