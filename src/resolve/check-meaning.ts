// What only the whole can tell: commands and their consumers, and guarantees that cannot be had.
import { gather } from '../core/gather.ts';
import { child } from '../core/pointer.ts';
import { quotedList } from '../core/text.ts';
import type { Capabilities } from '../model/capabilities.ts';
import type { Event, Subscription } from '../model/model.ts';
import { resolveDiagnostics } from './diagnostics.ts';
import type { Scope } from './scope.ts';

export interface Whole {
  readonly events: readonly Event[];
  readonly subscriptions: readonly Subscription[];
  readonly capabilities: Capabilities;
}

/** Checks commands and exactly-once. Reports: command-unhandled, command-shared, queue-over-groups, exactly-once-unavailable. */
export function checkMeaning(scope: Scope, whole: Whole): void {
  checkCommands(scope, whole);
  checkQueues(scope, whole);
  for (const subscription of whole.subscriptions)
    checkExactlyOnce(scope, subscription, whole.capabilities);
}

function checkCommands(scope: Scope, whole: Whole): void {
  const handlers = new Map<string, Subscription[]>();
  for (const subscription of whole.subscriptions) {
    for (const event of subscription.events) {
      const known = handlers.get(event);
      if (known === undefined) handlers.set(event, [subscription]);
      else known.push(subscription);
    }
  }
  for (const { name, origin } of whole.events.filter(
    ({ kind }) => kind === 'command',
  )) {
    const found = handlers.get(name) ?? [];
    if (found.length === 0 && scope.isMistyped(name)) continue;
    if (found.length === 0) {
      scope.report(
        resolveDiagnostics.make(
          'command-unhandled',
          { pointer: origin, at: 'key' },
          { command: name },
        ),
      );
    } else if (found.length > 1) {
      const related = found.map((subscription) => ({
        message: `"${subscription.service}" handles it here`,
        pointer: subscription.origin,
        location: null,
      }));
      const who = quotedList([...new Set(found.map(({ service }) => service))]);
      scope.report(
        resolveDiagnostics.make(
          'command-shared',
          { pointer: origin, at: 'key', related },
          { command: name, count: found.length, who },
        ),
      );
    }
  }
}

/** Commands that share a queue are taken from it by one group. */
function checkQueues(scope: Scope, { events, subscriptions }: Whole): void {
  const commands = events.filter(({ kind }) => kind === 'command');
  if (commands.length < 2) return;
  const groupsOf = gather(subscriptions, (one) => one.events);
  for (const [queue, carried] of gather(commands, ({ channel }) => [channel])) {
    const groups = new Set(
      carried.flatMap(({ name }) =>
        (groupsOf.get(name) ?? []).map(({ group }) => group),
      ),
    );
    const last = carried.at(-1);
    if (carried.length < 2 || groups.size < 2 || last === undefined) continue;
    scope.report(
      resolveDiagnostics.make(
        'queue-over-groups',
        { pointer: child(last.origin, 'queue') },
        { queue, groups: quotedList([...groups]) },
      ),
    );
  }
}

/**
 * Exactly-once holds from consuming to producing inside one Kafka cluster alone: the consumer's effects have to be
 * messages, so a read model, a saga's state, a database or an idempotency store of its own rules it out.
 * Source: Apache Kafka documentation, "Message Delivery Semantics".
 */
function checkExactlyOnce(
  scope: Scope,
  subscription: Subscription,
  capabilities: Capabilities,
): void {
  if (subscription.delivery.value !== 'exactly-once') return;
  const reason = reasonAgainst(scope, subscription, capabilities);
  if (reason === null) return;
  const where = `"${subscription.pattern}" at "${subscription.service}"`;
  scope.reportOnce(
    `exactly-once at ${subscription.delivery.origin}: ${reason}`,
    resolveDiagnostics.make(
      'exactly-once-unavailable',
      { pointer: subscription.delivery.origin },
      { where, reason },
    ),
  );
}

function reasonAgainst(
  scope: Scope,
  subscription: Subscription,
  capabilities: Capabilities,
): string | null {
  if (!capabilities.hasTransactions)
    return `${scope.broker.title} has no transactions from consuming to producing`;
  if (subscription.role.kind === 'projection')
    return 'a read model is written outside the broker';
  if (subscription.role.kind === 'saga')
    return 'the state of a saga is kept outside the broker';
  const services = scope.raw.services ?? {};
  const database = Object.hasOwn(services, subscription.service)
    ? services[subscription.service]?.database
    : undefined;
  if (database !== undefined)
    return `"${subscription.service}" writes to ${database}, which takes no part in the broker's transaction`;
  return null;
}
