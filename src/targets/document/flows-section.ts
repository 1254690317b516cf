// "Flows": the way of each event from its publishers to its handlers.
import { gatherFacts } from '../../model/model-facts.ts';
import type { Event, Subscription } from '../../model/model.ts';
import type { RichText } from '../../render/rich-text.ts';
import type { DocumentContext } from './document-context.ts';
import { joinRich, plain, say } from './say.ts';

export interface FlowView {
  readonly event: string;
  readonly publishers: RichText;
  readonly channel: string;
  readonly handlers: RichText;
}

/** Builds one row per event: who publishes it and how, what carries it, who handles it and why. */
export function flowsSection(context: DocumentContext): readonly FlowView[] {
  const { model, names, index } = context;
  return model.events.map((event) => {
    const channel = index.channels.get(event.channel);
    return {
      event: event.name,
      publishers: publishersText(context, event),
      channel: channel === undefined ? '' : names.channel(channel),
      handlers: handlersText(context, event),
    };
  });
}

function publishersText(
  { model, words }: DocumentContext,
  event: Event,
): RichText {
  const published =
    gatherFacts(model).publicationsByEvent().get(event.name) ?? [];
  if (published.length === 0) return say(words, 'events.nobody');
  return joinRich(
    published.map((one) =>
      say(words, one.hasOutbox.value ? 'flow.by.outbox' : 'flow.by.direct', {
        service: one.service,
      }),
    ),
    ', ',
  );
}

function handlersText(
  { model, words }: DocumentContext,
  event: Event,
): RichText {
  const subscriptions =
    gatherFacts(model).subscriptionsByEvent().get(event.name) ?? [];
  if (subscriptions.length === 0) {
    return say(words, event.isPublic ? 'events.outside' : 'events.nobody');
  }
  return joinRich(
    [
      ...subscriptions.map((one) => handlerText(words, one)),
      event.isPublic ? say(words, 'events.outside') : plain(''),
    ],
    ', ',
  );
}

function handlerText(
  words: DocumentContext['words'],
  one: Subscription,
): RichText {
  const role = one.role.kind;
  if (role === 'projection' || role === 'saga') {
    return say(words, `flow.handler.${role}`, {
      service: one.service,
      name: one.role.name ?? '',
    });
  }
  return say(words, 'flow.handler', {
    service: one.service,
    handler: one.handler.value,
  });
}
