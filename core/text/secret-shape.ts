/** How a kind of credential looks. */
export interface SecretShape {
  /** For messages: "a GitHub token". */
  readonly what: string;
  /** One of them, in lower case, is in every match: a text without any need not be searched. */
  readonly hints: readonly string[];
  /** Global: finds every one in a text. */
  readonly pattern: RegExp;
}
