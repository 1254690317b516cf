// The errors that decide what becomes of a message. Any error that is none of these counts as transient.

/** The message can never be handled: it goes to the dead letters without a retry. */
export class PermanentError extends Error {
  override readonly name: string = 'PermanentError';
}

/** The message breaks its contract: not an envelope, an unknown type or version, or an invalid payload. */
export class InvalidMessageError extends PermanentError {
  override readonly name = 'InvalidMessageError';
}

/** A business rule refuses the action: trying again changes nothing. */
export class DomainError extends PermanentError {
  override readonly name: string = 'DomainError';
}

// #if database
/** Another writer was faster: reading again and deciding again is right. */
export class ConcurrencyError extends Error {
  override readonly name = 'ConcurrencyError';
}

// #end
/** Narrows what `catch` gives to an `Error`. */
export function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

/** Tells whether an error is a mistake in the code, so that where it was thrown matters. */
export function isMistake(error: unknown): boolean {
  return [TypeError, ReferenceError, RangeError, SyntaxError].some(
    (kind) => error instanceof kind,
  );
}

/** Says in one line what an error is, with what it comes from. */
export function reasonOf(thrown: unknown): string {
  const { name, message, cause } = toError(thrown);
  // A host with several addresses fails once for each, and says nothing of its own.
  const parts: readonly unknown[] =
    thrown instanceof AggregateError ? thrown.errors : [cause];
  const known = parts.filter((part) => part !== undefined);
  const told = new Set([message, ...known.map(reasonOf)]);
  told.delete('');
  return [...told].join(': ').replaceAll(/\s+/g, ' ') || name;
}
