// The terminal as the commands see it, so that tests can stand in for it.

export interface Terminal {
  /** Writes results. */
  readonly out: (text: string) => void;
  /** Writes progress and problems of the run itself. */
  readonly err: (text: string) => void;
  readonly isOutTty: boolean;
  readonly isErrTty: boolean;
  readonly isInTty: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Reads all of standard input. */
  readonly readInput: () => Promise<string>;
}

/** Exit codes: 0 clean, 1 findings, 2 usage or input/output, 3 our bug. */
export const exitCodes = { clean: 0, findings: 1, usage: 2, bug: 3 } as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Tells whether colour is wanted: on a terminal, unless `NO_COLOR` is set; `FORCE_COLOR` overrides. */
export function wantsColour(isTty: boolean, env: Terminal['env']): boolean {
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return false;
  if (env['FORCE_COLOR'] !== undefined && env['FORCE_COLOR'] !== '0')
    return true;
  return isTty && env['TERM'] !== 'dumb';
}
