// Follows KurrentDB's log by a catch-up subscription; what has arrived waits here until it is taken.
import {
  type AllStreamResolvedEvent,
  type AllStreamSubscription,
  type KurrentDBClient,
  type Position,
  START,
  streamNameFilter,
} from '@kurrent/kurrentdb-client';
import type {
  Following,
  LogReader,
  LoggedEvent,
} from '../event-log/event-log.js';
import { aggregateOf, envelopeIn } from './stored-event.js';

/** So many events wait here at most; the server waits with the others. */
const buffered = 1000;

/** A subscription that is taken from in batches. */
export class KurrentReader implements LogReader {
  private readonly subscription: AllStreamSubscription;
  private readonly aggregates: readonly string[];
  private current: string | null;
  /** The server has looked through the log up to here, and found nothing more that is wanted. */
  private searched: string | null = null;
  private failure: Error | null = null;

  constructor(
    client: KurrentDBClient,
    prefixes: readonly string[],
    { aggregates, after, arrived }: Following,
  ) {
    this.aggregates = aggregates;
    this.current = after;
    this.subscription = client.subscribeToAll(
      {
        fromPosition: after === null ? START : positionIn(after),
        filter: streamNameFilter({
          prefixes: [...prefixes],
          checkpointInterval: 1,
          checkpointReached: (_subscription, position) => {
            this.searched = textOf(position);
            arrived();
          },
        }),
      },
      { highWaterMark: buffered },
    );
    this.subscription.on('readable', arrived);
    this.subscription.on('error', (error: Error) => {
      this.failure = error;
      arrived();
    });
    this.subscription.on('end', () => {
      this.failure ??= new Error('the subscription has ended');
      arrived();
    });
  }

  get position(): string | null {
    return this.current;
  }

  take(max: number): Promise<readonly LoggedEvent[]> {
    const taken: LoggedEvent[] = [];
    while (taken.length < max) {
      // The stream is in object mode, and these are its objects.
      const next = this.subscription.read() as AllStreamResolvedEvent | null;
      if (next === null) return this.atEnd(taken);
      const { event } = next;
      if (event === undefined) continue;
      this.current = textOf(event.position);
      const aggregate = aggregateOf(event);
      if (aggregate !== null && this.aggregates.includes(aggregate))
        taken.push({ position: this.current, event: envelopeIn(event) });
    }
    return Promise.resolve(taken);
  }

  async close(): Promise<void> {
    await this.subscription.unsubscribe();
    this.subscription.destroy();
  }

  private atEnd(
    taken: readonly LoggedEvent[],
  ): Promise<readonly LoggedEvent[]> {
    if (taken.length === 0 && this.failure !== null)
      return Promise.reject(this.failure);
    // All that arrived before this mark has been taken.
    const { searched } = this;
    if (searched !== null && isBehind(this.current, searched))
      this.current = searched;
    return Promise.resolve(taken);
  }
}

function textOf({ commit, prepare }: Position): string {
  return `${commit}/${prepare}`;
}

function positionIn(text: string): Position {
  const [commit = '0', prepare = commit] = text.split('/');
  return { commit: BigInt(commit), prepare: BigInt(prepare) };
}

function isBehind(current: string | null, mark: string): boolean {
  return (
    current === null || positionIn(current).commit < positionIn(mark).commit
  );
}
