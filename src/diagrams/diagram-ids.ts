// Ids of nodes, participants and states: made, never taken over, so that no name of the spec can be a keyword of Mermaid.

/** Gives the id of a thing, the same for the same kind and name. */
export type DiagramIds = (kind: string, name: string) => string;

/**
 * Starts the ids of one diagram: `kind_slug`, lower-case letters, digits and underscores. Two names that meet after
 * slugging are told apart by a number, in order of first use.
 */
export function createDiagramIds(): DiagramIds {
  const known = new Map<string, string>();
  const taken = new Set<string>();
  return (kind, name) => {
    // A kind is a word of ours: the first line break ends it.
    const key = `${kind}\n${name}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const base = `${kind}_${slugOf(name)}`;
    let id = base;
    for (let count = 2; taken.has(id); count += 1) id = `${base}_${count}`;
    known.set(key, id);
    taken.add(id);
    return id;
  };
}

function slugOf(name: string): string {
  const slug = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
    .slice(0, 48);
  return slug === '' ? 'x' : slug;
}
