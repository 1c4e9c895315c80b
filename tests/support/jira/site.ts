/** What the emulated Jira holds: its issues, and what the routes ask of them. */
import type { Asked } from '../loopback.ts';
import { defaultTransitions, type JiraStatus, type JiraTransition } from './workflow.ts';

export interface JiraComment {
  readonly id: string;
  readonly body: unknown;
  readonly created: number;
}

export interface JiraIssue {
  readonly id: string;
  readonly key: string;
  type: string;
  summary: string;
  description: unknown;
  labels: string[];
  priority: string;
  assignee: string | undefined;
  status: JiraStatus;
  resolution: string | undefined;
  /** Other fields that a transition has set. */
  readonly others: Record<string, unknown>;
  readonly properties: Record<string, unknown>;
  readonly comments: JiraComment[];
  readonly created: number;
  updated: number;
}

export type Permission = 'Browse' | 'Create' | 'Edit' | 'Transition' | 'Comment';

export interface JiraOptions {
  readonly now?: () => number;
  readonly projectKey?: string;
  /** Fields that are on no screen: setting one is refused. */
  readonly refuseFields?: readonly string[];
  readonly issueTypes?: readonly string[];
  readonly transitions?: readonly JiraTransition[];
  /** Project permissions that the account lacks. */
  readonly lacks?: readonly Permission[];
  /** Searches see what has been written since `reindex()` only for issues named in `reconcileIssues`. */
  readonly staleIndex?: boolean;
  /** A create ignores `properties`. */
  readonly dropsProperties?: boolean;
  readonly pageSize?: number;
  /** Time zone of the account, in minutes east of UTC. */
  readonly offset?: number;
}

/** The state behind all routes. */
export interface Site {
  readonly options: Required<JiraOptions>;
  readonly email: string;
  readonly token: string;
  readonly issues: JiraIssue[];
  nextId(): string;
  /** The issue that the path names, when the account may see it. */
  find(asked: Asked): JiraIssue | undefined;
  lacks(permission: Permission): boolean;
  /** The issues as a search sees them. */
  indexed(reconciled: readonly string[]): JiraIssue[];
  reindex(): void;
}

export function createSite(given: JiraOptions): Site {
  const options: Required<JiraOptions> = {
    now: Date.now, projectKey: 'PACE', refuseFields: [], lacks: [], offset: -720, issueTypes: ['Bug', 'Task', 'Story', 'Epic'],
    transitions: defaultTransitions, pageSize: 50, staleIndex: false, dropsProperties: false, ...given,
  }; // biome-ignore format: a record
  const issues: JiraIssue[] = [];
  let index = new Map<string, JiraIssue>();
  let lastId = 10_000;
  const lacks = (permission: Permission) => options.lacks.includes(permission);
  return {
    options,
    email: 'pace@example.org',
    token: 'jira-test-token',
    issues,
    lacks,
    nextId: () => {
      lastId += 1;
      return String(lastId);
    },
    find: ({ params }) => {
      const wanted = params['key']?.toUpperCase();
      return lacks('Browse') ? undefined : issues.find(({ key, id }) => key === wanted || id === wanted);
    },
    indexed: (reconciled) =>
      issues.flatMap((issue) =>
        options.staleIndex && !reconciled.includes(issue.id) ? (index.get(issue.id) ?? []) : issue,
      ),
    reindex: () => {
      index = new Map(issues.map((issue) => [issue.id, structuredClone(issue)]));
    },
  };
}
