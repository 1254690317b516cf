// What is asked of an HTTP client, so that stages which may not reach outside can be handed one.

export interface HttpQuestion {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
}

/** Asks once; the global `fetch` is one. Rejects when there is no answer. */
export type HttpFetch = (
  url: string,
  question: HttpQuestion,
) => Promise<{
  readonly status: number;
  readonly text: () => Promise<string>;
}>;
