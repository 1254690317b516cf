// A read model is built from several events that are handled in no order.
import { gather } from '../core/gather.ts';
import { shortList } from '../core/text.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/unordered-projection`. */
export const unorderedProjection = defineRule(
  {
    name: 'unordered-projection',
    area: 'ordering',
    severity: 'warning',
    profile: 'recommended',
    summary:
      'A read model is built from several events that are handled in no order.',
    message:
      'projection "{projection}" is built from {events} in no order, so an older change may overwrite a newer one',
    hint: 'Declare "ordering: per-key" for {events} at consumer "{service}".',
    why: 'A read model takes over what each event says. When the creation of a row comes after its update, the update finds nothing or is overwritten.',
    source:
      'G. Young, "CQRS Documents"; M. Kleppmann, Designing Data-Intensive Applications, chapter 11',
  },
  ({ model }) => {
    const unordered = model.subscriptions.filter(
      ({ role, ordering }) =>
        role.kind === 'projection' && ordering.value === 'none',
    );
    const byProjection = gather(unordered, ({ role }) => [role.name ?? '']);
    return [...byProjection].flatMap(([projection, found]) => {
      const [first] = found;
      const events = new Set(found.flatMap((one) => one.events));
      if (first === undefined || events.size < 2) return [];
      return [
        {
          at: first.ordering.origin,
          projection,
          service: first.service,
          events: shortList([...events]),
        },
      ];
    });
  },
);
