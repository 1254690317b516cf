// Lists of any length as a whole. A list spread into the arguments of a call has no more room than the call stack: about a
// hundred thousand entries, and less the deeper the call.

/** Adds all of a list to the end of another. */
export function append<T>(list: T[], more: Iterable<T>): void {
  for (const one of more) list.push(one);
}

/** Finds the largest of some numbers; `least` when none is larger, which for no numbers is `-Infinity`. */
export function largest(numbers: Iterable<number>, least = -Infinity): number {
  let found = least;
  for (const number of numbers) if (number > found) found = number;
  return found;
}

/** Finds the smallest of some numbers; `Infinity` of none. */
export function smallest(numbers: Iterable<number>): number {
  let found = Infinity;
  for (const number of numbers) if (number < found) found = number;
  return found;
}
