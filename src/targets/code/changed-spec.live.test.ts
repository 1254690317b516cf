// What the compiler says of a project whose spec has changed, and what it points at.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Artifact } from '../../core/artifact.ts';
import { codePackages, linkPackages } from '../../testing/code-packages.ts';
import { compileProject } from '../../testing/compile-project.ts';
import { planCode, writeProject } from '../../testing/generated-project.ts';
import {
  checkText,
  loadModel,
  modelOf,
  readFixture,
} from '../../testing/load-model.ts';

type Files = ReadonlyMap<string, Artifact>;

let folder = '';

beforeAll(() => {
  codePackages();
  folder = mkdtempSync(join(tmpdir(), 'generated-code-'));
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Compiles a project and gives what the compiler says, one line each. */
function compile(name: string, files: Files): readonly string[] {
  const at = join(folder, name);
  writeProject(at, files);
  linkPackages(at);
  return compileProject(at);
}

/** What a new spec makes of a project whose people's files are kept. */
function regenerated(before: Files, after: Files): Files {
  const kept = [...before].filter(([, { policy }]) => policy === 'create-once');
  return new Map([...after, ...kept]);
}

const changed = (from: string, to: string): Files => {
  const text = readFixture('specs', 'shop.yaml');
  expect(text).toContain(from);
  return planCode(modelOf(checkText(text.replace(from, to))));
};

const places = (said: readonly string[]): readonly string[] =>
  [...new Set(said.map((one) => one.split(':')[0] ?? ''))].sort();

describe('generated code of a changed spec', () => {
  it('makes the compiler point at each file that a new event of an aggregate concerns', () => {
    const after = changed(
      'order.cancelled: { type: domain',
      'order.returned: { type: domain, aggregate: order, key: orderId, payload: { orderId: uuid } }\n  order.cancelled: { type: domain',
    );
    const said = compile(
      'new-event',
      regenerated(planCode(loadModel('shop')), after),
    );
    expect(places(said)).toEqual(['src/app/order-service/order.ts']);
  }, 300_000);

  it('makes the compiler point at each file that uses a renamed field', () => {
    const after = changed(
      'payment.captured: { type: integration, key: orderId, payload: { orderId: uuid, paymentId: uuid } }',
      'payment.captured: { type: integration, key: orderId, payload: { orderId: uuid, receiptId: uuid } }',
    );
    const said = compile(
      'renamed-field',
      regenerated(planCode(loadModel('shop')), after),
    );
    expect(places(said)).toEqual([
      'src/app/payment-service/process-payment.ts',
    ]);
  }, 300_000);
});
