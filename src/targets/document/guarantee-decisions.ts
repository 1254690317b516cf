// The subjects of the first five records: the broker, and the guarantees for every flow.
import { keyName } from '../../model/event-key.ts';
import { formatDuration } from '../../core/units.ts';
import type { Sourced } from '../../model/settings.ts';
import type { RichText } from '../../render/rich-text.ts';
import type { Subject } from './decision-parts.ts';
import type { DocumentContext } from './document-context.ts';
import { joinRich, plain, say, word, type Parameters } from './say.ts';

/** Lists the broker, delivery, ordering, retention and compatibility. */
export function guaranteeSubjects(
  context: DocumentContext,
): readonly Subject[] {
  const { model } = context;
  const { delivery, ordering, retention, compatibility } = model.guarantees;
  const keys = [
    ...new Set(
      model.events.flatMap(({ key }) => (key === null ? [] : [keyName(key)])),
    ),
  ];
  const subject = subjectIn(context, { keys });
  const isUnkeyed = ordering.value === 'per-key' && keys.length === 0;
  return [
    brokerSubject(
      context,
      subject(1, 'broker', { key: 'decision', choice: model.broker.choice }),
    ),
    subject(2, 'delivery', {
      key: `delivery.${delivery.value}`,
      choice: delivery,
    }),
    subject(3, 'ordering', {
      key: isUnkeyed
        ? 'ordering.per-key.unkeyed'
        : `ordering.${ordering.value}`,
      choice: ordering,
    }),
    subject(4, 'retention', {
      key: retention.value === 'forever' ? 'retention.forever' : 'retention',
      choice: retention,
      parameters: {
        duration:
          retention.value === 'forever'
            ? ''
            : formatDuration(retention.value, model.locale),
      },
    }),
    subject(5, 'compatibility', {
      key: `compatibility.${compatibility.value.replace(/-transitive$/, '')}`,
      choice: compatibility,
      parameters: { mode: compatibility.value },
    }),
  ];
}

function subjectIn(
  { model, broker, decisionWords: words }: DocumentContext,
  parameters: Parameters,
) {
  return (
    number: number,
    slug: string,
    of: {
      readonly key: string;
      readonly choice: Sourced<unknown>;
      readonly parameters?: Parameters;
    },
  ): Subject => ({
    number,
    slug,
    key: of.key,
    words,
    count: 1,
    parameters: {
      broker: broker.title,
      version: model.broker.version.value,
      ...parameters,
      ...of.parameters,
    },
    source: say(words, `source.${of.choice.from}`),
    reason: reasonOf(of.choice),
  });
}

// Which broker and which version of it are two choices, and the run may have made the first.
function brokerSubject(
  { model, brokerWords, decisionWords: words }: DocumentContext,
  subject: Subject,
): Subject {
  const { choice, version } = model.broker;
  return {
    ...subject,
    words: brokerWords,
    source: joinRich(
      [
        choice.from === 'spec' ? subject.source : say(words, 'source.run'),
        version.from === 'spec'
          ? plain('')
          : say(words, 'source.version', { version: version.value }),
      ],
      word(words, 'separator'),
    ),
  };
}

/** Gives the author's reason for a choice; empty when the spec gives none. */
export const reasonOf = (choice: Sourced<unknown>): RichText =>
  plain(choice.from === 'spec' ? (choice.because ?? '') : '');
