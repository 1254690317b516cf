// What can be wrong with how findings are treated: the configuration, comments that ignore, the baseline.
import { defineDiagnostics } from '../core/catalogue.ts';

export const configDiagnostics = defineDiagnostics('config', {
  'not-a-mapping': {
    severity: 'error',
    message: 'the configuration is {found}, but it has to be a mapping',
    hint: 'Write settings as keys, e.g. "profile: recommended".',
    why: 'Each setting has a name. "event-arch schema config" prints what there is.',
  },
  'unknown-rule': {
    severity: 'error',
    message: 'there is no rule "{code}"',
    hint: '{advice}',
    why: 'A level for a rule that does not exist has no effect, so the rule that was meant would run as before.',
  },
  'fixed-level': {
    severity: 'error',
    message: '"{code}" has no level that could be set',
    hint: 'Remove it: it tells that a spec cannot be read or resolved, and without that there is nothing to review.',
    why: 'Rules and warnings are a matter of judgement, but a spec with this error has no meaning that could be checked or generated.',
  },
  'no-baseline': {
    severity: 'error',
    message: 'the baseline "{file}" cannot be read: {reason}',
    hint: 'Write it with "event-arch validate --update-baseline", or remove "baseline".',
    why: 'A baseline that is not found would let every known finding fail the run, or hide that nothing is held back.',
  },
} as const);

export const ignoreDiagnostics = defineDiagnostics('ignore', {
  'no-code': {
    severity: 'error',
    message: 'this comment names no rule to ignore',
    hint: 'Write "# event-arch-ignore rule/name: why it is right here".',
    why: 'What is ignored is said by its code, so that everything else is still told.',
  },
  'no-reason': {
    severity: 'error',
    message: '"{code}" is ignored without a reason',
    hint: 'Write why behind a colon, e.g. "# event-arch-ignore {code}: replaced in Q3, see ADR 12".',
    why: 'Whoever reads the spec next year has to judge whether the exception still holds. Without a reason nothing is ignored.',
  },
  'unknown-code': {
    severity: 'warning',
    message: 'there is no rule "{code}" to ignore',
    hint: '{advice}',
    why: 'A mistyped code ignores nothing. A rule of a plugin is known only where the configuration that names the plugin is found.',
  },
  'not-ignorable': {
    severity: 'warning',
    message: '"{code}" cannot be ignored',
    hint: 'Correct what it tells, and remove the comment.',
    why: 'It tells that the spec cannot be read or resolved. Rules and warnings are a matter of judgement, this is not.',
  },
  unused: {
    severity: 'warning',
    message: '"{code}" is ignored here, but finds nothing here',
    hint: 'Remove it, or move the comment to the line of the finding or the line before.',
    why: 'An exception that is no longer needed would hide the next finding of this rule at this place.',
  },
} as const);

export const baselineDiagnostics = defineDiagnostics('baseline', {
  'unreadable-line': {
    severity: 'error',
    message: 'this line of the baseline cannot be read: {text}',
    hint: 'Solve the conflict if it is one; otherwise let "event-arch validate --update-baseline" write the file again.',
    why: 'Each line is a rule and a place, such as "rule/missing-retry orders.yaml#/consumers/stock". What cannot be read holds nothing back.',
  },
  'stale-entries': {
    severity: 'info',
    message: 'the baseline holds back what is no longer found: {entries}',
    hint: 'Run "event-arch validate --update-baseline", so that the file shrinks.',
    why: 'An entry that matches nothing would hold back the finding if it came again.',
  },
} as const);
