// A subscription before its settings are resolved.
import type { Pointer } from '../core/pointer.ts';
import type { Role } from '../model/model.ts';
import type { RawSubscription } from '../schema/raw-spec.ts';

export interface SubscriptionDraft {
  readonly service: string;
  readonly pattern: string;
  readonly events: readonly string[];
  /** As written, or what a projection or saga is called; null leaves it to the channel. */
  readonly group: string | null;
  readonly role: Role;
  /** Where its settings are or would be written. */
  readonly settingsAt: Pointer;
  readonly settings: RawSubscription;
  readonly origin: Pointer;
}

/** Drafts what a projection or saga makes its service handle; its group is named after it. */
export function derivedDraft(
  role: Role,
  from: {
    readonly service: string;
    readonly event: string;
    readonly origin: Pointer;
  },
): SubscriptionDraft {
  const { service, event, origin } = from;
  return {
    service,
    pattern: event,
    events: [event],
    group: `${service}.${role.name}`,
    role,
    settingsAt: origin,
    settings: {},
    origin,
  };
}
