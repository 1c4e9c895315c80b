/** What the emulated Jira holds: its issues, and what the routes ask of them. */
import type { Asked } from '../loopback.ts';
import { ACCOUNTS, type JiraPerson, USERS } from './people.ts';
import { defaultTransitions, type JiraStatus, type JiraTransition } from './workflow.ts';

export interface JiraComment {
  readonly id: string;
  body: unknown;
  readonly created: number;
  /** Not for the customers of a service desk. */
  isInternal?: boolean;
  /** The role that it is for. */
  role?: string;
}

/** A change of one field: `status`. */
export interface JiraChange {
  readonly id: string;
  /** Who did it. */
  readonly by: string;
  readonly at: number;
  readonly field: string;
  readonly from: string;
  readonly to: string;
}

export interface JiraIssue {
  readonly id: string;
  key: string;
  /** The keys that it had in other projects: they still lead to it. */
  readonly formerKeys: string[];
  /** Oldest first. */
  readonly changes: JiraChange[];
  type: string;
  summary: string;
  /** A document in Cloud, wiki text in Data Center. */
  description: unknown;
  labels: string[];
  priority: string;
  assignee: string | undefined;
  status: JiraStatus;
  resolution: string | undefined;
  /** Ids of versions. */
  versions: string[];
  parent: string | undefined;
  duedate: string | undefined;
  /** The name of its security level: who may see it. */
  security?: string;
  points: number | undefined;
  sprints: { readonly name: string; readonly state: string }[];
  /** Other fields that a transition has set. */
  readonly others: Record<string, unknown>;
  readonly properties: Record<string, unknown>;
  readonly comments: JiraComment[];
  readonly created: number;
  updated: number;
}

export interface JiraVersion {
  readonly id: string;
  name: string;
  description?: string;
  released: boolean;
  archived: boolean;
  releaseDate?: string;
}

export interface JiraLink {
  readonly id: string;
  readonly type: string;
  /** Keys: the one that does it, and the other. */
  readonly from: string;
  readonly to: string;
}

export type Permission = 'Browse' | 'Create' | 'Edit' | 'Delete' | 'Transition' | 'Comment' | 'Administer' | 'Link';

export interface JiraOptions {
  readonly now?: () => number;
  readonly deployment?: 'Cloud' | 'Data Center';
  readonly projectKey?: string;
  /** Fields that are on no screen: setting one is refused. */
  readonly refuseFields?: readonly string[];
  readonly issueTypes?: readonly string[];
  readonly transitions?: readonly JiraTransition[];
  /** The most urgent first. */
  readonly priorities?: readonly string[];
  readonly linkTypes?: readonly { readonly name: string; readonly outward: string; readonly inward: string }[];
  /** Project permissions that the account lacks. */
  readonly lacks?: readonly Permission[];
  /** Searches see what has been written since `reindex()` only for issues named in `reconcileIssues`. */
  readonly staleIndex?: boolean;
  /** A create or an edit ignores `properties`. */
  readonly dropsProperties?: boolean;
  readonly pageSize?: number;
  /** Time zone of the account, in minutes east of UTC. */
  readonly offset?: number;
  /** A server so old that it tells types and fields in one answer. */
  readonly wholeCreatemeta?: boolean;
  /** The path before `/rest`. */
  readonly prefix?: string;
}

/** The state behind all routes. */
export interface Site {
  readonly options: Required<JiraOptions>;
  readonly isCloud: boolean;
  readonly email: string;
  readonly token: string;
  readonly people: readonly JiraPerson[];
  readonly me: JiraPerson;
  readonly issues: JiraIssue[];
  readonly versions: JiraVersion[];
  readonly links: JiraLink[];
  /** How many changes an issue tells along with itself. */
  mostChanges: number;
  nextId(): string;
  nextNumber(): number;
  /** With its links; what stands below has no parent then. */
  remove(issue: JiraIssue): void;
  /** The issue that the path names, when the account may see it. */
  find(asked: Asked): JiraIssue | undefined;
  issueNamed(keyOrId: string | undefined): JiraIssue | undefined;
  /** Notes a change down, in the name of the token's account where nobody else is said. */
  note(issue: JiraIssue, change: Pick<JiraChange, 'field' | 'from' | 'to'> & { readonly by?: string }): void;
  lacks(permission: Permission): boolean;
  /** The issues as a search sees them. */
  indexed(reconciled: readonly string[]): JiraIssue[];
  reindex(): void;
}

export const LINK_TYPES = [
  { name: 'Blocks', outward: 'blocks', inward: 'is blocked by' },
  { name: 'Cloners', outward: 'clones', inward: 'is cloned by' },
  { name: 'Duplicate', outward: 'duplicates', inward: 'is duplicated by' },
  { name: 'Relates', outward: 'relates to', inward: 'relates to' },
];

export function createSite(given: JiraOptions): Site {
  const options: Required<JiraOptions> = {
    now: Date.now, deployment: 'Cloud', projectKey: 'PACE', refuseFields: [], lacks: [], offset: -720,
    issueTypes: ['Bug', 'Task', 'Story', 'Epic', 'Sub-task'], priorities: ['Highest', 'High', 'Medium', 'Low', 'Lowest'], linkTypes: LINK_TYPES,
    transitions: defaultTransitions, pageSize: 50, staleIndex: false, dropsProperties: false, wholeCreatemeta: false, prefix: '', ...given,
  }; // biome-ignore format: a record
  const isCloud = options.deployment === 'Cloud';
  const people = isCloud ? ACCOUNTS : USERS;
  const [me] = people;
  if (!me) throw new Error('nobody is there');
  const issues: JiraIssue[] = [];
  let index = new Map<string, JiraIssue>();
  const links: JiraLink[] = [];
  let removed = 0;
  let lastId = 10_000;
  const lacks = (permission: Permission) => options.lacks.includes(permission);
  const issueNamed = (wanted: string | undefined) =>
    issues.find(
      ({ key, formerKeys, id }) => [key, ...formerKeys].includes(wanted?.toUpperCase() ?? '') || id === wanted,
    );
  return {
    options,
    isCloud,
    email: 'pace@example.org',
    token: 'jira-test-token',
    people,
    me,
    issues,
    versions: [],
    links,
    mostChanges: 100,
    lacks,
    nextId: () => {
      lastId += 1;
      return String(lastId);
    },
    nextNumber: () => issues.length + removed + 1,
    remove: (issue) => {
      issues.splice(issues.indexOf(issue), 1);
      removed += 1;
      for (const link of [...links])
        if (link.from === issue.key || link.to === issue.key) links.splice(links.indexOf(link), 1);
      for (const other of issues) if (other.parent === issue.key) other.parent = undefined;
    },
    issueNamed,
    note: (issue, change) => {
      lastId += 1;
      issue.changes.push({ id: String(lastId), by: me.id, at: options.now(), ...change });
    },
    find: ({ params }) => (lacks('Browse') ? undefined : issueNamed(params['key'])),
    indexed: (reconciled) =>
      issues.flatMap((issue) =>
        options.staleIndex && !reconciled.includes(issue.id) ? (index.get(issue.id) ?? []) : issue,
      ),
    reindex: () => {
      index = new Map(issues.map((issue) => [issue.id, structuredClone(issue)]));
    },
  };
}
