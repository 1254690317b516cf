// The primitive types of Kafka's protocol, written and read: https://kafka.apache.org/protocol#protocol_types
// "Compact" ones are those of flexible versions: lengths plus one as unsigned varints, null as zero.

/** Writes one item of a list to the message that the list is in. */
export type WriteItem<T> = (item: T, to: WireWriter) => unknown;

/** Appends values to a message. */
export class WireWriter {
  readonly #parts: Buffer[] = [];

  int8(value: number): this {
    return this.#fixed(1, (bytes) => bytes.writeInt8(value));
  }
  bool(isTrue: boolean): this {
    return this.int8(isTrue ? 1 : 0);
  }
  int32(value: number): this {
    return this.#fixed(4, (bytes) => bytes.writeInt32BE(value));
  }
  float64(value: number): this {
    return this.#fixed(8, (bytes) => bytes.writeDoubleBE(value));
  }
  string(value: string | null): this {
    const bytes = value === null ? null : Buffer.from(value, 'utf8');
    this.#fixed(2, (length) => length.writeInt16BE(bytes?.length ?? -1));
    if (bytes !== null) this.#parts.push(bytes);
    return this;
  }
  compactBytes(bytes: Uint8Array): this {
    this.varint(bytes.length + 1);
    this.#parts.push(Buffer.from(bytes));
    return this;
  }
  compactString(value: string): this {
    return this.compactBytes(Buffer.from(value, 'utf8'));
  }
  array<T>(items: readonly T[], write: WriteItem<T>): this {
    this.int32(items.length);
    for (const item of items) write(item, this);
    return this;
  }
  compactArray<T>(items: readonly T[], write: WriteItem<T>): this {
    this.varint(items.length + 1);
    for (const item of items) write(item, this);
    return this;
  }
  /** The empty list of tagged fields that ends each structure of a flexible version. */
  noTags(): this {
    return this.varint(0);
  }
  varint(value: number): this {
    const bytes: number[] = [];
    let rest = value;
    for (; rest >= 0x80; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
    this.#parts.push(Buffer.from([...bytes, rest]));
    return this;
  }
  toBuffer(): Buffer {
    return Buffer.concat(this.#parts);
  }

  #fixed(size: number, write: (bytes: Buffer) => void): this {
    const bytes = Buffer.alloc(size);
    write(bytes);
    this.#parts.push(bytes);
    return this;
  }
}

/** Reads values from the front of a message. */
export class WireReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  int8(): number {
    return this.#bytes.readInt8(this.#skip(1));
  }
  int16(): number {
    return this.#bytes.readInt16BE(this.#skip(2));
  }
  int32(): number {
    return this.#bytes.readInt32BE(this.#skip(4));
  }
  float64(): number {
    return this.#bytes.readDoubleBE(this.#skip(8));
  }
  string(): string | null {
    return this.#text(this.int16());
  }
  compactString(): string | null {
    return this.#text(this.varint() - 1);
  }
  array<T>(read: () => T): readonly T[] {
    return this.#items(this.int32(), read);
  }
  compactArray<T>(read: () => T): readonly T[] {
    return this.#items(this.varint() - 1, read);
  }
  varint(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.#bytes.readUInt8(this.#skip(1));
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  }
  /** Skips bytes that are led by their length. */
  skipBytes(): void {
    this.#skip(Math.max(0, this.int32()));
  }
  /** Reads the tagged fields at the end of a structure by their numbers, and skips others: a newer broker may add some. */
  tags(known: Readonly<Record<number, () => void>> = {}): void {
    for (let count = this.varint(); count > 0; count -= 1) {
      const tag = this.varint();
      const start = this.#skip(this.varint());
      const end = this.#at;
      this.#at = start;
      known[tag]?.();
      this.#at = end;
    }
  }

  #skip(size: number): number {
    const start = this.#at;
    this.#at += size;
    return start;
  }
  #text(length: number): string | null {
    if (length < 0) return null;
    const start = this.#skip(length);
    return this.#bytes.toString('utf8', start, start + length);
  }
  #items<T>(count: number, read: () => T): readonly T[] {
    return Array.from({ length: Math.max(0, count) }, read);
  }
}
