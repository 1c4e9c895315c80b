/** A piece of a comment as ClickUp keeps it. https://developer.clickup.com/docs/comment-formatting */

export interface Run {
  readonly text?: string | null;
  /** So it is called in the cells of a table. */
  readonly insert?: unknown;
  /** Absent for text; what is embedded has a member of that name, mostly. */
  readonly type?: string | null;
  readonly attributes?: Attributes | null;
}

export interface Attributes {
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly strike?: boolean;
  readonly code?: boolean;
  readonly link?: string | { readonly url?: string };
  /** These stand at the end of a line and are about the whole of it; their value is a word, or an object with that word. */
  readonly list?: unknown;
  readonly indent?: unknown;
  readonly 'code-block'?: unknown;
  readonly header?: unknown;
  readonly blockquote?: unknown;
}
