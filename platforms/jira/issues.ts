/** Jira's issues. https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/ */
import { ABILITIES, capabilitiesBut } from '../capabilities.ts';
import type {
  Comment,
  Issue,
  IssueDraft,
  IssueFilter,
  IssuePatch,
  IssueState,
  Settings,
  TrackerDriver,
} from '../ports.ts';
import { strangeAnswer } from '../strange-answers.ts';
import type { World } from '../world.ts';
import { MAX_DOCUMENT, markdownToAdf, measureAdf } from './adf.ts';
import { createApi, type JiraApi } from './api.ts';
import { ANY_PURPOSE, draftFields, patchFields, TITLE_LIMIT, validKey } from './fields.ts';
import { toJql } from './jql.ts';
import type { Operation } from './refusals.ts';
import { explainType, sendFields } from './screens.ts';
import { chooseTransition, fillScreen, isExactly, noTransition, quoted, type WireTransition } from './transitions.ts';
import {
  ISSUE_FIELDS,
  PROPERTY,
  toCategory,
  toComment,
  toIssue,
  toState,
  type WireComment,
  type WireComments,
  type WireIssue,
  type WireSearch,
} from './wire.ts';

const NOT_YET = Object.fromEntries(
  ABILITIES.filter((name) => name !== 'labels' && name !== 'metadata').map((name) => [name, 'This is not built yet.']),
);

const PAGE = 100;
const MAX_PAGES = 200;
/** Most issues that a search can be told to look at afresh. */
const MAX_RECONCILED = 50;

export async function createTracker(world: World, settings: Settings): Promise<TrackerDriver> {
  const api = createApi(world, settings);
  const project = settings['project_key'] ?? '';
  const written = new Set<number>();

  /** Searches of this run see what this run has written, although Jira's index is late. */
  function remember(id: string): void {
    written.delete(Number(id));
    written.add(Number(id));
    const [oldest] = written;
    if (written.size > MAX_RECONCILED && oldest !== undefined) written.delete(oldest);
  }

  function read(operation: Operation, key: string): Promise<WireIssue> {
    const query = { fields: ISSUE_FIELDS, properties: PROPERTY };
    return api.call(operation, { path: ['issue', validKey(key, operation)], query });
  }

  async function readBack(operation: Operation, key: string): Promise<Issue> {
    const wire = await read(operation, key);
    remember(wire.id);
    return toIssue(wire, await site());
  }

  let knownSite: Promise<string> | undefined;
  /** Where people see the issues: tokens with scopes speak to another address than people. */
  function site(): Promise<string> {
    if (new URL(api.url).hostname !== 'api.atlassian.com') return Promise.resolve(api.url);
    knownSite ??= api
      .call<{ baseUrl: string }>('getIssue', { path: ['serverInfo'] })
      .then(({ baseUrl }) => baseUrl.replace(/\/+$/, ''));
    return knownSite;
  }

  function writeMetadata(operation: Operation, key: string, metadata: unknown): Promise<void> {
    return api.call(operation, { method: 'PUT', path: ['issue', key, 'properties', PROPERTY], body: metadata });
  }

  async function createIssue(draft: IssueDraft): Promise<Issue> {
    const { metadata = {} } = draft;
    const hasMetadata = Object.keys(metadata).length > 0;
    const properties = hasMetadata ? { properties: [{ key: PROPERTY, value: metadata }] } : {};
    const fields = draftFields(draft, project, settings);
    if ((draft.assignees?.length ?? 0) > 1)
      world.log.warn('An issue in Jira has one assignee: only the first was set.');
    const created = await sendFields({ world, project, fields }, (accepted) =>
      api.call<{ key: string }>('createIssue', {
        method: 'POST',
        path: ['issue'],
        body: { fields: accepted, ...properties },
      }),
    ).catch((error: unknown) => explainType({ api, project, fields, purpose: draft.purpose ?? ANY_PURPOSE }, error));
    const issue = await readBack('createIssue', created.key);
    if (!hasMetadata || Object.keys(issue.metadata).length > 0) return issue;
    await writeMetadata('createIssue', created.key, metadata);
    return readBack('createIssue', created.key);
  }

  async function updateIssue(key: string, patch: IssuePatch): Promise<Issue> {
    const path = ['issue', validKey(key, 'updateIssue')];
    const fields = patchFields(patch);
    if (Object.keys(fields).length > 0) {
      await sendFields({ world, project, fields }, (accepted) =>
        api.call('updateIssue', { method: 'PUT', path, body: { fields: accepted } }),
      );
    }
    if (patch.metadata) await writeMetadata('updateIssue', key, patch.metadata);
    if (patch.state) return transitionIssue(key, patch.state);
    return readBack('updateIssue', key);
  }

  async function* listIssues(filter: IssueFilter = {}): AsyncGenerator<Issue> {
    const query = {
      jql: toJql(project, filter),
      fields: ISSUE_FIELDS,
      properties: PROPERTY,
      maxResults: PAGE,
      reconcileIssues: [...written],
    };
    const seen = new Set<string>();
    let nextPageToken: string | undefined;
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const answer: WireSearch = await api.call('listIssues', {
        path: ['search', 'jql'],
        query: { ...query, nextPageToken },
      });
      const { issues } = answer;
      if (!Array.isArray(issues)) throw strangeAnswer('Jira', 'issues is no list');
      for (const wire of issues) {
        const issue = toIssue(wire, await site());
        if (seen.has(issue.key) || !matches(issue, filter)) continue;
        seen.add(issue.key);
        yield issue;
      }
      const token = answer.nextPageToken ?? undefined;
      if (answer.isLast === true || token === undefined || token === nextPageToken || issues.length === 0) return;
      nextPageToken = token;
    }
    world.log.warn(`Jira has more than ${MAX_PAGES * PAGE} fitting issues: the oldest were not looked at.`);
  }

  async function transitionIssue(key: string, state: IssueState): Promise<Issue> {
    const path = ['issue', validKey(key, 'transitionIssue'), 'transitions'];
    const wire = await read('transitionIssue', key);
    const { status, resolution } = wire.fields;
    if (toState(status, resolution) === state) return toIssue(wire, await site());
    const { transitions } = await api.call<{ transitions: readonly WireTransition[] }>('transitionIssue', {
      path,
      query: { expand: 'transitions.fields' },
    });
    const chosen = chooseTransition(transitions, state);
    const there = status.statusCategory.key === toCategory(state);
    if (!chosen && !there) throw noTransition(key, status.name, state, transitions);
    // a workflow without a status of its own for the state: the right category is as near as it gets
    if (!chosen || (there && !isExactly(chosen.to, state))) {
      world.log.warn(`${key} stays in ${quoted(status.name)}: its workflow has no better status for ${state}.`);
      return toIssue(wire, await site());
    }
    const { fields, guessed } = fillScreen(chosen, state);
    if (guessed.length > 0)
      world.log.warn(`The transition ${quoted(chosen.name)} of ${key} asked for values: ${guessed.join(', ')}.`);
    await api.call('transitionIssue', {
      method: 'POST',
      path,
      body: { transition: { id: chosen.id }, ...(Object.keys(fields).length > 0 ? { fields } : {}) },
    });
    return readBack('transitionIssue', key);
  }

  return {
    platform: 'jira',
    // what follows is not here yet
    filters: ['state', 'labels', 'createdSince'],
    sorts: [],
    capabilities: async () => capabilitiesBut(NOT_YET, { states: ['open', 'in_progress', 'done', 'canceled'] }),
    getCurrentUser: () => Promise.reject(new Error('not yet')),
    getAvailableTransitions: () => Promise.reject(new Error('not yet')),
    titleLimit: TITLE_LIMIT,
    bodyLimit: { max: MAX_DOCUMENT, unit: 'characters' },
    // the metadata has a limit of its own, which is as large: counting it here keeps both
    measureBody: (markdown, metadata) => measureAdf(markdown) + (metadata ? JSON.stringify(metadata).length : 0),
    formatDescription: markdownToAdf,
    getIssue: async (key) => toIssue(await read('getIssue', key), await site()),
    listIssues,
    createIssue,
    updateIssue,
    transitionIssue: (key, { state }) => transitionIssue(key, state),
    diagnose: async (needs) => (await import('./doctor.ts')).diagnoseTracker(api, settings, needs),
    async *listComments(key) {
      yield* await listComments(api, validKey(key, 'listComments'));
    },
    addComment: async (key, markdown) => {
      const path = ['issue', validKey(key, 'addComment'), 'comment'];
      return toComment(
        await api.call<WireComment>('addComment', { method: 'POST', path, body: { body: markdownToAdf(markdown) } }),
      );
    },
  };
}

/** The index may be late, and JQL compares labels and times loosely: what counts is the issue itself. */
function matches(issue: Issue, { state = 'all', labels = [], createdSince = 0 }: IssueFilter): boolean {
  const closed = issue.state === 'done' || issue.state === 'canceled';
  return (
    (state === 'all' || closed === (state === 'closed')) &&
    labels.every((label) => issue.labels.includes(label.trim())) &&
    issue.createdAt >= createdSince
  );
}

async function listComments(api: JiraApi, key: string): Promise<Comment[]> {
  const comments: WireComment[] = [];
  for (;;) {
    const query = { startAt: comments.length, maxResults: PAGE, orderBy: 'created' };
    const page = await api.call<WireComments>('listComments', { path: ['issue', key, 'comment'], query });
    comments.push(...page.comments);
    if (page.comments.length === 0 || comments.length >= page.total) return comments.map(toComment);
  }
}
