// Ids of nodes, participants and states: made, never taken over, so that no name of the spec can be a keyword of Mermaid.

/** Gives the id of a thing, the same for the same kind and name. */
export type DiagramIds = (kind: string, name: string) => string;

/**
 * Starts the ids of one diagram: `kind_slug`, lower-case letters, digits and underscores. Two names that meet after
 * slugging are told apart by a number, in order of first use.
 */
export function createDiagramIds(): DiagramIds {
  const known = new Map<string, Map<string, string>>();
  const taken = new Set<string>();
  return (kind, name) => {
    const ofKind = known.get(kind) ?? new Map<string, string>();
    const found = ofKind.get(name);
    if (found !== undefined) return found;
    if (ofKind.size === 0) known.set(kind, ofKind);
    const base = `${kind}_${slugOf(name)}`;
    let id = base;
    for (let count = 2; taken.has(id); count += 1) id = `${base}_${count}`;
    ofKind.set(name, id);
    taken.add(id);
    return id;
  };
}

function slugOf(name: string): string {
  // Each run of other characters, underscores among them, is one underscore.
  const joined = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_');
  const start = joined.startsWith('_') ? 1 : 0;
  const end = joined.endsWith('_') ? joined.length - 1 : joined.length;
  const slug = joined.slice(start, Math.min(end, start + 48));
  return slug === '' ? 'x' : slug;
}
