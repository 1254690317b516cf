import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  findingsOf,
  hostileFindings,
  noFindings,
} from '../../testing/findings.ts';
import { json } from './json.ts';

interface Report {
  readonly diagnostics: readonly {
    readonly message: string;
    readonly hint: string | null;
  }[];
}

describe('the json reporter', () => {
  it('prints the whole shape when there is nothing to say', () => {
    expect(JSON.parse(json.print(noFindings))).toEqual({
      version: 1,
      tool: { name: 'event-arch', version: '0.0.0' },
      files: ['shop.yaml'],
      summary: { errors: 0, warnings: 0, infos: 0, ignored: 0, baseline: 0 },
      diagnostics: [],
    });
  });

  it('tells lines and columns from 1, the end behind the last character', () => {
    const report = JSON.parse(json.print(findingsOf('meaning.yaml'))) as Report;
    expect(report.diagnostics[0]).toEqual({
      code: 'resolve/key-optional',
      severity: 'error',
      message:
        'the key "orderId" of event "order.created" is an optional field',
      hint: 'Make "orderId" a required field: drop the "?" behind its name.',
      file: 'meaning.yaml',
      start: { line: 8, column: 25 },
      end: { line: 8, column: 32 },
      pointer: '/events/order.created/key',
      related: [
        {
          message: '"orderId" is optional here',
          file: 'meaning.yaml',
          start: { line: 8, column: 55 },
          end: { line: 8, column: 59 },
          pointer: '/events/order.created/payload/orderId?',
        },
      ],
    });
  });

  it('keeps every text as it is', () => {
    fc.assert(
      fc.property(hostileFindings(), (findings) => {
        const report = JSON.parse(json.print(findings)) as Report;
        expect(report.diagnostics.map(({ message }) => message)).toEqual(
          findings.diagnostics.map(({ message }) => message),
        );
      }),
    );
  });
});
