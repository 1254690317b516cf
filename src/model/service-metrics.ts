// The metrics that every service exposes about itself at `/metrics`, whatever its broker. The scaffold counts them; a service
// that is written otherwise has to, or the rules over them stay silent.

export const serviceMetrics = {
  /** Counter {group, type}: messages handled, duplicates not included. */
  handled: 'messages_handled_total',
  /** Counter {group, type}: attempts that failed. */
  failures: 'message_failures_total',
  /** Histogram {group}: seconds of one successful handling. */
  handlingSeconds: 'message_handling_seconds',
  /** Counter {type}: messages that the broker did not take. */
  publishFailures: 'publish_failures_total',
  /** Gauge {service}: rows that wait in the outbox. */
  outboxPending: 'outbox_pending',
  /** Gauge {service}: age of the oldest of them in seconds; 0 when there is none. */
  outboxOldestSeconds: 'outbox_oldest_seconds',
  /** Counter {saga}. */
  sagasStarted: 'sagas_started_total',
  /** Counter {saga, status}: `completed` or `aborted`. */
  sagasEnded: 'sagas_ended_total',
  /** Gauge {saga}: age of the oldest running saga in seconds, from the database; 0 when none runs. */
  sagaOldestSeconds: 'saga_oldest_seconds',
  /** Counter {saga, step}: timeouts that struck; step `` is the whole saga. */
  sagaTimeouts: 'saga_timeouts_total',
} as const;
