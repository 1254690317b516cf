// The conversation: asks for every answer that is not given yet.
import type { Prompter } from '../../prompter.ts';
import type { Answers } from './answers.ts';
import { defaultAnswers, servicesOf } from './answers.ts';
import { askEvents } from './ask-events.ts';
import { askPatterns } from './ask-patterns.ts';
import { isRateOrEmpty, isRetention, isSaid, splitNames } from './checks.ts';
import {
  brokerChoices,
  compatibilities,
  deliveries,
  idempotencies,
  orderings,
} from './choices.ts';

/** Asks for what `given` leaves open; the rest is taken from `defaults`. */
export async function ask(
  prompter: Prompter,
  given: Partial<Answers>,
  defaults: Answers,
): Promise<Answers> {
  const name =
    given.name ??
    (await prompter.input('Name of the system', {
      initial: defaults.name,
      check: isSaid,
    }));
  const needs =
    given.needs ??
    splitNames(
      await prompter.input('What is it needed for? (divide by commas)', {}),
    );
  const volume =
    given.volume === undefined
      ? orNull(
          await prompter.input(
            'Volume of the whole system, e.g. 500/s (empty: not known)',
            { check: isRateOrEmpty },
          ),
        )
      : given.volume;
  const broker =
    given.broker ??
    (await prompter.select('Which broker?', brokerChoices(), defaults.broker));
  const guarantees = await askGuarantees(prompter, given, broker);
  const events = given.events ?? (await askEvents(prompter));
  const idempotency =
    given.idempotency ??
    (guarantees.delivery === 'at-least-once'
      ? await prompter.select(
          'How do consumers bear a message that comes twice?',
          idempotencies,
          defaults.idempotency,
        )
      : 'natural');
  const patterns = await askPatterns(prompter, given, {
    events,
    services: servicesOf(events),
    delivery: guarantees.delivery,
  });
  const { description, locale } = { ...defaults, ...given };
  return {
    name,
    description,
    locale,
    needs,
    volume,
    broker,
    ...guarantees,
    idempotency,
    events,
    ...patterns,
  };
}

const orNull = (text: string): string | null => (text === '' ? null : text);

async function askGuarantees(
  prompter: Prompter,
  given: Partial<Answers>,
  broker: string,
): Promise<
  Pick<Answers, 'delivery' | 'ordering' | 'retention' | 'compatibility'>
> {
  // Only Kafka has transactions from consuming to producing.
  const possible = deliveries.filter(
    ({ value }) => broker === 'kafka' || value !== 'exactly-once',
  );
  const delivery =
    given.delivery ??
    (await prompter.select(
      'Delivery: what may happen to a message?',
      possible,
      defaultAnswers.delivery,
    ));
  const ordering =
    given.ordering ??
    (await prompter.select(
      'Ordering: what has to stay in order?',
      orderings,
      defaultAnswers.ordering,
    ));
  const retention =
    given.retention ??
    (await prompter.input('Retention: how long are messages kept?', {
      initial: defaultAnswers.retention,
      check: isRetention,
    }));
  const compatibility =
    given.compatibility ??
    (await prompter.select(
      'Compatibility: how may payloads change?',
      compatibilities,
      defaultAnswers.compatibility,
    ));
  return { delivery, ordering, retention, compatibility };
}
