// What people on call see, check and do.
import type { RichText } from '../../render/rich-text.ts';
import type { DocumentContext } from './document-context.ts';
import { say, type Words } from './say.ts';

export interface SymptomRow {
  readonly symptom: RichText;
  readonly check: RichText;
  readonly action: RichText;
}

/** Builds the on-call table: only what can happen in this system. */
export function symptomRows({
  model,
  words,
  brokerWords,
}: DocumentContext): readonly SymptomRow[] {
  const row = (name: string, source: Words = words): SymptomRow => ({
    symptom: say(source, `symptom.${name}`),
    check: say(source, `symptom.${name}.check`),
    action: say(source, `symptom.${name}.action`),
  });
  const outbox = model.publications.some((one) => one.hasOutbox.value);
  const ordered = model.subscriptions.some(
    (one) =>
      one.ordering.value !== 'none' && one.retry.value.mode === 'blocking',
  );
  return [
    row('lag', brokerWords),
    row('parked'),
    ...(ordered ? [row('blocked')] : []),
    ...(outbox ? [row('outbox')] : []),
    ...(model.sagas.length > 0 ? [row('saga')] : []),
    ...(model.projections.length > 0 ? [row('stale')] : []),
    row('node', brokerWords),
    row('denied', brokerWords),
  ];
}
