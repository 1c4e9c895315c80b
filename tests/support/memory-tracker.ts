import { PaceError } from '../../core/errors.ts';
import { capabilitiesBut } from '../../core/ports/capabilities.ts';
import type {
  Comment,
  Issue,
  IssueDraft,
  IssuePatch,
  IssueState,
  IssueTracker,
  TrackerDriver,
} from '../../core/ports/index.ts';
import { completeTracker } from '../../core/tracker/complete-tracker.ts';
import { testWorld } from './world.ts';

export interface MemoryTracker extends IssueTracker {
  readonly issues: Map<string, Issue>;
  readonly comments: Map<string, Comment[]>;
  /** Every write, as `operation key`. */
  readonly writes: string[];
  /** What lists do not show yet. */
  readonly unlisted: Set<string>;
  /** True when the process that asks is gone: nothing is answered, nothing done. */
  gone: (() => boolean) | undefined;
  isTrusted?: (issue: Issue) => Promise<boolean>;
  /** The tracker drops labels, as some do for callers without the right. */
  dropLabels: boolean;
  /** The next call of this method throws; `after` means that it has acted all the same. */
  failNext(operation: keyof IssueTracker, error: Error, when?: 'before' | 'after'): void;
  /** Acts as a person. */
  person: { close(key: string): void; reopen(key: string): void };
}

/** A tracker in memory that behaves, and misbehaves on demand. */
export function memoryTracker(options: { max?: number; now?: () => number } = {}): MemoryTracker {
  const issues = new Map<string, Issue>();
  const comments = new Map<string, Comment[]>();
  const writes: string[] = [];
  const unlisted = new Set<string>();
  const planned = new Map<string, { error: Error; when: 'before' | 'after' }>();
  let clock = 0;
  const now = options.now ?? (() => (clock += 1));

  function known(key: string): Issue {
    const issue = issues.get(key);
    if (issue) return issue;
    throw new PaceError({
      kind: 'not-found',
      message: `There is no issue ${key}.`,
      remedy: 'Please check the number.',
    });
  }

  async function doing<Result>(operation: string, act: () => Result): Promise<Result> {
    if (tracker.gone?.()) throw new Error('killed');
    const trouble = planned.get(operation);
    planned.delete(operation);
    if (trouble?.when === 'before') throw trouble.error;
    const result = act();
    if (trouble) throw trouble.error;
    return result;
  }

  function put(issue: Issue): Issue {
    issues.set(issue.key, issue);
    return issue;
  }

  function withState(key: string, state: IssueState): Issue {
    return put({ ...known(key), state, stateName: state, updatedAt: now() });
  }

  const driver: TrackerDriver = {
    platform: 'memory',
    filters: ['state', 'labels'],
    sorts: [],
    capabilities: async () => capabilitiesBut({}),
    getCurrentUser: async () => ({ id: 'me', name: 'Me' }),
    getAvailableTransitions: async () => [],
    titleLimit: 255,
    bodyLimit: { max: options.max ?? 65_536, unit: 'characters' },
    measureBody: (markdown, metadata) => markdown.length + JSON.stringify(metadata ?? {}).length,
    getIssue: (key) => doing('getIssue', () => known(key)),
    listIssues: async function* (filter = {}) {
      await doing('listIssues', () => undefined);
      for (const issue of [...issues.values()].reverse()) {
        const open = issue.state !== 'done' && issue.state !== 'canceled';
        if (unlisted.has(issue.key)) continue;
        if (filter.state === 'open' && !open) continue;
        if (filter.state === 'closed' && open) continue;
        if (filter.labels?.some((label) => !issue.labels.includes(label))) continue;
        yield issue;
      }
    },
    createIssue: (draft: IssueDraft) =>
      doing('createIssue', () => {
        const key = String(issues.size + 1);
        writes.push(`create ${key}`);
        return put({
          key,
          url: `https://tracker.test/${key}`,
          title: draft.title,
          body: draft.body,
          state: 'open',
          stateName: 'open',
          labels: tracker.dropLabels ? [] : (draft.labels ?? []),
          assignees: [],
          createdAt: now(),
          updatedAt: now(),
          metadata: draft.metadata ?? {},
        });
      }),
    updateIssue: (key: string, patch: IssuePatch) =>
      doing('updateIssue', () => {
        writes.push(`update ${key}`);
        const { state, title, body, labels, metadata } = patch;
        const rest = Object.fromEntries(
          Object.entries({ title, body, labels, metadata }).filter(([, value]) => value !== undefined),
        );
        return put({ ...known(key), ...rest, ...(state ? { state, stateName: state } : {}), updatedAt: now() });
      }),
    transitionIssue: (key, { state }) =>
      doing('transitionIssue', () => {
        writes.push(`${state} ${key}`);
        return withState(key, state);
      }),
    async *listComments(key) {
      yield* await doing('listComments', () => comments.get(key) ?? []);
    },
    addComment: (key, body) =>
      doing('addComment', () => {
        writes.push(`comment ${key}`);
        const comment = { id: String(now()), body, createdAt: now() };
        comments.set(key, [...(comments.get(key) ?? []), comment]);
        return comment;
      }),
    formatDescription: (markdown) => markdown,
  };
  const complete = completeTracker({ driver, name: 'Memory', world: testWorld() });
  const tracker: MemoryTracker = Object.assign(complete, {
    issues,
    comments,
    writes,
    unlisted,
    dropLabels: false,
    gone: undefined,
    failNext: (operation: keyof IssueTracker, error: Error, when: 'before' | 'after' = 'before') =>
      void planned.set(operation, { error, when }),
    person: {
      close: (key: string) => void withState(key, 'done'),
      reopen: (key: string) => void withState(key, 'open'),
    },
  });
  return tracker;
}
