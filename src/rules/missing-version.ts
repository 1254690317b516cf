// The version before the current one of an event is not kept in the spec.
import { child } from '../core/pointer.ts';
import { defineRule } from './rule.ts';

/** Reports: `rule/missing-version`. */
export const missingVersion = defineRule(
  {
    name: 'missing-version',
    area: 'schemas',
    severity: 'warning',
    profile: 'recommended',
    summary:
      'The version before the current one of an event is not kept in the spec.',
    message:
      '"{event}" is at version {version}, but version {previous} is not under its "versions"',
    hint: 'Add {previous} under "versions" of "{event}", with the payload that it had, until nobody reads or keeps it.',
    why: 'Old messages are still in logs and queues, and old consumers still run, when a new version comes. Without the old payload nothing can check the change or convert what was written before it.',
    source:
      'G. Young, Versioning in an Event Sourced System; Confluent, "Schema Evolution and Compatibility"',
  },
  ({ model }) =>
    model.events
      .filter(
        ({ version, versions }) =>
          version > 1 &&
          !versions.some((older) => older.version === version - 1),
      )
      .map(({ name, version, origin }) => ({
        at: child(origin, 'version'),
        event: name,
        version,
        previous: version - 1,
      })),
);
