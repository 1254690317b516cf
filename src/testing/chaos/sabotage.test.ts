import { describe, expect, it } from 'vitest';
import { chaosProject } from './chaos-project.ts';
import { chaosModel } from './chaos-spec.ts';
import { protections, sabotage } from './sabotage.ts';

describe('sabotage', () => {
  it.each(
    ['kafka', 'rabbitmq'].flatMap((broker) =>
      protections.map((protection) => [protection, broker] as const),
    ),
  )('takes %s out of the project on %s, and nothing else', (name, broker) => {
    const whole = chaosProject(chaosModel(broker), null);
    const without = chaosProject(chaosModel(broker), name);
    const changed = [...whole].filter(
      ([path, text]) => without.get(path) !== text,
    );
    expect([...without.keys()]).toEqual([...whole.keys()]);
    expect(changed.length).toBe(name === 'outbox' ? 3 : 1);
  });

  it('refuses a project that it does not fit', () => {
    const project = new Map([['src/runtime/consume/inbox.ts', 'return true;']]);
    expect(() => sabotage(project, 'inbox', 'kafka')).toThrow(
      '"return rows.length === 1;" stands 0 times in src/runtime/consume/inbox.ts, not once',
    );
  });
});
