// Request and reply: responders are deployed before requesters, so new responders read old requests, and old requesters new replies.
import { formatDuration } from '../../core/units.ts';
import type { RequestReply } from '../../model/model.ts';
import { checkReadable } from '../../compat/check-readable.ts';
import { defineKind, type Change, type Teller } from '../change.ts';
import type { Comparison } from '../comparison.ts';
import { changesText, describeChange } from '../describe-change.ts';
import { broken, subject } from '../parties.ts';
import { comparable, isSameSchema } from '../payload-check.ts';
import { pointerInto } from '../pointer-into.ts';
import { matchByName, type Pair } from '../side.ts';

const entries = {
  'request-added': {
    severity: 'info',
    message: 'the request "{request}" is new',
    hint: null,
    why: 'Its responder has to be deployed before its requester.',
  },
  'request-removed': {
    severity: 'error',
    message: 'the request "{request}" is gone, which "{requester}" makes',
    hint: 'Deploy "{requester}" without it first.',
    why: 'A requester that is still deployed as before waits for a reply until its timeout.',
  },
  'request-moved': {
    severity: 'error',
    message: 'the request "{request}" went from {old} to {now}',
    hint: 'Keep both responders until no requester asks the old one.',
    why: 'Queues, rights and code of a request belong to its two ends. An end that is still deployed as before asks or answers in the wrong place.',
  },
  'request-refused': {
    severity: 'error',
    message: 'the {part} of "{request}" changed ({changes}): {gap}',
    hint: 'Add new fields as optional, and keep those that the other end needs.',
    why: 'Requester and responder are deployed one after the other. In between, one of them meets what the other wrote before, and refuses it.',
  },
  'request-unproven': {
    severity: 'warning',
    message:
      'the {part} of "{request}" changed ({changes}), and it could not be decided whether {reader} can read it: {gap}',
    hint: 'Look at the two schemas by hand, or write the change in simpler terms.',
    why: 'Some questions about two schemas have no answer that can be worked out. What is not proven is not promised.',
  },
  'request-changed': {
    severity: 'info',
    message: 'the {part} of "{request}" changed: {changes}',
    hint: null,
    why: 'Deploy the responder before the requester.',
  },
  'timeout-shortened': {
    severity: 'warning',
    message: 'the timeout of "{request}" went from {old} to {now}',
    hint: 'Make sure that "{responder}" answers within {now}, also under load.',
    why: 'Replies that were in time come too late now.',
  },
  'timeout-lengthened': {
    severity: 'info',
    message: 'the timeout of "{request}" went from {old} to {now}',
    hint: null,
    why: 'The requester waits longer, and holds what it holds longer.',
  },
} as const;

/** Reports: `diff/request-*`, `diff/timeout-*`. */
export const requests = defineKind(entries, (comparison, tell) => {
  const { before, after } = comparison;
  const { both, removed, added } = matchByName(
    before.model.requests,
    after.model.requests,
  );
  return [
    ...both.flatMap((pair) => changesOf(comparison, { pair, tell })),
    ...removed.map(({ name, requester, origin }) =>
      tell(
        'request-removed',
        {
          subject: subject('request', name),
          pointer: origin,
          breaks: [broken('requesters', [requester])],
        },
        { request: name, requester },
      ),
    ),
    ...added.map(({ name, origin }) =>
      tell(
        'request-added',
        { subject: subject('request', name), pointer: origin },
        { request: name },
      ),
    ),
  ];
});

interface Found {
  readonly pair: Pair<RequestReply>;
  readonly tell: Teller<typeof entries>;
}

function changesOf(
  comparison: Comparison,
  { pair, tell }: Found,
): readonly Change[] {
  const { before: old, after: now } = pair;
  const { services } = comparison.renames;
  const about = { subject: subject('request', now.name), pointer: now.origin };
  const found: Change[] = [
    ...partChanges(comparison, { pair, tell }, 'request'),
    ...partChanges(comparison, { pair, tell }, 'reply'),
  ];
  const ends = ({ requester, responder }: RequestReply): string =>
    `"${requester}" asking "${responder}"`;
  const moved = {
    ...old,
    requester: services.get(old.requester) ?? old.requester,
    responder: services.get(old.responder) ?? old.responder,
  };
  if (ends(moved) !== ends(now))
    found.push(
      tell(
        'request-moved',
        {
          ...about,
          breaks: [
            broken('requesters', [old.requester]),
            broken('responders', [old.responder]),
          ],
        },
        { request: now.name, old: ends(old), now: ends(now) },
      ),
    );
  const [was, is] = [old.timeoutMs.value, now.timeoutMs.value];
  if (was !== is) {
    const words = {
      request: now.name,
      responder: now.responder,
      old: formatDuration(was),
      now: formatDuration(is),
    };
    found.push(
      is < was
        ? tell(
            'timeout-shortened',
            { ...about, breaks: [broken('requesters', [now.requester])] },
            words,
          )
        : tell('timeout-lengthened', about, words),
    );
  }
  return found;
}

function partChanges(
  { before, after }: Comparison,
  { pair, tell }: Found,
  part: 'request' | 'reply',
): readonly Change[] {
  const last = comparable(before, pair.before[part], 'open');
  const next = comparable(after, pair.after[part], 'open');
  if (isSameSchema(last, next)) return [];
  const { name } = pair.after;
  const changes = changesText(describeChange(last, next));
  const about = {
    subject: subject('request', name),
    pointer: pair.after[part].origin,
  };
  const [reader, writer] = part === 'request' ? [next, last] : [last, next];
  // No registry reads these, and either end passes over what it does not know: lenient.
  const { incompatibilities } = checkReadable(reader, writer, 'lenient');
  if (incompatibilities.length === 0)
    return [tell('request-changed', about, { request: name, part, changes })];
  const breaks =
    part === 'request'
      ? [broken('responders', [pair.after.responder])]
      : [broken('requesters', [pair.before.requester])];
  const names =
    part === 'request'
      ? { writer: 'requesters as they are', reader: 'the new responder' }
      : { writer: 'the new responder', reader: 'requesters as they are' };
  return incompatibilities.map(({ verdict, message, path, witness }) => {
    const told = {
      ...about,
      pointer: pointerInto(pair.after[part], path),
      breaks,
      proof:
        'missing' in witness ? witness : { payload: witness.payload, ...names },
    };
    const words = { request: name, part, changes, gap: message };
    return verdict === 'unknown'
      ? tell('request-unproven', told, { ...words, reader: names.reader })
      : tell('request-refused', told, words);
  });
}
