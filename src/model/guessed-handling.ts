// Whether what is reckoned from handling times rests on measurement or on the tool's guess.
import type { ModelFacts } from './model-facts.ts';
import type { ConsumerGroup, Subscription } from './model.ts';

/** Finds a subscription of a group that handles a declared volume in a time that nobody wrote down; null when all are written. */
export function guessedHandling(
  facts: ModelFacts,
  group: ConsumerGroup,
): Subscription | null {
  const hasVolume = (event: string): boolean =>
    (facts.events().get(event)?.volume ?? null) !== null;
  const guessed = group.subscriptions
    .flatMap((id) => facts.subscriptions().get(id) ?? [])
    .find(
      ({ processingMs, events }) =>
        processingMs.from !== 'spec' && events.some(hasVolume),
    );
  return guessed ?? null;
}
