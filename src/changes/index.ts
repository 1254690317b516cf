// The registered kinds of change, in alphabetical order. Adding one is a file, its cases in a test, and a line here.
import type { ChangeKind } from './change.ts';
import { aggregates } from './kinds/aggregates.ts';
import { brokerChoice } from './kinds/broker-choice.ts';
import { channels } from './kinds/channels.ts';
import { compatibility } from './kinds/compatibility.ts';
import { consumers } from './kinds/consumers.ts';
import { environments } from './kinds/environments.ts';
import { eventFacts } from './kinds/event-facts.ts';
import { events } from './kinds/events.ts';
import { flows } from './kinds/flows.ts';
import { groups } from './kinds/groups.ts';
import { handling } from './kinds/handling.ts';
import { headers } from './kinds/headers.ts';
import { keys } from './kinds/keys.ts';
import { lanes } from './kinds/lanes.ts';
import { load } from './kinds/load.ts';
import { payloads } from './kinds/payloads.ts';
import { publishers } from './kinds/publishers.ts';
import { readSide } from './kinds/read-side.ts';
import { replays } from './kinds/replays.ts';
import { requests } from './kinds/requests.ts';
import { resources } from './kinds/resources.ts';
import { retention } from './kinds/retention.ts';
import { retries } from './kinds/retries.ts';
import { sagaLimits } from './kinds/saga-limits.ts';
import { sagas } from './kinds/sagas.ts';
import { services } from './kinds/services.ts';
import { statements } from './kinds/statements.ts';
import { versions } from './kinds/versions.ts';

export const changeKinds: readonly ChangeKind[] = [
  aggregates,
  brokerChoice,
  channels,
  compatibility,
  consumers,
  environments,
  eventFacts,
  events,
  flows,
  groups,
  handling,
  headers,
  keys,
  lanes,
  load,
  payloads,
  publishers,
  readSide,
  replays,
  requests,
  resources,
  retention,
  retries,
  sagaLimits,
  sagas,
  services,
  statements,
  versions,
];
