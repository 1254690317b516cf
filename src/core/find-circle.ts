// Circles in a directed graph given by its successors. Linear in nodes and edges.

/** Finds a circle: its nodes in order, from the first of `nodes` that leads into one; empty when there is none. */
export function findCircle<T>(
  nodes: Iterable<T>,
  nextOf: (node: T) => readonly T[],
): readonly T[] {
  const done = new Set<T>();
  for (const node of nodes) {
    const circle = follow({ start: node, nextOf, done });
    if (circle.length > 0) return circle;
  }
  return [];
}

interface Walk<T> {
  readonly start: T;
  readonly nextOf: (node: T) => readonly T[];
  /** Nodes that are known to lead into no circle. */
  readonly done: Set<T>;
}

// With a stack of its own: a chain as long as the spec must not exhaust the runtime's.
function follow<T>({ start, nextOf, done }: Walk<T>): readonly T[] {
  if (done.has(start)) return [];
  const path = new Set([start]);
  const open: { node: T; next: Iterator<T> }[] = [
    { node: start, next: nextOf(start)[Symbol.iterator]() },
  ];
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const { value, done: isOver } = top.next.next();
    if (isOver === true) {
      done.add(top.node);
      path.delete(top.node);
      open.pop();
    } else if (path.has(value)) {
      const nodes = [...path];
      return nodes.slice(nodes.indexOf(value));
    } else if (!done.has(value)) {
      path.add(value);
      open.push({ node: value, next: nextOf(value)[Symbol.iterator]() });
    }
  }
  return [];
}
