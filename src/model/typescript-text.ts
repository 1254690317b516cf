// Text of users made fit for TypeScript source: comments, property names, string literals.

/** Writes a documentation comment with its line feed, or nothing; text can neither end the comment nor leave its lines. */
export function docComment(text: string | null, indent: string): string {
  if (text === null || text.trim() === '') return '';
  const lines = text
    .replaceAll('*/', '*\\/')
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) => line.trimEnd());
  while (lines.at(-1) === '') lines.pop();
  if (lines.length === 1) return `${indent}/** ${lines[0]?.trim()} */\n`;
  const body = lines.map((line) => `${indent} * ${line}`.trimEnd()).join('\n');
  return `${indent}/**\n${body}\n${indent} */\n`;
}

/** Writes a property name, quoted unless it is a plain identifier. */
export function propertyName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : stringLiteral(name);
}

/** Writes a single-quoted string literal. */
export function stringLiteral(value: string): string {
  // JSON escapes control characters and lone surrogates; only the quotes differ.
  const escaped = JSON.stringify(value)
    .slice(1, -1)
    .replaceAll('\\"', '"')
    .replaceAll("'", "\\'")
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
  return `'${escaped}'`;
}
