// Headers beside the envelope: read as payloads are, and never closed.
import type { Event, Model } from '../../model/model.ts';
import type { Shape } from '../../model/payload.ts';
import { checkReadable } from '../../compat/check-readable.ts';
import { defineKind } from '../change.ts';
import { changesText, describeChange } from '../describe-change.ts';
import { consumersOf, subject } from '../parties.ts';
import { comparable, isSameSchema } from '../payload-check.ts';
import type { Side } from '../side.ts';

/** Reports: `diff/headers-*`. */
export const headers = defineKind(
  {
    'headers-refused': {
      severity: 'error',
      message: 'the headers of "{event}" changed ({changes}): {gap}',
      hint: 'Keep old headers readable: add new ones as optional, with a "?" behind the name.',
      why: 'Messages that are already on their way lack or hold headers that the new consumers do not expect.',
    },
    'headers-unproven': {
      severity: 'warning',
      message:
        'the headers of "{event}" changed ({changes}), and it could not be decided whether the new ones read the old ones: {gap}',
      hint: 'Look at the two schemas by hand, or write the change in simpler terms.',
      why: 'Some questions about two schemas have no answer that can be worked out. What is not proven is not promised.',
    },
    'headers-changed': {
      severity: 'info',
      message: 'the headers of "{event}" changed: {changes}',
      hint: null,
      why: 'Consumers read what is on its way as before.',
    },
  },
  (comparison, tell) =>
    comparison.events().both.flatMap(({ before: old, after: now }) => {
      const [last, next] = [
        headersOf(comparison.before, old),
        headersOf(comparison.after, now),
      ];
      if (isSameSchema(last, next)) return [];
      const about = {
        subject: subject('event', now.name),
        pointer: now.headers?.origin ?? now.origin,
      };
      const changes = changesText(describeChange(last, next));
      // Anything may set a header of its own, so nobody reads those that are not named: lenient.
      const { incompatibilities } = checkReadable(next, last, 'lenient');
      const gap =
        incompatibilities.find(({ verdict }) => verdict === 'incompatible') ??
        incompatibilities[0];
      if (gap === undefined)
        return [tell('headers-changed', about, { event: now.name, changes })];
      const breaks = [consumersOf(comparison.after, now.name)];
      const proof =
        'missing' in gap.witness
          ? gap.witness
          : {
              payload: gap.witness.payload,
              writer: 'the headers as they were',
              reader: 'the headers as they are now',
            };
      return [
        tell(
          gap.verdict === 'unknown' ? 'headers-unproven' : 'headers-refused',
          { ...about, breaks, proof },
          { event: now.name, changes, gap: gap.message },
        ),
      ];
    }),
);

const headersOf = (
  side: Side,
  { headers: shape }: Event,
): ReturnType<typeof comparable> =>
  comparable(side, shape ?? noHeaders(side.model), 'open');

const noHeaders = (_model: Model): Shape => ({
  fields: [],
  schema: null,
  origin: '',
});
