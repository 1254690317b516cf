// Patterns over event names, as RabbitMQ's topic exchanges read them: * is one word, # any number of words.

/** Tells whether a subscription's text is a pattern rather than a name. */
export function isPattern(text: string): boolean {
  return text.includes('*') || text.includes('#');
}

/** Compiles a pattern to a test of event names. Words are divided by dots. */
export function patternMatcher(pattern: string): (name: string) => boolean {
  const words = pattern.split('.');
  return (name) => matches(words, name.split('.'));
}

/** Row by row over the pattern's words: which prefixes of the name are matched so far. Linear in both, also for many #. */
function matches(pattern: readonly string[], name: readonly string[]): boolean {
  let reached: boolean[] = [true, ...name.map(() => false)];
  for (const word of pattern) {
    const next: boolean[] = [];
    for (let length = 0; length <= name.length; length += 1) {
      const isSpanned =
        word === '#' && (reached[length] === true || next[length - 1] === true);
      const isWord = word === '*' || word === name[length - 1];
      next.push(
        isSpanned ||
          (word !== '#' &&
            isWord &&
            length > 0 &&
            reached[length - 1] === true),
      );
    }
    reached = next;
  }
  return reached[name.length] === true;
}
