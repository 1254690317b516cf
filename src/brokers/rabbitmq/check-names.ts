// Checks the names that a topology would use: length, reserved prefix, and two things under one name.
import { byteLength, maxNameBytes } from './names.ts';
import { rabbitmqDiagnostics } from './diagnostics.ts';
import type { Diagnostic } from '../../core/diagnostic.ts';
import type { Pointer } from '../../core/pointer.ts';
import type { Topology } from './topology.ts';

interface Named {
  readonly kind: 'exchange' | 'queue';
  readonly name: string;
  readonly pointer: Pointer;
}

/** Checks every exchange and queue name. Reports: `broker/rabbitmq-name-too-long`, `-reserved-name`, `-name-taken`. */
export function checkNames(topology: Topology): readonly Diagnostic[] {
  const exchanges = topology.exchanges.map(({ name, why }): Named => ({
    kind: 'exchange',
    name,
    pointer: why.pointer,
  }));
  const queues = topology.queues.map(({ name, why }): Named => ({
    kind: 'queue',
    name,
    pointer: why.pointer,
  }));
  return [
    ...[...exchanges, ...queues].flatMap(checkName),
    ...checkTaken(exchanges),
    ...checkTaken(queues),
  ];
}

function checkName({ kind, name, pointer }: Named): readonly Diagnostic[] {
  const bytes = byteLength(name);
  return [
    ...(bytes > maxNameBytes
      ? [
          rabbitmqDiagnostics.make(
            'rabbitmq-name-too-long',
            { pointer, at: 'key' },
            { kind, name, bytes, stem: name.slice(0, 40) },
          ),
        ]
      : []),
    ...(name.startsWith('amq.')
      ? [
          rabbitmqDiagnostics.make(
            'rabbitmq-reserved-name',
            { pointer, at: 'key' },
            { kind, name },
          ),
        ]
      : []),
  ];
}

function checkTaken(named: readonly Named[]): readonly Diagnostic[] {
  const first = new Map<string, Named>();
  return named.flatMap((entry) => {
    const earlier = first.get(entry.name);
    if (earlier === undefined) {
      first.set(entry.name, entry);
      return [];
    }
    return [
      rabbitmqDiagnostics.make(
        'rabbitmq-name-taken',
        {
          pointer: entry.pointer,
          at: 'key',
          related: [
            {
              message: `the first ${entry.kind} of this name`,
              pointer: earlier.pointer,
              location: null,
            },
          ],
        },
        { kind: entry.kind, name: entry.name },
      ),
    ];
  });
}
