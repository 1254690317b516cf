// A caller waits for a reply for more than half a minute.
import { formatDuration } from '../core/units.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/slow-request`. */
export const slowRequest = defineRule(
  {
    name: 'slow-request',
    area: 'operations',
    severity: 'warning',
    profile: 'recommended',
    summary: 'A caller waits for a reply for more than half a minute.',
    message:
      '"{requester}" waits up to {timeout} for "{responder}" to answer "{request}"',
    hint: 'Send "{responder}" a command and let it publish the outcome, or lower "timeout" of request "{request}".',
    why: 'Whoever waits holds a connection, a thread and a person. What takes that long is work to be handed over, not a question to be answered.',
    source:
      'Microsoft, Azure Architecture Center, "Asynchronous Request-Reply pattern"',
  },
  ({ model }) =>
    model.requests
      .filter(({ timeoutMs }) => timeoutMs.value > 30_000)
      .map(({ name, requester, responder, timeoutMs }) => ({
        at: timeoutMs.origin,
        request: name,
        requester,
        responder,
        timeout: formatDuration(timeoutMs.value),
      })),
);
