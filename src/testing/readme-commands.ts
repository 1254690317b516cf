// The commands of a generated README, so that tests run what people are told to run.

/** Lists the commands of the shell blocks below a heading, up to the next heading, without their comments. */
export function commandsUnder(
  readme: string,
  heading: string,
): readonly string[] {
  const [, ...rest] = readme.split(`\n## ${heading}\n`);
  const [section = ''] = rest.join('').split('\n## ');
  return [...section.matchAll(/^ *```sh\n(.*?)^ *```$/gms)]
    .flatMap(([, block = '']) => block.split('\n'))
    .map((line) => line.replace(/\s+#.*$/, '').trim())
    .filter((line) => line !== '');
}
