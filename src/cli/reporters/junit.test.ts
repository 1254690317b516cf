import * as fc from 'fast-check';
import { JSDOM } from 'jsdom';
import { describe, expect, it } from 'vitest';
import {
  findingsIn,
  findingsOf,
  hostileFindings,
  noFindings,
} from '../../testing/findings.ts';
import { junit } from './junit.ts';
import type { Findings } from './reporter.ts';

interface XmlElement {
  readonly textContent: string;
  readonly getAttribute: (name: string) => string | null;
  readonly querySelectorAll: (selector: string) => Iterable<XmlElement>;
}

const { DOMParser } = new JSDOM('').window as unknown as {
  readonly DOMParser: new () => {
    readonly parseFromString: (text: string, type: string) => XmlElement;
  };
};

/** Parses XML 1.0; throws when it is not well-formed. */
function parseXml(text: string): XmlElement {
  const document = new DOMParser().parseFromString(text, 'application/xml');
  const [problem] = document.querySelectorAll('parsererror');
  if (problem !== undefined) throw new Error(problem.textContent);
  return document;
}

const all = (findings: Findings, selector: string): readonly XmlElement[] => [
  ...parseXml(junit.print(findings)).querySelectorAll(selector),
];

describe('the junit reporter', () => {
  it('is checked by a parser that refuses what XML 1.0 forbids', () => {
    expect(() => parseXml('<a b="&"/>')).toThrow();
    expect(() => parseXml('<a>\u0001</a>')).toThrow();
    expect(() => parseXml('<a>&#1;</a>')).toThrow();
  });

  it('gives a file without findings one passing test case', () => {
    expect(all(noFindings, 'testsuite > testcase')).toHaveLength(1);
    expect(all(noFindings, 'failure')).toEqual([]);
    expect(all(noFindings, 'testsuite')[0]?.getAttribute('name')).toBe(
      'shop.yaml',
    );
  });

  it('gives every finding a test case that tells where and what', () => {
    const [failure] = all(findingsOf('broken.yaml'), 'failure');
    expect(failure?.getAttribute('type')).toBe('error');
    expect(failure?.textContent).toBe(
      'broken.yaml:5:25: "at-least-twice" is not a value of "guarantees.delivery"\n' +
        'Did you mean "at-least-once"? It takes "at-most-once", "at-least-once" or "exactly-once".',
    );
  });

  it('counts a remark as a passing test case', () => {
    const [diagnostic] = findingsOf('broken.yaml').diagnostics;
    const findings = findingsIn('shop.yaml', 'a: 1\n', [
      { ...diagnostic!, severity: 'info' },
    ]);
    expect(all(findings, 'failure')).toEqual([]);
    expect(all(findings, 'system-out')).toHaveLength(1);
    expect(all(findings, 'testsuites')[0]?.getAttribute('failures')).toBe('0');
  });

  it('is well-formed whatever the texts hold, and keeps what XML can hold', () => {
    fc.assert(
      fc.property(hostileFindings(), (findings) => {
        const failures = all(findings, 'failure');
        const expected = findings.diagnostics.filter(
          ({ severity }) => severity !== 'info',
        );
        expect(failures).toHaveLength(expected.length);
      }),
      { numRuns: 60 },
    );
  });

  it('counts in its attributes what it holds', () => {
    fc.assert(
      fc.property(hostileFindings(), (findings) => {
        const [root] = all(findings, 'testsuites');
        const cases = all(findings, 'testcase');
        expect(root?.getAttribute('tests')).toBe(String(cases.length));
      }),
      { numRuns: 20 },
    );
  });
});
