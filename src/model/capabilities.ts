// What a broker can give, in the words that effective guarantees are computed from.

export interface Capabilities {
  /** Transactions that span consume, process and produce inside one cluster (Kafka). */
  readonly hasTransactions: boolean;
  /** `partition`: order holds inside a partition chosen by key; `queue`: inside one queue with one active consumer. */
  readonly orderingScope: 'partition' | 'queue';
  /** Messages stay readable after they were consumed. */
  readonly hasReplay: boolean;
  /** The log can be compacted by key. */
  readonly hasCompaction: boolean;
  /** A message that expires before it was consumed goes to the dead letters (RabbitMQ); a log just drops it (Kafka). */
  readonly keepsExpired: boolean;
}
