// A valid spec of any size: events of six fields over 100 services, each published by one and consumed by the next.

/** Writes a spec of so many events. */
export function largeSpec(events, services = 100) {
  const name = (index) => `area${index % services}.thing${index}.happened`;
  const indexes = Array.from({ length: events }, (_, index) => index);
  const lines = ['eventArch: 1', 'name: Large', 'broker: kafka', 'events:'];
  for (const index of indexes) {
    lines.push(
      `  ${name(index)}:`,
      '    type: integration',
      '    key: id',
      '    payload:',
      '      id: uuid',
      '      name: string',
      '      count: integer',
      '      total: number',
      '      at: date-time',
      '      status: open | closed',
    );
  }
  const of = (service) =>
    indexes.filter((index) => index % services === service);
  const all = Array.from({ length: services }, (_, service) => service);
  lines.push('publishers:');
  for (const service of all) {
    if (of(service).length === 0) continue;
    lines.push(`  service-${service}:`, '    outbox: true', '    publishes:');
    lines.push(...of(service).map((index) => `      - ${name(index)}`));
  }
  lines.push('consumers:');
  for (const service of all) {
    if (of(service).length === 0) continue;
    lines.push(
      `  service-${(service + 1) % services}:`,
      '    idempotency: inbox',
      '    subscribes:',
      ...of(service).map(
        (index) => `      ${name(index)}: { handler: on${index} }`,
      ),
    );
  }
  return `${lines.join('\n')}\n`;
}
