// The headers that lanes need, as a publisher in any language would set them: shares no code with what is generated.
import { crc32 } from 'node:zlib';

/** Headers of a message with a key, for a broker with that many slots. */
export function keyHeaders(
  key: string,
  slots: number,
): Readonly<Record<string, string>> {
  return { partitionkey: key, partition: String(crc32(key) % slots) };
}
