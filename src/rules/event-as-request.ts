// An event is named like a request to do something.
import { defineRule } from './rule.ts';

/** Reports: `rule/event-as-request`. */
export const eventAsRequest = defineRule(
  {
    name: 'event-as-request',
    area: 'naming',
    severity: 'warning',
    profile: 'recommended',
    summary: 'An event is named like a request to do something.',
    message: 'the event "{event}" is named like a request: "{verb}"',
    hint: 'Rename "{event}" to what has happened, such as "{past}", or make it "type: command".',
    why: 'An event tells what has happened, and whoever wants reacts. A name in the imperative says that somebody is expected to act, and hides a command that nobody is bound to carry out.',
    source:
      'Hohpe and Woolf, Enterprise Integration Patterns, "Event Message" and "Command Message"',
  },
  ({ model }) =>
    model.events.flatMap(({ name, kind, origin }) => {
      const request = kind === 'command' ? null : readRequest(name);
      if (request === null) return [];
      return [{ at: { pointer: origin, at: 'key' }, event: name, ...request }];
    }),
);

/** The verb of a name such as `invoice.send` or `send-invoice`, and the name of what has happened then. */
function readRequest(name: string): { verb: string; past: string } | null {
  const last = name.split(/[._-]/).at(-1) ?? '';
  const past = verbs.get(last);
  if (past !== undefined)
    return { verb: last, past: name.slice(0, -last.length) + past };
  return name.includes('-') ? readHead(name) : null;
}

/** The same for a verb at the head, as in `send-invoice`. */
function readHead(name: string): { verb: string; past: string } | null {
  const [, before = '', verb = '', thing = ''] =
    /^(.*\.)?([a-z]+)-([a-z-]+)$/.exec(name) ?? [];
  const done = verbs.get(verb) ?? nounsToo.get(verb);
  // `ship-docked`: there the first word is a noun, and the last one tells what has happened.
  if (done === undefined || hasHappened.test(thing)) return null;
  return { verb, past: `${before}${thing}.${done}` };
}

/** Verbs that are no nouns, with their past participles. */
const verbs: ReadonlyMap<string, string> = new Map(
  Object.entries({
    approve: 'approved',
    calculate: 'calculated',
    cancel: 'cancelled',
    confirm: 'confirmed',
    create: 'created',
    delete: 'deleted',
    notify: 'notified',
    pay: 'paid',
    register: 'registered',
    reject: 'rejected',
    remove: 'removed',
    reserve: 'reserved',
    send: 'sent',
    ship: 'shipped',
    submit: 'submitted',
    validate: 'validated',
  }),
);

/** Participles, and words that make a noun of the verb before them. */
const hasHappened =
  /ed$|(^|-)(back|begun|built|chosen|done|due|found|given|held|in|kept|left|lost|made|met|off|out|paid|put|ready|run|sent|set|shut|sold|taken|told|won|written)$/;

/** Verbs that are nouns as well: only at the head of a name of several words are they read as verbs. */
const nounsToo: ReadonlyMap<string, string> = new Map(
  Object.entries({
    process: 'processed',
    request: 'requested',
    start: 'started',
    update: 'updated',
  }),
);
