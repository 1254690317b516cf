// What the fault run asks of a broker, whichever it is.

/** How a service of the run reaches the broker. */
export interface ServiceLogin {
  readonly url: string;
  /** What a URL cannot say, as the generated project reads it. */
  readonly environment: Readonly<Record<string, string>>;
}

/** A message that a group has given up. */
export interface DeadLetter {
  readonly group: string;
  readonly body: string;
  readonly reason: string;
  readonly error: string;
  readonly attempts: number;
}

/** A private broker that carries the design, to be restarted and killed. */
export interface ChaosBroker {
  /** The word for the project's variable BROKER. */
  readonly kind: 'kafka' | 'rabbitmq';
  readonly version: string;
  readonly loginOf: (service: string) => ServiceLogin;
  /** Stops in order and starts again. */
  readonly restart: () => Promise<void>;
  /** Hangs for a moment, as a machine in trouble does, then dies by SIGKILL, and starts again on the same data. */
  readonly hangAndDie: () => Promise<void>;
  /** Messages that the groups have not handled yet, dead letters left out. */
  readonly backlog: () => Promise<number>;
  readonly countDeadLetters: () => Promise<number>;
  /** Reads every dead letter once, at the end of the run. */
  readonly deadLetters: () => Promise<readonly DeadLetter[]>;
  /** How long a group may rest after the death of a consumer, in ms. */
  readonly restAfterDeathMs: number;
  /** How long nothing may move with work left before something is stuck, in ms. */
  readonly patienceMs: number;
  readonly close: () => Promise<void>;
}

/** Time between the hang of a broker and its death: what is written meanwhile is in its sockets only. */
export const hangMs = 700;

/** Reads what the generated runtime writes on a dead letter. */
export const deadLetterFrom = (
  body: string,
  headers: Readonly<Record<string, string>>,
  group: string,
): DeadLetter => ({
  group: headers['x-dead-letter-group'] ?? group,
  body,
  reason: headers['x-dead-letter-reason'] ?? '',
  error: headers['x-dead-letter-error'] ?? '',
  attempts: Number(headers['x-dead-letter-attempts'] ?? 0),
});
