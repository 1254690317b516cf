// Volumes of several events added up, and how busy they may keep who handles them.
import type { Event } from './model.ts';

/** Highest share of its time that a lane should be busy: messages wait longer and longer as it nears one. */
export const busyShare = 0.7;

/** Events of one channel or group added up; rates per second, sizes in bytes. */
export interface Load {
  readonly ratePerSecond: number;
  readonly peakPerSecond: number;
  readonly bytesPerSecond: number;
  readonly peakBytesPerSecond: number;
  /** Events that declare no volume, and so are not in the sum. */
  readonly undeclared: readonly string[];
}

/** Adds up the declared volumes of events; null when none of them declares one. */
export function addUp(
  names: readonly string[],
  events: ReadonlyMap<string, Event>,
): Load | null {
  const volumes = names.flatMap(
    (name) => events.get(name)?.volume?.value ?? [],
  );
  if (volumes.length === 0) return null;
  return {
    ratePerSecond: sum(volumes.map((volume) => volume.ratePerSecond)),
    peakPerSecond: sum(volumes.map((volume) => volume.peakPerSecond)),
    bytesPerSecond: sum(
      volumes.map((volume) => volume.ratePerSecond * volume.bytes),
    ),
    peakBytesPerSecond: sum(
      volumes.map((volume) => volume.peakPerSecond * volume.bytes),
    ),
    undeclared: names.filter(
      (name) => (events.get(name)?.volume ?? null) === null,
    ),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
