import { PaceError } from '../../core/errors.ts';
import { capabilitiesBut } from '../../core/ports/capabilities.ts';
import type {
  Comment,
  Issue,
  IssueDraft,
  IssuePatch,
  IssueState,
  IssueTracker,
  Person,
  TrackerDriver,
} from '../../core/ports/index.ts';
import { completeTracker } from '../../core/tracker/complete-tracker.ts';
import { edited } from '../../core/tracker/patched-issue.ts';
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
  /** Absent, until a test says who may write. */
  isTrusted?: (issue: Issue) => Promise<boolean>;
  /** The last person who closed each issue; a test takes it away from a tracker that cannot tell. */
  closedBy?: (key: string) => Promise<Person | undefined>;
  /** Absent, until a test says who is in which team. */
  isTeamMember?: (team: string, person: Person) => Promise<boolean>;
  /** Whose token it is, and who is the author of what is created; `undefined`: a token that is no user's. */
  user: Person | undefined;
  /** Issues that take no comments. */
  readonly locked: Set<string>;
  /** The tracker drops labels, as some do for callers without the right. */
  dropLabels: boolean;
  /** The next call of this method throws; `after` means that it has acted all the same. */
  failNext(operation: keyof IssueTracker, error: Error, when?: 'before' | 'after'): void;
  /** Acts as a person. */
  person: {
    close(key: string, who?: string): void;
    reopen(key: string): void;
    edit(key: string, changes: Partial<Issue>): void;
    /** To another project: the old key leads on to the new one, for those who read. */
    move(key: string, to: string): void;
  };
}

export interface MemoryTrackerOptions {
  /** The longest body, with its metadata. */
  readonly max?: number;
  readonly now?: () => number;
  /** Nobody can delete a comment. */
  readonly keepsComments?: boolean;
}

const ME: Person = { id: 'me', name: 'Me' };

/** What is created from now on, as it was asked for. */
export function draftsOf(tracker: MemoryTracker): IssueDraft[] {
  const { createIssue } = tracker;
  const drafts: IssueDraft[] = [];
  tracker.createIssue = (draft) => {
    drafts.push(draft);
    return createIssue(draft);
  };
  return drafts;
}

/** A tracker in memory that behaves, and misbehaves on demand. */
export function memoryTracker(options: MemoryTrackerOptions = {}): MemoryTracker {
  const issues = new Map<string, Issue>();
  const comments = new Map<string, Comment[]>();
  const writes: string[] = [];
  const unlisted = new Set<string>();
  const locked = new Set<string>();
  const movedTo = new Map<string, string>();
  const closers = new Map<string, Person>();
  const planned = new Map<string, { error: Error; when: 'before' | 'after' }>();
  let clock = 0;
  let commentCount = 0;
  const now = options.now ?? (() => (clock += 1));

  function known(key: string): Issue {
    const issue = issues.get(key);
    if (issue) return issue;
    throw refused('not-found', `There is no issue ${key}.`);
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
    if (state === 'done' || state === 'canceled') closers.set(key, tracker.user ?? ME);
    return put({ ...known(key), state, stateName: state, updatedAt: now() });
  }

  function say(key: string, body: string): Comment {
    if (locked.has(known(key).key)) throw refused('permission', `Issue ${key} is locked.`);
    writes.push(`comment ${key}`);
    commentCount += 1;
    const comment = { id: String(commentCount), body, createdAt: now(), author: tracker.user ?? ME };
    comments.set(key, [...(comments.get(key) ?? []), comment]);
    return comment;
  }

  function takeBack(key: string, id: string): void {
    writes.push(`uncomment ${key}`);
    comments.set(
      key,
      (comments.get(key) ?? []).filter((comment) => comment.id !== id),
    );
  }

  const driver: TrackerDriver = {
    platform: 'memory',
    filters: ['state', 'labels'],
    sorts: [],
    capabilities: async () => capabilitiesBut(options.keepsComments ? { 'delete comments': 'Nobody can.' } : {}),
    getCurrentUser: () =>
      doing('getCurrentUser', () => {
        if (tracker.user) return tracker.user;
        throw refused('permission', 'This token is no user’s.');
      }),
    getAvailableTransitions: async () => [],
    titleLimit: 255,
    bodyLimit: { max: options.max ?? 65_536, unit: 'characters' },
    measureBody: (markdown, metadata) => markdown.length + JSON.stringify(metadata ?? {}).length,
    getIssue: (key) => doing('getIssue', () => known(movedTo.get(key) ?? key)),
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
          author: tracker.user ?? ME,
          createdAt: now(),
          updatedAt: now(),
          metadata: draft.metadata ?? {},
        });
      }),
    updateIssue: (key: string, patch: IssuePatch) =>
      doing('updateIssue', () => {
        writes.push(`update ${key}`);
        if (patch.state) withState(key, patch.state);
        const { addLabels = [], ...others } = patch;
        return put({ ...edited(known(key), tracker.dropLabels ? others : { ...others, addLabels }), updatedAt: now() });
      }),
    transitionIssue: (key, { state }) =>
      doing('transitionIssue', () => {
        writes.push(`${state} ${key}`);
        return withState(key, state);
      }),
    async *listComments(key) {
      yield* await doing('listComments', () => comments.get(key) ?? []);
    },
    addComment: (key, body) => doing('addComment', () => say(key, body)),
    deleteComment: (key, id) => doing('deleteComment', () => takeBack(key, id)),
    formatDescription: (markdown) => markdown,
  };
  const complete = completeTracker({ driver, name: 'Memory', world: testWorld() });
  const tracker: MemoryTracker = Object.assign(complete, {
    issues,
    comments,
    writes,
    unlisted,
    locked,
    user: ME,
    closedBy: (key: string) => doing('closedBy', () => closers.get(key)),
    dropLabels: false,
    gone: undefined,
    failNext: (operation: keyof IssueTracker, error: Error, when: 'before' | 'after' = 'before') =>
      void planned.set(operation, { error, when }),
    person: {
      close: (key: string, who = 'somebody') => {
        withState(key, 'done');
        closers.set(key, { id: who, name: who });
      },
      reopen: (key: string) => void withState(key, 'open'),
      edit: (key: string, changes: Partial<Issue>) => void put({ ...known(key), ...changes }),
      move: (key: string, to: string) => {
        put({ ...known(key), key: to, url: `https://tracker.test/${to}` });
        issues.delete(key);
        movedTo.set(key, to);
        const said = comments.get(key);
        if (said) comments.set(to, said);
        comments.delete(key);
      },
    },
  });
  return tracker;
}

function refused(kind: PaceError['kind'], message: string): PaceError {
  return new PaceError({ kind, message, remedy: 'Please look at the issue.' });
}
