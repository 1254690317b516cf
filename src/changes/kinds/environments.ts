// Environments: where the design runs, and in how many copies.
import { defineKind, type Change } from '../change.ts';
import { subject } from '../parties.ts';
import { matchByName } from '../side.ts';

/** Reports: `diff/environment-*`, `diff/replication-*`. */
export const environments = defineKind(
  {
    'environment-added': {
      severity: 'info',
      message: 'the environment "{environment}" is new',
      hint: null,
      why: 'Its configuration is generated beside the others.',
    },
    'environment-removed': {
      severity: 'info',
      message: 'the environment "{environment}" is gone',
      hint: null,
      why: 'No configuration is generated for it any more; what runs there stays.',
    },
    'replication-lowered': {
      severity: 'warning',
      message: 'in "{environment}" {what} went from {old} to {now}',
      hint: 'Keep {old}, unless losing a node may lose messages there.',
      why: 'With fewer copies the loss of a node can lose messages that were confirmed. Existing topics and queues keep theirs until they are moved.',
    },
    'replication-raised': {
      severity: 'info',
      message: 'in "{environment}" {what} went from {old} to {now}',
      hint: null,
      why: 'Existing topics and queues keep their copies until they are moved.',
    },
  },
  ({ before, after }, tell) => {
    const { both, removed, added } = matchByName(
      before.model.environments,
      after.model.environments,
    );
    const about = ({
      name,
      origin,
    }: {
      readonly name: string;
      readonly origin: string;
    }) => ({
      subject: subject('environment', name),
      pointer: origin,
    });
    const found: Change[] = both.flatMap(({ before: old, after: now }) =>
      (
        [
          ['the copies of each message', old.replication, now.replication],
          ['the copies that confirm a write', old.minInSync, now.minInSync],
        ] as const
      ).flatMap(([what, was, is]) => {
        if (was.value === is.value) return [];
        const words = {
          environment: now.name,
          what,
          old: was.value,
          now: is.value,
        };
        return [
          is.value < was.value
            ? tell('replication-lowered', about(now), words)
            : tell('replication-raised', about(now), words),
        ];
      }),
    );
    return [
      ...found,
      ...removed.map((one) =>
        tell('environment-removed', about(one), { environment: one.name }),
      ),
      ...added.map((one) =>
        tell('environment-added', about(one), { environment: one.name }),
      ),
    ];
  },
);
