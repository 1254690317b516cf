// The whole system in one process, as a test: it starts, is ready, and stops with nothing in hand.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { System } from '../service/system.js';
import { type TestSystem, startTestSystem } from './platforms.js';
// #if database
import { testStorages } from './storages.js';
// #end

// #if database
/** Registers the test, once for each storage. */
export function describeSystem(system: System): void {
  for (const storage of testStorages())
    describeStart(`${system.name} on ${storage.name}`, system, () =>
      startTestSystem(system, { storage }),
    );
}
// #else
// /** Registers the test. */
// export function describeSystem(system: System): void {
//   describeStart(system.name, system, () => startTestSystem(system));
// }
// #end

function describeStart(
  name: string,
  system: System,
  start: () => Promise<TestSystem>,
): void {
  describe(name, () => {
    it('starts every service, is ready and drains', async () => {
      const { broker, running } = await start();
      try {
        for (const { service } of running.services) await service.check();
        assert.equal(running.services.length, system.services.length);
        assert.ok(broker.isIdle);
      } finally {
        await running.stop();
      }
    });
  });
}
