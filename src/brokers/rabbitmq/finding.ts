// What an offline check finds: a rule, an object, a sentence.
export type InspectionRule =
  /** A binding, permission or policy names something that does not exist; the import drops it. */
  | 'RMQ001'
  /** A quorum queue or stream that is not durable, or is deleted on its own; the import does not create it. */
  | 'RMQ002'
  /** A dead-letter exchange that does not exist or leads to no queue; messages are lost or held for ever. */
  | 'RMQ003'
  /** At-least-once dead-lettering without `reject-publish` and a limit; it silently becomes at-most-once. */
  | 'RMQ004'
  /** A catch-all binding beside an alternate exchange hides what no consumer takes. */
  | 'RMQ005'
  /** A password in the file. */
  | 'RMQ006'
  /** A right that is wider than the names it is for. */
  | 'RMQ007'
  /** A feature that the version does not have, or no longer has, or whose plugin is not enabled. */
  | 'RMQ008'
  /** Two policies on one object: only one applies. Or a pattern that matches other names than it is meant for. */
  | 'RMQ009'
  /** A shared queue that does not survive a restart. */
  | 'RMQ010'
  /** An effect that AMQP 0-9-1 cannot give, such as exactly-once. */
  | 'RMQ011'
  /** An ordered queue whose consumers prefetch more than one message, or that has no delivery limit. */
  | 'RMQ012'
  /** A slot of keys that leads to no lane or to several, a lane without slots, or no place for messages without a slot. */
  | 'RMQ013';

export interface Finding {
  readonly rule: InspectionRule;
  /** The object, as operators call it, e.g. `queue orders`. */
  readonly object: string;
  readonly message: string;
}
