// Tells apart names that meet once they are made fit for a format (a file name, an identifier).

interface Made {
  readonly name: string;
  /** What the name is in the format, whoever else is called so. */
  readonly stem: string;
}

/**
 * Makes a name fit for a format and unique, as a map from each name to what was made of it.
 *
 * A name that meets no other, or comes through unchanged, keeps what `make` gives; each other one that meets it gets a
 * suffix from its own spelling, so the result depends neither on the order of the names nor on names that meet nobody.
 * Letters that differ only in case meet too, because some file systems do not tell them apart.
 */
export function uniqueNames(
  names: Iterable<string>,
  make: (name: string) => string,
  separator: string,
): ReadonlyMap<string, string> {
  const sorted = [...new Set(names)].sort();
  const meeting = new Map<string, Made[]>();
  for (const name of sorted) {
    const stem = make(name);
    const caseless = stem.toLowerCase();
    const group = meeting.get(caseless);
    if (group === undefined) meeting.set(caseless, [{ name, stem }]);
    else group.push({ name, stem });
  }
  const taken = new Set(meeting.keys());
  const made = new Map<string, string>();
  for (const group of meeting.values()) {
    const first = group.find(({ name, stem }) => stem === name);
    for (const one of group) {
      const { name, stem } = one;
      const isKept = group.length === 1 || one === first;
      made.set(name, isKept ? stem : withSuffix(stem, name));
    }
  }
  return made;

  function withSuffix(stem: string, name: string): string {
    let candidate = `${stem}${separator}${shortHash(name)}`;
    // Two spellings with one hash, or a name that looks like a suffixed one: rare, and settled in sorted order.
    while (taken.has(candidate.toLowerCase())) candidate += 'x';
    taken.add(candidate.toLowerCase());
    return candidate;
  }
}

/** Hashes a text to eight hexadecimal digits: FNV-1a, 32 bits, over its UTF-16 units. */
export function shortHash(name: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < name.length; index += 1) {
    hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}
