// What `show` is told on the command line.

export interface ShowOptions {
  readonly format: string;
  readonly broker?: string;
}
