// How a choice of the spec or of the tool is said, and why it was made.
import type { Locale } from '../../core/locale.ts';
import { formatDuration } from '../../core/units.ts';
import type { Retention, Sourced } from '../../model/settings.ts';
import type { RichText } from '../../render/rich-text.ts';
import { joinRich, plain, say, type Words } from './say.ts';

/** Says the author's reason; without one, what the choice means, marked as the tool's own words when it is a default. */
export function justification(
  words: Words,
  choice: Sourced<unknown>,
  meaning: RichText,
): RichText {
  if (choice.from === 'spec' && choice.because !== null)
    return plain(choice.because);
  return choice.from === 'default'
    ? joinRich([meaning, say(words, 'because.default')])
    : meaning;
}

/** Writes a retention as a duration, or as kept for ever. */
export function retentionText(
  words: Words,
  retention: Retention,
  locale: Locale,
): RichText {
  return retention === 'forever'
    ? say(words, 'retention.forever')
    : say(words, 'retention.for', {
        duration: formatDuration(retention, locale),
      });
}

/** Names a choice. "None" is an answer for compatibility; for order it has to say what there is none of. */
export function choiceText(
  words: Words,
  aspect: string,
  choice: string,
): RichText {
  return say(
    words,
    aspect === 'ordering' && choice === 'none'
      ? 'choice.unordered'
      : `choice.${choice}`,
  );
}
