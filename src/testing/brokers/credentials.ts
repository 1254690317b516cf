// The login that every server of the harness knows.

/** A name and a password. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
}
