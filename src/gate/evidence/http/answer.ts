/** What a service has answered, as far as conditions look at it. */
export interface Answer {
  readonly status: number;
  /** Absent where it is no JSON. */
  readonly json?: { readonly value: unknown };
  /** Then why: `is not JSON: <html>…`. */
  readonly noJson?: string;
  /** How long the service asks to be left alone, in milliseconds. */
  readonly waitAskedFor?: number | undefined;
}
