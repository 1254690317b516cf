// The subjects of the first five records: the broker, and the guarantees for every flow.
import { formatDuration } from '../../core/units.ts';
import type { Sourced } from '../../model/settings.ts';
import type { RichText } from '../../render/rich-text.ts';
import type { Subject } from './decision-parts.ts';
import type { DocumentContext } from './document-context.ts';
import { factsText } from './infrastructure-section.ts';
import { isOrderedByNothing, keysOf } from './keys.ts';
import { otherRetentions } from './other-choices.ts';
import { joinRich, plain, say, word, type Parameters } from './say.ts';

/** Lists the broker, delivery, ordering, retention and compatibility. */
export function guaranteeSubjects(
  context: DocumentContext,
): readonly Subject[] {
  const { model } = context;
  const { delivery, ordering, retention, compatibility } = model.guarantees;
  const keys = keysOf(model);
  const subject = subjectIn(context, { keys });
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
      key: isOrderedByNothing(model)
        ? 'ordering.per-key.unkeyed'
        : `ordering.${ordering.value}`,
      choice: ordering,
      count: keys.length,
    }),
    subject(4, 'retention', {
      key: retention.value === 'forever' ? 'retention.forever' : 'retention',
      choice: retention,
      parameters: {
        duration:
          retention.value === 'forever'
            ? ''
            : formatDuration(retention.value, model.locale),
        others: othersText(context),
        bound: boundText(context),
      },
    }),
    subject(5, 'compatibility', {
      key: `compatibility.${compatibility.value.replace(/-transitive$/, '')}`,
      choice: compatibility,
      parameters: { mode: compatibility.value },
    }),
  ];
}

/** Names the channels that keep messages for another time, in a sentence of its own behind another; empty for none. */
function othersText(context: DocumentContext): RichText {
  const { decisionWords: words, model } = context;
  const others = otherRetentions(context);
  if (others.length === 0) return [];
  return spaced(
    say(words, 'retention.others', {
      channels: joinRich(
        others.map(({ channel, kept }) =>
          kept === 'forever'
            ? say(words, 'retention.other.forever', { channel: channel.name })
            : say(words, 'retention.other', {
                channel: channel.name,
                duration: formatDuration(kept, model.locale),
              }),
        ),
        ', ',
      ),
    }),
  );
}

/** Says what of the broker bounds the wait before the retention does, in a sentence of its own behind another. */
function boundText({ brokerWords, described }: DocumentContext): RichText {
  return spaced(factsText(brokerWords, described.bound));
}

const spaced = (sentence: RichText): RichText =>
  sentence.length === 0
    ? sentence
    : [{ kind: 'words', value: ' ' }, ...sentence];

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
      /** How many things its sentences name; one where that changes none. */
      readonly count?: number;
    },
  ): Subject => ({
    number,
    slug,
    key: of.key,
    words,
    // A record is there, however little it names.
    count: of.count || 1,
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
