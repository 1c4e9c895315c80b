/** The issue tracker on GitLab. https://docs.gitlab.com/api/issues/ and https://docs.gitlab.com/api/notes/ */
import { ABILITIES, capabilitiesBut } from '../capabilities.ts';
import { PaceError } from '../errors.ts';
import { withMetadata } from '../hidden-metadata.ts';
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
import { cut } from '../untrusted-text.ts';
import type { World } from '../world.ts';
import { connect, type GitLabApi, type Operation } from './api.ts';
import { userIds } from './people.ts';
import { isTrusted } from './trust.ts';
import { labelList, storable, toComment, toIssue } from './wire.ts';

const NOT_YET = Object.fromEntries(
  ABILITIES.filter((name) => name !== 'labels' && name !== 'metadata').map((name) => [name, 'This is not built yet.']),
);

const TITLE_LIMIT = 255;
const BODY_LIMIT = 1_048_576;

interface Context {
  readonly world: World;
  readonly api: GitLabApi;
  readonly project: string;
}

export function createTracker(world: World, settings: Settings): TrackerDriver {
  const api = connect(world, settings);
  const project = settings['issues_project'] ?? settings['project'] ?? '';
  const context: Context = { world, api, project };
  return {
    platform: 'gitlab',
    // what follows is not here yet
    filters: ['state', 'labels', 'createdSince'],
    sorts: [],
    capabilities: async () => capabilitiesBut(NOT_YET, { states: ['open', 'done'] }),
    getCurrentUser: () => Promise.reject(new Error('not yet')),
    getAvailableTransitions: () => Promise.reject(new Error('not yet')),
    titleLimit: TITLE_LIMIT,
    bodyLimit: { max: BODY_LIMIT, unit: 'characters' },
    measureBody: (markdown, metadata) => withMetadata(markdown, metadata).length,
    formatDescription: (markdown) => markdown,
    diagnose: async () => (await import('./doctor.ts')).diagnoseTracker(context),
    isTrusted: (issue) => api.attempt('getIssue', () => isTrusted(api, project, issue)),
    getIssue: (key) => api.attempt('getIssue', () => getIssue(context, key)),
    listIssues: (filter) => listIssues(context, filter),
    createIssue: (draft) => api.attempt('createIssue', () => createIssue(context, draft)),
    updateIssue: (key, patch) => api.attempt('updateIssue', () => updateIssue(context, key, patch)),
    transitionIssue: (key, { state }) => api.attempt('transitionIssue', () => transitionIssue(context, key, state)),
    async *listComments(key) {
      yield* await api.attempt('listComments', () => listComments(context, key));
    },
    addComment: (key, markdown) => api.attempt('addComment', () => addComment(context, key, markdown)),
  };
}

async function getIssue({ api, project }: Context, key: string): Promise<Issue> {
  return toIssue(await api.resources().issues.show(numberOf(key), { projectId: project }));
}

async function* listIssues(context: Context, filter: IssueFilter = {}): AsyncGenerator<Issue, void, undefined> {
  const operation: Operation = 'listIssues';
  const seen = new Set<string>();
  for (let page: number | null = 1; page !== null; ) {
    const asked: number = page;
    const { issues, next } = await context.api.attempt(operation, () => readPage(context, filter, asked));
    for (const issue of issues) {
      // an issue that is opened meanwhile moves the others to later pages
      if (!seen.has(issue.key)) yield issue;
      seen.add(issue.key);
    }
    page = next;
  }
}

async function readPage(
  { api, project }: Context,
  { state = 'all', labels = [], createdSince }: IssueFilter,
  page: number,
): Promise<{ issues: Issue[]; next: number | null }> {
  const wanted = labelList(labels);
  const { data, paginationInfo } = await api.resources().issues.all({
    projectId: project,
    scope: 'all',
    issueType: 'issue',
    orderBy: 'created_at',
    sort: 'desc',
    page,
    perPage: 100,
    showExpanded: true,
    ...(state === 'all' ? {} : { state: state === 'open' ? 'opened' : 'closed' }),
    ...(wanted ? { labels: wanted } : {}),
    ...(createdSince === undefined ? {} : { createdAfter: new Date(createdSince).toISOString() }),
  });
  return { issues: data.map(toIssue), next: paginationInfo.next };
}

/** Labels that do not exist are created by GitLab itself. A guest's labels are dropped in silence; the answer shows what was applied. */
async function createIssue(context: Context, draft: IssueDraft): Promise<Issue> {
  const { api, project } = context;
  const labels = labelList(draft.labels ?? []);
  const assigneeIds = await userIds(context, draft.assignees ?? [], 'the issue is opened without');
  const description = storable(withMetadata(draft.body, draft.metadata));
  return toIssue(
    await api.resources().issues.create(project, cut(storable(draft.title), TITLE_LIMIT), {
      description,
      issueType: 'issue',
      ...(labels ? { labels } : {}),
      ...(assigneeIds.length > 0 ? { assigneeIds } : {}),
    }),
  );
}

async function updateIssue(context: Context, key: string, patch: IssuePatch): Promise<Issue> {
  const number = numberOf(key);
  const { title, body, labels, metadata, state } = patch;
  const changes = {
    ...(title === undefined ? {} : { title: cut(storable(title), TITLE_LIMIT) }),
    ...(labels === undefined ? {} : { labels: labelList(labels) }),
    ...(await descriptionFor(context, key, { body, metadata })),
    // an event that changes nothing is accepted
    ...(state === undefined ? {} : { stateEvent: stateEventFor(state) }),
  };
  // GitLab refuses an edit without any field
  if (Object.keys(changes).length === 0) return getIssue(context, key);
  return toIssue(await context.api.resources().issues.edit(context.project, number, changes));
}

/** Body and metadata are one text at GitLab: the part that does not change is read first. */
async function descriptionFor(
  context: Context,
  key: string,
  { body, metadata }: { body: IssuePatch['body'] | undefined; metadata: IssuePatch['metadata'] | undefined },
): Promise<{ description?: string }> {
  if (body === undefined && metadata === undefined) return {};
  const present = body === undefined || metadata === undefined ? await getIssue(context, key) : undefined;
  const description = withMetadata(body ?? present?.body ?? '', metadata ?? present?.metadata);
  return { description: storable(description) };
}

/** GitLab has open and closed only: what is under way is open, what will not be done is closed. */
async function transitionIssue(context: Context, key: string, state: IssueState): Promise<Issue> {
  const present = await getIssue(context, key);
  const stateEvent = stateEventFor(state);
  if ((stateEvent === 'close') === (present.state === 'done')) return present;
  return toIssue(await context.api.resources().issues.edit(context.project, numberOf(key), { stateEvent }));
}

function stateEventFor(state: IssueState): 'close' | 'reopen' {
  return state === 'done' || state === 'canceled' ? 'close' : 'reopen';
}

async function listComments({ api, project }: Context, key: string): Promise<Comment[]> {
  const options = { sort: 'asc', orderBy: 'created_at', perPage: 100 } as const;
  const notes = await api.resources().issueNotes.all(project, numberOf(key), options);
  return notes.filter((note) => !note.system).map(toComment);
}

async function addComment({ api, project }: Context, key: string, markdown: string): Promise<Comment> {
  return toComment(await api.resources().issueNotes.create(project, numberOf(key), storable(markdown)));
}

function numberOf(key: string): number {
  if (/^[1-9]\d{0,9}$/.test(key)) return Number(key);
  throw new PaceError({
    kind: 'validation',
    message: `"${cut(key, 50)}" is not the number of a GitLab issue.`,
    remedy: 'Please write the number only, as in `12`.',
  });
}
