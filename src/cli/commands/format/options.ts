// What `format` is told on the command line.

export interface FormatOptions {
  readonly check?: boolean;
  readonly dryRun?: boolean;
}
