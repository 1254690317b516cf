// Services and message bus as a drawing of box characters: publishers on the left, those that only consume on the right.
import { largest } from '../../core/lists.ts';

export interface DrawnService {
  readonly name: string;
  readonly publishes: boolean;
  readonly consumes: boolean;
}

/**
 * Draws the services around the bus. Who publishes stands on the left (`───>`, or `<──>` when it consumes too), who only
 * consumes on the right. `bus` are the lines inside the bus.
 */
export function drawServices(
  services: readonly DrawnService[],
  bus: readonly string[],
): string {
  const left = services.filter((service) => service.publishes);
  const right = services.filter((service) => !service.publishes);
  const rows = Math.max(left.length, right.length, 1);
  const leftWidth = widest(left.map((service) => service.name));
  const rightWidth = widest(right.map((service) => service.name));
  const busWidth = widest(bus) + 2;
  const height = rows * 4 - 1;
  const firstBusLine = Math.floor((height - bus.length) / 2);
  const lines = [
    `${edge(left[0], leftWidth, '┌─┐')}     ┌${'─'.repeat(busWidth)}┐     ${edge(right[0], rightWidth, '┌─┐')}`,
  ];
  // The bus has a line more than the boxes above and below, so every box has its arrow inside the frame.
  for (let line = 1; line < height - 1; line += 1) {
    const row = Math.floor(line / 4);
    lines.push(
      [
        boxLine(left[row], leftWidth, line % 4),
        leftArrow(left[row], line % 4),
        `│${centred(bus[line - firstBusLine] ?? '', busWidth)}│`,
        line % 4 === 1 && right[row] !== undefined ? '────>' : '     ',
        boxLine(right[row], rightWidth, line % 4),
      ].join(''),
    );
  }
  lines.push(
    `${edge(left[rows - 1], leftWidth, '└─┘')}     └${'─'.repeat(busWidth)}┘     ${edge(right[rows - 1], rightWidth, '└─┘')}`,
  );
  return lines.map((line) => line.trimEnd()).join('\n');
}

const widest = (texts: readonly string[]): number =>
  texts.length === 0 ? 0 : largest(texts.map((text) => text.length)) + 2;

function leftArrow(service: DrawnService | undefined, part: number): string {
  if (part !== 1 || service === undefined) return '     ';
  return service.consumes ? '<───>' : '────>';
}

function boxLine(
  service: DrawnService | undefined,
  width: number,
  part: number,
): string {
  if (part === 0) return edge(service, width, '┌─┐');
  if (part === 2) return edge(service, width, '└─┘');
  if (part === 1 && service !== undefined)
    return `│${centred(service.name, width)}│`;
  return blank(width);
}

function edge(
  service: DrawnService | undefined,
  width: number,
  corners: string,
): string {
  if (service === undefined) return blank(width);
  const [start = '', line = '', end = ''] = corners;
  return `${start}${line.repeat(width)}${end}`;
}

const blank = (width: number): string =>
  ' '.repeat(width === 0 ? 0 : width + 2);

function centred(text: string, width: number): string {
  const before = Math.floor((width - text.length) / 2);
  return `${' '.repeat(Math.max(0, before))}${text}`.padEnd(width);
}
