// The decision records: one per guarantee and pattern that the spec chose. A record's number belongs to its subject, so it never moves
// when another pattern is added or dropped; gaps are subjects that this system has no need of.
import { formatDuration } from '../../core/units.ts';
import type { Sourced } from '../../model/settings.ts';
import type { RichText } from '../../render/rich-text.ts';
import type { DocumentContext } from './document-context.ts';
import { hasSourced } from './infrastructure-section.ts';
import { storeName } from './patterns-section.ts';
import { numbered, partOf } from './decision-parts.ts';
import { plain, say, type Parameters, type Words } from './say.ts';

export interface DecisionView {
  /** Four digits and the subject: `0002-delivery`. */
  readonly file: string;
  readonly number: string;
  readonly title: RichText;
  readonly source: RichText;
  readonly context: RichText;
  readonly decision: RichText;
  readonly because: RichText;
  readonly consequences: readonly RichText[];
  readonly alternatives: readonly RichText[];
}

interface Subject {
  readonly number: number;
  readonly slug: string;
  /** Beginning of its words, e.g. `delivery.at-least-once`. */
  readonly key: string;
  readonly words: Words;
  /** The setting that decides it; null for a pattern, which is decided by being used. */
  readonly choice: Sourced<unknown> | null;
  readonly parameters: Parameters;
}

/** Builds the records of a model, by number. */
export function decisions(context: DocumentContext): readonly DecisionView[] {
  return [
    ...guaranteeSubjects(context),
    ...patternSubjects(context),
    ...messagingSubjects(context),
  ]
    .toSorted((left, right) => left.number - right.number)
    .map((subject) => decisionView(context, subject));
}

function guaranteeSubjects(context: DocumentContext): readonly Subject[] {
  const { model, broker, decisionWords: words } = context;
  const { delivery, ordering, retention, compatibility } = model.guarantees;
  const parameters = {
    broker: broker.title,
    version: model.broker.version.value,
    keys: [...new Set(model.events.flatMap((event) => event.key ?? []))],
  };
  return [
    {
      number: 1,
      slug: 'broker',
      key: 'decision',
      words: context.brokerWords,
      choice: model.broker.version,
      parameters,
    },
    {
      number: 2,
      slug: 'delivery',
      key: `delivery.${delivery.value}`,
      words,
      choice: delivery,
      parameters,
    },
    {
      number: 3,
      slug: 'ordering',
      key: `ordering.${ordering.value}`,
      words,
      choice: ordering,
      parameters,
    },
    {
      number: 4,
      slug: 'retention',
      key: retention.value === 'forever' ? 'retention.forever' : 'retention',
      words,
      choice: retention,
      parameters: {
        ...parameters,
        duration:
          retention.value === 'forever' ? '' : formatDuration(retention.value),
      },
    },
    {
      number: 5,
      slug: 'compatibility',
      key: `compatibility.${compatibility.value.replace(/-transitive$/, '')}`,
      words,
      choice: compatibility,
      parameters: { ...parameters, mode: compatibility.value },
    },
  ];
}

function patternSubjects(context: DocumentContext): readonly Subject[] {
  const { model } = context;
  const sourced = model.aggregates.filter(
    (one) => one.storage.value === 'event-sourced',
  );
  const orchestrated = model.sagas.filter((one) => one.coordinator !== null);
  const subject = patternSubject(context);
  return [
    hasSourced(context)
      ? subject(6, 'event-sourcing', {
          choice: model.eventStore,
          parameters: {
            aggregates: sourced.map((one) => one.name),
            store: storeName(context),
          },
        })
      : [],
    used(
      subject(7, 'cqrs', {
        parameters: { projections: names(model.projections) },
      }),
      model.projections,
    ),
    used(
      subject(8, 'saga-orchestration', {
        parameters: {
          sagas: names(orchestrated),
          coordinators: [
            ...new Set(orchestrated.map((one) => one.coordinator ?? '')),
          ],
        },
      }),
      orchestrated,
    ),
  ].flat();
}

function messagingSubjects(context: DocumentContext): readonly Subject[] {
  const { model } = context;
  const choreographed = model.sagas.filter((one) => one.coordinator === null);
  const outboxed = model.publications.filter((one) => one.hasOutbox.value);
  const guarded = model.subscriptions.filter(
    (one) => one.idempotency.value !== 'none',
  );
  const parked = model.subscriptions.filter((one) => one.hasDeadLetter.value);
  const subject = patternSubject(context);
  return [
    used(
      subject(9, 'saga-choreography', {
        parameters: { sagas: names(choreographed) },
      }),
      choreographed,
    ),
    used(
      subject(10, 'outbox', { parameters: { services: services(outboxed) } }),
      outboxed,
    ),
    used(
      subject(11, 'idempotent-consumer', {
        parameters: { services: services(guarded) },
      }),
      guarded,
    ),
    used(
      subject(12, 'dead-letter', {
        parameters: { services: services(parked) },
      }),
      parked,
    ),
    used(
      subject(13, 'request-reply', {
        parameters: { requests: names(model.requests) },
      }),
      model.requests,
    ),
  ].flat();
}

const used = (
  subject: Subject,
  uses: readonly unknown[],
): readonly Subject[] => (uses.length === 0 ? [] : [subject]);

const names = (
  items: readonly { readonly name: string }[],
): readonly string[] => items.map((item) => item.name);

const services = (
  items: readonly { readonly service: string }[],
): readonly string[] => [...new Set(items.map((item) => item.service))];

function patternSubject({ broker, decisionWords }: DocumentContext) {
  return (
    number: number,
    slug: string,
    options: {
      readonly choice?: Sourced<unknown>;
      readonly parameters: Parameters;
    },
  ): Subject => ({
    number,
    slug,
    key: slug,
    words: decisionWords,
    choice: options.choice ?? null,
    parameters: { ...options.parameters, broker: broker.title },
  });
}

function decisionView(
  context: DocumentContext,
  subject: Subject,
): DecisionView {
  const { choice } = subject;
  const number = String(subject.number).padStart(4, '0');
  const part = (name: string): RichText =>
    partOf(context, subject, name) ??
    say(subject.words, `${subject.key}.${name}`);
  const source = choice === null ? 'pattern' : choice.from;
  const reason = choice?.from === 'spec' ? choice.because : null;
  return {
    file: `${number}-${subject.slug}`,
    number,
    title: part('title'),
    source: say(context.decisionWords, `source.${source}`),
    context: part('context'),
    decision: part('decision'),
    because: reason === null ? part('because') : plain(reason),
    consequences: numbered(context, subject, 'consequence'),
    alternatives: numbered(context, subject, 'alternative'),
  };
}
