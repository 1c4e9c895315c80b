/**
 * Where Jira Cloud and Jira Data Center differ: paths, rich text, pages of a search, the names of people. `cloud.ts` and
 * `data-center.ts` are the two; everything else is the same for both.
 */
import type { Ability } from '../../core/ports/capabilities.ts';
import type { Operation } from './refusals.ts';
import type { WireIssue } from './wire.ts';

export interface Dialect {
  readonly name: 'Cloud' | 'Data Center';
  /** Of the REST API. */
  readonly version: 2 | 3;

  /** A Markdown text in Jira's own form, and back. */
  format(markdown: string): unknown;
  parse(text: unknown): string;
  /** The text as it stands, changed to what the Markdown says, with what Markdown has no words for; `lost` names what is gone of that. */
  merge(before: unknown, markdown: string): MergedForm;
  /** Whether two texts are one here: see `NormalText`. */
  normal(markdown: string): string;
  /** How much of the limit of a text this Markdown takes. */
  measure(markdown: string): number;

  /** What names a person in a field: an account's id, or a user's name. */
  person(id: string): Readonly<Record<string, string>>;
  /** The text is certainly an id, so that nobody need be asked. */
  isPersonId(text: string): boolean;
  /** The text may be an id, so that a query can ask for it. */
  asksForPerson(text: string): boolean;
  /** The parameter that finds people. */
  readonly peopleQuery: 'query' | 'username';
  /** Any issue can have a parent of the next level. Else only subtasks have one, and stories their epic in a field of its own. */
  readonly hasLevels: boolean;

  /** The issues of a query, page by page as they are asked for. */
  search(api: JiraApi, search: Search): AsyncGenerator<readonly WireIssue[]>;
  /** These issues, in whatever order. */
  readMany(api: JiraApi, search: Omit<Search, 'jql'> & { readonly keys: readonly string[] }): Promise<WireIssue[]>;
  /** Adds what an answer to a read leaves out. */
  complete(api: JiraApi, issue: WireIssue): Promise<WireIssue>;

  readonly lacks: Readonly<Partial<Record<Ability, string>>>;
}

/** Of `Dialect.normal`. Whoever changes what a text becomes in Jira, or what is read of it, changes this as well. */
export const NORMAL_VERSION = 1;

export interface MergedForm {
  readonly text: unknown;
  readonly lost: readonly string[];
}

export interface Search {
  readonly jql: string;
  readonly fields: string;
  readonly expand: string;
  readonly property: string;
  /** Ids of issues that a late index must be told of. */
  readonly fresh: readonly number[];
  /** What was changed before is not meant, and need not be whole: JQL knows days and minutes of somebody's clock. */
  readonly since?: number | undefined;
}

/** Issues in a page; both kinds of Jira take as many. */
export const PAGE = 100;

export interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Segments below `/rest/api/3`, or `/rest/api/2` in Data Center; not encoded. */
  readonly path: readonly string[];
  readonly query?: Readonly<Record<string, string | number | boolean | readonly number[] | undefined>>;
  readonly body?: unknown;
}

export interface JiraApi {
  /** Without a slash at its end. */
  readonly url: string;
  /** Cloud or Data Center, found out at the first call. */
  dialect(operation: Operation): Promise<Dialect>;
  /** The same as far as it is known by now. */
  likelyDialect(): Dialect;
  /** The parsed answer; `undefined` when Jira answers without a body. */
  call<Answer>(operation: Operation, call: Call): Promise<Answer>;
  /** The same, where nobody looks at the answer: it may be empty. */
  send(operation: Operation, call: Call): Promise<void>;
}
