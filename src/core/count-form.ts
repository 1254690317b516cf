// Which form of a word goes with a count, in the languages of the documents.

/** Gives the form. `zeroIsOne` is what the words of a language say: "no" where it is "0 events", "yes" where "0 événement". */
export function countForm(count: number, zeroIsOne: string): 'one' | 'other' {
  return count === 1 || (count === 0 && zeroIsOne === 'yes') ? 'one' : 'other';
}
