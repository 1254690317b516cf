// Tables of Markdown as the formatter of this repository lays them out.

/** Lays out a table: a head and rows of as many cells, which hold no line ends. */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const cells = [head, ...rows].map((row) =>
    row.map((cell) => cell.replaceAll('|', '\\|')),
  );
  const widths = head.map((_, column) =>
    Math.max(3, ...cells.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [first = [], ...rest] = cells;
  const rule = widths.map((width) => '-'.repeat(width));
  return [line(first), line(rule), ...rest.map(line)].join('\n');
}

/** Reads the first column of the table with that first head: what stands in backticks there, in order. */
export function namesInTable(page: string, head: string): readonly string[] {
  const rows = page.split('\n');
  const first = rows.findIndex((row) => cellsOf(row)[0] === head);
  const count = rows.slice(first).findIndex((row) => !row.startsWith('|'));
  return rows
    .slice(first + 2, first + count)
    .flatMap((row) => cellsOf(row).slice(0, 1))
    .flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)])
    .map(([, name = '']) => name);
}

const cellsOf = (row: string): readonly string[] =>
  row.startsWith('|')
    ? row
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((cell) => cell.trim())
    : [];
