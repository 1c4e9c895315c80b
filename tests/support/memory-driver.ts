/**
 * A tracker in memory that can do everything. It is the reference for what a driver has to do, proves the contract suite, and
 * stands in where a test needs some tracker. What it shall lack or look at itself can be told.
 */

import { anyText, neededText, unexpectedAnswer } from '../../core/http/unexpected-answer.ts';
import { type Capabilities, capabilitiesBut } from '../../core/ports/capabilities.ts';
import type { Comment, FilterName, IssueFilter, IssueSort, TrackerDriver } from '../../core/ports/index.ts';
import { DELTAS, type Delta, ISSUE_STATES, type Issue, isClosed } from '../../core/ports/issue.ts';
import { cut } from '../../core/text/untrusted-text.ts';
import { fits, sorted } from '../../core/tracker/issue-filter.ts';
import type { World } from '../../core/world.ts';
import { createStore, ME, type MemoryStore, PEOPLE, STATE_NAMES, TYPES } from './memory-store.ts';
import { createWire, type MemoryWire } from './memory-wire.ts';
import { testWorld } from './world.ts';

export interface MemoryOptions {
  readonly world?: Pick<World, 'now' | 'log'>;
  /** Whose issues; another driver's, for a second process. */
  readonly store?: MemoryStore;
  readonly wire?: MemoryWire;
  /** The conditions and orders that the server looks at: all. */
  readonly filters?: readonly FilterName[];
  readonly sorts?: readonly IssueSort['by'][];
  readonly lacks?: Capabilities['unsupported'];
  readonly narrower?: Partial<Omit<Capabilities, 'unsupported'>>;
  readonly pageSize?: number;
  readonly batch?: boolean;
  /** What the server can change beside the rest: all of it. */
  readonly deltas?: readonly Delta[];
  /** A comment changes neither the time of change nor a count: those of all issues have a list of their own. */
  readonly silentComments?: boolean;
  readonly idsStandInText?: boolean;
  /** Whoever is named can be given an issue. */
  readonly peopleAreNames?: boolean;
}

export interface MemoryDriver extends TrackerDriver, Pick<MemoryWire, 'requests' | 'answerNext'> {
  readonly store: MemoryStore;
  readonly wire: MemoryWire;
}

const FILTERS: readonly FilterName[] = [
  'state',
  'states',
  'labels',
  'anyLabels',
  'type',
  'priority',
  'assignee',
  'author',
  'milestone',
  'parent',
  'text',
  'createdSince',
  'createdUntil',
  'updatedSince',
  'updatedUntil',
];
/** What no server has. */
const LOOKED_AT_HERE = ['sprint', 'dueDate', 'dueSince', 'dueUntil', 'anyOf', 'noneOf'] as const satisfies FilterName[];
const TITLE_LIMIT = 255;
const BODY_LIMIT = 65_536;

export function memoryDriver(options: MemoryOptions = {}): MemoryDriver {
  const { world = testWorld(), filters = FILTERS, sorts = ['created', 'updated', 'priority'], pageSize = 50 } = options;
  const { lacks = {}, narrower = {} } = options;
  const { peopleAreNames: isAnybodyKnown = false } = options;
  const store = options.store ?? createStore(world.now, world.log.warn, { isAnybodyKnown });
  const wire = options.wire ?? createWire(world.now);
  const { read, write } = wire;
  const missing = [...FILTERS, ...LOOKED_AT_HERE].filter((name) => !filters.includes(name));

  async function* pages<Item>(operation: string, all: () => Item[]): AsyncGenerator<Item> {
    const seen = new Set<string>();
    for (let start = 0; ; start += pageSize) {
      const page = await read(operation, () => {
        const items = all();
        return { items: items.slice(start, start + pageSize), more: items.length > start + pageSize };
      });
      if (!Array.isArray(page.items)) throw unexpectedAnswer('Memory', `items of ${operation} is not a list`);
      for (const item of page.items) {
        const id = JSON.stringify(item);
        if (!seen.has(id)) yield item;
        seen.add(id);
      }
      if (!page.more) return;
    }
  }

  function issueOf(key: string): Issue {
    const { commentCount, ...issue } = store.issue(key);
    return { ...issue, ...(!options.silentComments && commentCount !== undefined && { commentCount }) };
  }

  function comment(key: string, markdown: string): Comment {
    const { links: _, ...before } = store.issue(key);
    const written = store.comment(key, markdown);
    if (options.silentComments) store.issues.set(before.key, before);
    return written;
  }

  async function* listSilentComments(since: number) {
    const all = () =>
      [...store.issues.keys()].flatMap((key) => store.comments(key).map((one) => ({ key, comment: one })));
    for await (const one of pages('listComments', all)) if (one.comment.createdAt >= since) yield one;
  }

  function found(filter: IssueFilter): Issue[] {
    const newest = [...store.issues.keys()]
      // links are told one issue at a time, as by most
      .map((key) => {
        const { links: _, ...issue } = issueOf(key);
        return issue;
      })
      .reverse()
      .filter((issue) => fits(issue, filter, missing));
    const { sort } = filter;
    if (!sort || !sorts.includes(sort.by)) return newest;
    return sorted(sort.direction === 'asc' ? newest.toReversed() : newest, sort);
  }

  return {
    store,
    wire,
    requests: wire.requests,
    answerNext: wire.answerNext,
    platform: 'memory',
    titleLimit: TITLE_LIMIT,
    bodyLimit: { max: BODY_LIMIT, unit: 'characters' },
    measureBody: (markdown, metadata) => markdown.length + (metadata ? JSON.stringify(metadata).length : 0),
    formatDescription: (markdown) => markdown,
    containerId: () => read('containerId', () => store.id),
    filters,
    sorts,
    ...(options.idsStandInText && { idsStandInText: true }),
    ...(lacks.comments !== undefined && { keepsComments: false }),
    capabilities: () => read('capabilities', () => capabilitiesBut(lacks, { types: TYPES, ...narrower })),
    getCurrentUser: async () => {
      const { id, name } = await read('getCurrentUser', () => ME);
      return { id: neededText('Memory', 'id', id), name: anyText('Memory', 'name', name) };
    },

    getIssue: async (key) => toIssue(await read('getIssue', () => issueOf(key))),
    async *listIssues(filter = {}) {
      for await (const issue of pages('listIssues', () => found(filter))) yield toIssue(issue);
    },
    createIssue: async (draft) =>
      toIssue(await write('createIssue', () => store.create({ ...draft, title: cut(draft.title, TITLE_LIMIT) }))),
    deltas: options.deltas ?? DELTAS.filter((delta) => delta !== 'assignees' || !lacks['several assignees']),
    updateIssue: async (key, patch) =>
      toIssue(
        Object.keys(patch).length === 0
          ? await read('updateIssue', () => store.issue(key))
          : await write('updateIssue', () => store.update(key, patch)),
      ),
    transitionIssue: async (key, target) => {
      // what has no name for being given up closes all the same
      const state = isClosed(target.state) && narrower.states?.includes(target.state) === false ? 'done' : target.state;
      const issue = toIssue(await read('transitionIssue', () => store.issue(key)));
      return issue.state === state ? issue : toIssue(await write('transitionIssue', () => store.move(key, state)));
    },
    getAvailableTransitions: async (key) => {
      const { state } = toIssue(await read('getAvailableTransitions', () => store.issue(key)));
      const { states = ISSUE_STATES } = narrower;
      // closed issues are opened again before anything else
      const next = states.filter((one) => one !== state && (!isClosed(state) || one === 'open' || isClosed(one)));
      return next.map((one) => ({ name: STATE_NAMES[one], state: one }));
    },

    deleteIssue: async (key) => void (await write('deleteIssue', () => store.remove(key))),

    listAttachments: (key) => pages('listAttachments', () => store.attachments(key)),
    readAttachment: ({ id }) => read('readAttachment', () => store.content(id)),

    // nobody else is here
    closedBy: async (key) => (isClosed(toIssue(await read('closedBy', () => store.issue(key))).state) ? ME : undefined),

    listComments: (key) => pages('listComments', () => store.comments(key)),
    addComment: (key, markdown) => write('addComment', () => comment(key, markdown)),
    ...(options.silentComments && { listSilentComments }),
    ...(isAnybodyKnown && { peopleAreNames: true }),
    ...(lacks['edit comments'] === undefined && {
      updateComment: (key, id, markdown) => write('updateComment', () => store.changeComment(key, id, markdown)),
    }),
    deleteComment: async (key, id) =>
      void (await write('deleteComment', () => store.changeComment(key, id, undefined))),

    getIssueLinks: async (key) => toList(await read('getIssueLinks', () => store.linksOf(store.issue(key).key))),
    createLink: async (key, link) => void (await write('createLink', () => store.link(key, link))),
    deleteLink: async (key, link) => void (await write('deleteLink', () => store.unlink(key, link))),

    listLabels: () => pages('listLabels', store.labels),
    createLabel: (label) => write('createLabel', () => store.createLabel(label)),
    updateLabel: (name, changes) => write('updateLabel', () => store.updateLabel(name, changes)),
    deleteLabel: async (name) => void (await write('deleteLabel', () => store.deleteLabel(name))),
    listMilestones: () => pages('listMilestones', store.milestones),
    createMilestone: (milestone) => write('createMilestone', () => store.createMilestone(milestone)),
    updateMilestone: (title, changes) => write('updateMilestone', () => store.updateMilestone(title, changes)),
    deleteMilestone: async (title) => void (await write('deleteMilestone', () => store.deleteMilestone(title))),
    listUsers: () => pages('listUsers', () => [...PEOPLE]),
  };
}

/** What is read is looked at: the answer may come from anywhere. */
function toIssue(wire: Issue): Issue {
  for (const field of ['key', 'url', 'title', 'stateName'] as const) neededText('Memory', field, wire[field]);
  anyText('Memory', 'body', wire.body);
  if (wire.id !== undefined) neededText('Memory', 'id', wire.id);
  toList<unknown>(wire.labels);
  toList<unknown>(wire.assignees);
  if (!ISSUE_STATES.includes(wire.state)) throw unexpectedAnswer('Memory', 'state is not a known state');
  return wire;
}

function toList<Item>(items: readonly Item[]): Item[] {
  if (Array.isArray(items)) return [...items];
  throw unexpectedAnswer('Memory', 'a list was expected');
}
