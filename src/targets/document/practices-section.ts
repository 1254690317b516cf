// "Good Practices": for each of the six, how this system follows it and where it does not.
import { isDualWrite } from '../../model/worth.ts';
import type { RichText } from '../../render/rich-text.ts';
import type { DocumentContext } from './document-context.ts';
import { parkedIn } from './handling.ts';
import { keysOf } from './keys.ts';
import { servicesOf } from './patterns-section.ts';
import { joinRich, say, sayCount, sayNames, word } from './say.ts';

export interface PracticeView {
  readonly number: number;
  readonly name: string;
  readonly how: RichText;
}

/** Says, for each of the six good practices, how this system follows it and where it does not. */
export function practicesSection(
  context: DocumentContext,
): readonly PracticeView[] {
  const { words } = context;
  const practice = (
    name: string,
    parts: readonly RichText[],
  ): Omit<PracticeView, 'number'> => ({
    name: word(words, `practice.${name}`),
    how: joinRich(parts),
  });
  return [
    practice('idempotence', idempotenceText(context)),
    practice('versioning', versioningText(context)),
    practice('dead-letter', deadLetterText(context)),
    practice('ordering', orderingText(context)),
    practice('outbox', outboxText(context)),
    practice('monitoring', [
      context.model.groups.length === 0
        ? say(words, 'practice.monitoring.none')
        : sayCount(words, 'practice.monitoring.how', {
            count: context.model.groups.length,
          }),
      say(context.brokerWords, 'monitoring'),
    ]),
  ].map((one, index) => ({ number: index + 1, ...one }));
}

function idempotenceText({
  model,
  words,
}: DocumentContext): readonly RichText[] {
  const by = (kind: string): readonly string[] => [
    ...new Set(
      model.subscriptions
        .filter((one) => one.idempotency.value === kind)
        .map((one) => one.service),
    ),
  ];
  if (model.subscriptions.length === 0)
    return [say(words, 'practice.no-consumers')];
  return (['inbox', 'natural', 'none'] as const).flatMap((kind) => {
    const services = by(kind);
    return services.length === 0
      ? []
      : [
          sayNames(words, `practice.idempotence.${kind}`, {
            names: services,
            as: 'services',
          }),
        ];
  });
}

function versioningText({
  model,
  words,
}: DocumentContext): readonly RichText[] {
  const old = model.events.filter((event) => event.versions.length > 0);
  return [
    say(
      words,
      `practice.versioning.${plainMode(model.guarantees.compatibility.value)}`,
    ),
    ...(old.length === 0
      ? []
      : [
          say(words, 'practice.versioning.old', {
            events: old.map((event) => event.name),
          }),
        ]),
  ];
}

/** Drops `-transitive`, which changes what is compared and not who is upgraded first. */
export function plainMode(mode: string): string {
  return mode.replace(/-transitive$/, '');
}

function deadLetterText(context: DocumentContext): readonly RichText[] {
  const { model, words } = context;
  if (model.subscriptions.length === 0)
    return [say(words, 'practice.no-consumers')];
  const without = model.subscriptions.filter(
    (one) => parkedIn(context, one).length === 0,
  );
  return [
    without.length === 0
      ? sayCount(words, 'practice.dead-letter.all', {
          count: model.subscriptions.length,
        })
      : sayNames(words, 'practice.dead-letter.some', {
          names: without.map((one) => one.id),
          as: 'subscriptions',
        }),
  ];
}

function orderingText({ model, words }: DocumentContext): readonly RichText[] {
  const keys = keysOf(model);
  if (keys.length === 0) return [say(words, 'practice.ordering.none')];
  if (model.flows.every((flow) => flow.declared.ordering === 'none'))
    return [say(words, 'practice.ordering.unasked')];
  const losing = model.flows.filter((flow) =>
    flow.weakenings.some((one) => one.axis === 'order'),
  );
  return [
    sayNames(words, 'practice.ordering.keys', { names: keys, as: 'keys' }),
    ...(losing.length === 0
      ? []
      : [
          say(words, 'practice.ordering.lost', {
            flows: [
              ...new Set(losing.map((flow) => flow.subscription ?? flow.event)),
            ],
          }),
        ]),
  ];
}

function outboxText({ model, words }: DocumentContext): readonly RichText[] {
  const bare = model.publications.filter((one) => !one.hasOutbox.value);
  if (model.publications.length === 0)
    return [say(words, 'practice.no-publishers')];
  if (bare.length === 0) return [say(words, 'practice.outbox.all')];
  const risking = servicesOf(bare.filter((one) => isDualWrite(one)));
  const others = servicesOf(bare).filter((one) => !risking.includes(one));
  return [
    ...(risking.length === 0
      ? []
      : [
          sayNames(words, 'practice.outbox.some', {
            names: risking,
            as: 'services',
          }),
        ]),
    ...(others.length === 0
      ? []
      : [
          sayNames(words, 'practice.outbox.stateless', {
            names: others,
            as: 'services',
          }),
        ]),
  ];
}
