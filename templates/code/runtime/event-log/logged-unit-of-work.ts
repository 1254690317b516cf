// A unit of work whose aggregates live in an event log: what they raise is appended when all else is ready to commit.
import { createHash } from 'node:crypto';
import type {
  Snapshot,
  StreamId,
  StreamStore,
} from '../event-sourcing/event-store.js';
import type { Envelope } from '../messaging/envelope.js';
import { UnitOfWork, type UnitParts } from '../service/unit-of-work.js';
import type { EventLog } from './event-log.js';

/**
 * So many events before a snapshot are looked through for what an earlier attempt of the same message has appended.
 * A message that comes again later than that would be handled anew.
 */
const remembered = 500;

interface Pending {
  readonly stream: StreamId;
  readonly expectedVersion: number;
  readonly events: Envelope[];
  snapshot: Snapshot | null;
}

/**
 * Log and database share no transaction. The log is appended to last, just before the database commits; when the
 * commit is then lost, the message comes again, and events that bear its identity tell that they need not be raised.
 */
export class LoggedUnitOfWork extends UnitOfWork implements StreamStore {
  private readonly log: EventLog;
  private readonly pending = new Map<string, Pending>();
  private readonly logged = new Set<Envelope>();
  private readonly known = new Set<string>();
  /** Changes of aggregates begun in this unit, and events raised by the present one. */
  private change = 0;
  private raised = 0;

  constructor(parts: UnitParts, log: EventLog) {
    super(parts);
    this.log = log;
  }

  /** The messages that are not published from the log. */
  override get outgoing(): readonly Envelope[] {
    return this.messages.filter((message) => !this.logged.has(message));
  }

  /** Appends what the aggregates raised. Throws `ConcurrencyError` when another writer was faster. */
  override async settle(): Promise<void> {
    for (const { stream, events, expectedVersion } of this.pending.values())
      await this.log.append(stream, events, expectedVersion);
    for (const { stream, snapshot } of this.pending.values())
      if (snapshot !== null) await this.log.saveSnapshot(stream, snapshot);
  }

  /** Begins a change of an aggregate that has just been loaded; true when an earlier attempt of this message made it. */
  beginChange(): boolean {
    this.change += 1;
    this.raised = 0;
    const first = this.eventId(0);
    return first !== null && this.known.has(first);
  }

  override seal(
    type: string,
    data: unknown,
    subject: string,
    aggregateVersion: number,
  ): Envelope {
    const made = super.seal(type, data, subject, aggregateVersion);
    const id = this.eventId(this.raised) ?? made.id;
    this.raised += 1;
    return { ...made, id };
  }

  append(
    stream: StreamId,
    events: readonly Envelope[],
    expectedVersion: number,
  ): Promise<number> {
    const key = keyOf(stream);
    const waiting = this.pending.get(key) ?? {
      stream,
      expectedVersion,
      events: [],
      snapshot: null,
    };
    waiting.events.push(...events);
    this.pending.set(key, waiting);
    for (const event of events) this.logged.add(event);
    return Promise.resolve(expectedVersion + events.length);
  }

  async read(stream: StreamId, afterVersion = 0): Promise<readonly Envelope[]> {
    const waiting = this.pending.get(keyOf(stream));
    const from = Math.max(0, afterVersion - remembered);
    const stored = await this.log.read(stream, from);
    for (const { id } of stored) this.known.add(id);
    const end = waiting?.expectedVersion ?? Number.POSITIVE_INFINITY;
    const history = [
      ...stored.slice(0, end - from),
      ...(waiting?.events ?? []),
    ];
    return history.slice(afterVersion - from);
  }

  async loadSnapshot(stream: StreamId): Promise<Snapshot | null> {
    const waiting = this.pending.get(keyOf(stream));
    return waiting?.snapshot ?? (await this.log.loadSnapshot(stream));
  }

  saveSnapshot(stream: StreamId, snapshot: Snapshot): Promise<void> {
    const waiting = this.pending.get(keyOf(stream));
    if (waiting !== undefined) waiting.snapshot = snapshot;
    return Promise.resolve();
  }

  /** The same for each attempt of a message; null where no message is the cause. */
  private eventId(index: number): string | null {
    const { causationId, consumer = '' } = this.cause;
    return causationId === null
      ? null
      : uuidOf([consumer, causationId, this.change, index].join(' '));
  }
}

/** Makes a UUID of a text: the same one each time. */
function uuidOf(text: string): string {
  const bytes = createHash('sha256').update(text).digest().subarray(0, 16);
  // Version 8 (custom) and the variant of RFC 9562.
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [8, 12, 16, 20, 32]
    .map((end, index, ends) => hex.slice(ends[index - 1] ?? 0, end))
    .join('-');
}

function keyOf({ aggregate, id }: StreamId): string {
  return JSON.stringify([aggregate, id]);
}
