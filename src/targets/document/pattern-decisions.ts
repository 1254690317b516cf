// The subjects of the records about patterns: each is decided by being used.
import { largest } from '../../core/lists.ts';
import type { RichText } from '../../render/rich-text.ts';
import type { Subject } from './decision-parts.ts';
import type { DocumentContext } from './document-context.ts';
import { reasonOf } from './guarantee-decisions.ts';
import { rebuildsRecord } from './guide-rebuilds.ts';
import { parkedIn } from './handling.ts';
import { servicesOf, storeName } from './patterns-section.ts';
import { joinRich, say, word } from './say.ts';

/** Lists every pattern; one that the system does not use counts nothing. */
export function patternSubjects(context: DocumentContext): readonly Subject[] {
  const { model } = context;
  const sourced = model.aggregates.filter(
    (one) => one.storage.value === 'event-sourced',
  );
  const orchestrated = model.sagas.filter((one) => one.coordinator !== null);
  const choreographed = model.sagas.filter((one) => one.coordinator === null);
  const outboxed = model.publications.filter((one) => one.hasOutbox.value);
  const guarded = model.subscriptions.filter(
    (one) => one.idempotency.value !== 'none',
  );
  const parked = model.subscriptions.filter(
    (one) => parkedIn(context, one).length > 0,
  );
  const subject = subjectIn(context);
  return [
    storedSubject(
      context,
      subject(6, 'event-sourcing', { aggregates: names(sourced) }),
    ),
    rebuiltSubject(
      context,
      subject(7, 'cqrs', { projections: names(model.projections) }),
    ),
    subject(8, 'saga-orchestration', {
      sagas: names(orchestrated),
      coordinators: [
        ...new Set(orchestrated.map((one) => one.coordinator ?? '')),
      ],
    }),
    subject(9, 'saga-choreography', { sagas: names(choreographed) }),
    subject(10, 'outbox', { services: servicesOf(outboxed) }),
    subject(11, 'idempotent-consumer', { services: servicesOf(guarded) }),
    subject(12, 'dead-letter', { services: servicesOf(parked) }),
    subject(13, 'request-reply', { requests: names(model.requests) }),
  ];
}

function subjectIn({ broker, decisionWords: words }: DocumentContext) {
  return (
    number: number,
    slug: string,
    named: Readonly<Record<string, readonly string[]>>,
  ): Subject => ({
    number,
    slug,
    key: slug,
    words,
    count: largest(Object.values(named).map(({ length }) => length)),
    parameters: { ...named, broker: broker.title },
    source: say(words, 'source.pattern'),
    reason: [],
  });
}

const rebuiltSubject = (
  context: DocumentContext,
  subject: Subject,
): Subject => ({
  ...subject,
  parameters: { ...subject.parameters, rebuilds: rebuildsRecord(context) },
});

// The aggregates are kept as events because the spec says so; where they are kept is a choice of its own.
function storedSubject(context: DocumentContext, subject: Subject): Subject {
  const { model, decisionWords: words } = context;
  const store = storeName(context);
  const reason = reasonOf(model.eventStore);
  const because: RichText = say(words, 'event-sourcing.because');
  return {
    ...subject,
    parameters: { ...subject.parameters, store },
    source: joinRich(
      [
        subject.source,
        say(words, `source.store.${model.eventStore.from}`, { store }),
      ],
      word(words, 'separator'),
    ),
    reason:
      reason.length === 0
        ? reason
        : joinRich([
            because,
            say(words, 'event-sourcing.store', { store, reason }),
          ]),
  };
}

const names = (
  items: readonly { readonly name: string }[],
): readonly string[] => items.map((item) => item.name);
