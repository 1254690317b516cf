// What `plan` is told on the command line.

export interface PlanOptions {
  readonly url?: string;
  readonly env?: string;
  readonly broker?: string;
  readonly ca?: string;
  readonly format: string;
}
