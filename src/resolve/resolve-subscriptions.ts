// Subscriptions with every setting resolved: the subscription's own, the consumer's, the event's, the default.
import { camelCase } from '../core/text.ts';
import type { Channel, Subscription } from '../model/model.ts';
import type { EventDraft } from './resolve-events.ts';
import { resolveRetry } from './resolve-retry.ts';
import { isPattern } from './pattern.ts';
import type { Scope } from './scope.ts';
import { orDefault } from './sourced.ts';
import type { SubscriptionDraft } from './subscription-draft.ts';
import { levelsOf, settingsOf } from './subscription-settings.ts';

export interface SubscriptionContext {
  readonly events: ReadonlyMap<string, EventDraft>;
  readonly channels: ReadonlyMap<string, Channel>;
  readonly channelOf: ReadonlyMap<string, string>;
}

/** Resolves the settings of every subscription. Reports: retry-bounds. */
export function resolveSubscriptions(
  scope: Scope,
  drafts: readonly SubscriptionDraft[],
  context: SubscriptionContext,
): readonly Subscription[] {
  return drafts.map((draft) => resolveSubscription(scope, draft, context));
}

function resolveSubscription(
  scope: Scope,
  draft: SubscriptionDraft,
  context: SubscriptionContext,
): Subscription {
  const levels = levelsOf(scope, draft);
  const group = draft.group ?? defaultGroup(draft, context);
  const settings = settingsOf(levels, draft, {
    carried: draft.events.flatMap((name) => context.events.get(name) ?? []),
  });
  return {
    id: `${group}/${draft.pattern}`,
    service: draft.service,
    pattern: draft.pattern,
    events: draft.events,
    group,
    handler: orDefault(
      draft.settings.handler,
      { owner: draft.settingsAt, key: 'handler' },
      { value: handlerName(draft), because: 'Named after what it handles' },
    ),
    ...settings,
    retry: resolveRetry(scope, draft, { levels, ...settings }),
    role: draft.role,
    origin: draft.origin,
  };
}

/** One service's subscriptions to one channel share a position; a pattern over several channels has its own. */
function defaultGroup(
  draft: SubscriptionDraft,
  context: SubscriptionContext,
): string {
  const channels = new Set(
    draft.events.flatMap((event) => context.channelOf.get(event) ?? []),
  );
  const [only] = channels;
  if (channels.size === 1) return `${draft.service}.${only}`;
  return `${draft.service}.${draft.pattern.replaceAll('*', 'any').replaceAll('#', 'all')}`;
}

function handlerName(draft: SubscriptionDraft): string {
  if (draft.role.kind === 'projection')
    return camelCase(`project-${draft.role.name}`);
  if (draft.role.kind === 'saga')
    return camelCase(`continue-${draft.role.name}`);
  const words = isPattern(draft.pattern)
    ? draft.pattern.replaceAll('*', 'any').replaceAll('#', 'all')
    : draft.pattern;
  return camelCase(`on-${words}`);
}
