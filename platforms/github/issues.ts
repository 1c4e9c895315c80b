/** GitHub's issues. https://docs.github.com/en/rest/issues/issues */
import { ABILITIES, capabilitiesBut } from '../capabilities.ts';
import { asPaceError, PaceError } from '../errors.ts';
import { splitMetadata, withMetadata } from '../hidden-metadata.ts';
import type { Issue, IssueDraft, IssueFilter, IssuePatch, IssueState, Settings, TrackerDriver } from '../ports.ts';
import { cut, plainLine } from '../untrusted-text.ts';
import type { World } from '../world.ts';
import { type Api, createApi } from './api.ts';
import { isTrusted } from './trust.ts';
import { toComment, toIssue, unifyLineEnds, type WireComment, type WireIssue } from './wire.ts';

const NOT_YET = Object.fromEntries(
  ABILITIES.filter((name) => name !== 'labels' && name !== 'metadata').map((name) => [name, 'This is not built yet.']),
);

const TITLE_LIMIT = 256;

/** GitHub counts characters; UTF-16 units are never fewer. */
const BODY_LIMIT = 65_536;

/** The tracker for `issues_repository`, else `repository`. Makes no request yet. */
export function createTracker(world: World, settings: Settings): TrackerDriver {
  const api = createApi(world, settings, settings['issues_repository'] ?? settings['repository'] ?? '');
  return {
    platform: 'github',
    // what follows is not here yet
    filters: ['state', 'labels', 'createdSince'],
    sorts: [],
    capabilities: async () => capabilitiesBut(NOT_YET, { states: ['open', 'done', 'canceled'] }),
    getCurrentUser: () => Promise.reject(new Error('not yet')),
    getAvailableTransitions: () => Promise.reject(new Error('not yet')),
    titleLimit: TITLE_LIMIT,
    bodyLimit: { max: BODY_LIMIT, unit: 'characters' },
    measureBody: (markdown, metadata) => withMetadata(markdown, metadata).length,
    getIssue: async (key) => toIssue(await getIssue(api, 'getIssue', key)),
    listIssues: (filter = {}) => listIssues(api, filter),
    createIssue: (draft) => createIssue(world, api, draft),
    updateIssue: (key, patch) => updateIssue(world, api, key, patch),
    transitionIssue: (key, { state }) => transitionIssue(api, key, state),
    async *listComments(key) {
      const pages = api.pages('listComments', 'read issues', (octokit) =>
        octokit.request('GET /repos/{owner}/{repo}/issues/{issue_number}/comments', {
          ...addressOf(api, 'listComments', key),
          per_page: 100,
        }),
      );
      for await (const page of pages) yield* (page as WireComment[]).map(toComment);
    },
    addComment: async (key, markdown) =>
      toComment(
        await api.call('addComment', 'write issues', (octokit) =>
          octokit.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', {
            ...addressOf(api, 'addComment', key),
            body: markdown,
          }),
        ),
      ),
    isTrusted: async ({ key }) => isTrusted(api, await getIssue(api, 'isTrusted', key)),
    formatDescription: (markdown) => markdown,
    diagnose: async () => (await import('./doctor.ts')).diagnoseTracker(world, api, settings['token'] ?? ''),
  };
}

type IssueAddress = { owner: string; repo: string; issue_number: number };

function addressOf(api: Api, operation: string, key: string): IssueAddress {
  const number = /^#?([1-9]\d{0,14})$/.exec(key)?.[1];
  if (number !== undefined) return { ...api.repository, issue_number: Number(number) };
  throw new PaceError({
    kind: 'validation',
    message: `"${plainLine(key, 40)}" is not the number of an issue.`,
    remedy: `Please give the number of an issue in ${api.fullName}, e.g. 12.`,
    operation,
  });
}

async function getIssue(api: Api, operation: string, key: string): Promise<WireIssue> {
  const address = addressOf(api, operation, key);
  const issue: WireIssue = await api.call(operation, 'read issues', (octokit) =>
    octokit.request('GET /repos/{owner}/{repo}/issues/{issue_number}', address),
  );
  if (issue.pull_request === undefined) return issue;
  throw new PaceError({
    kind: 'not-found',
    message: `#${address.issue_number} in ${api.fullName} is a pull request, not an issue.`,
    remedy: 'Please give the number of an issue.',
    operation,
  });
}

async function* listIssues(
  api: Api,
  { state = 'all', labels = [], createdSince = 0 }: IssueFilter,
): AsyncGenerator<Issue> {
  // the list of labels is split at commas, so that a label with a comma cannot be asked for
  const askable = labels.filter((label) => !label.includes(','));
  const pages = api.pages('listIssues', 'read issues', (octokit) =>
    octokit.request('GET /repos/{owner}/{repo}/issues', {
      ...api.repository,
      state,
      ...(askable.length > 0 ? { labels: askable.join(',') } : {}),
      sort: 'created',
      direction: 'desc',
      per_page: 100,
    }),
  );
  for await (const page of pages) {
    for (const wire of page) {
      const issue = toIssue(wire);
      if (issue.createdAt < createdSince) return;
      if (wire.pull_request === undefined && missingLabels(labels, issue).length === 0) yield issue;
    }
  }
}

async function createIssue(world: World, api: Api, draft: IssueDraft): Promise<Issue> {
  const { labels = [], assignees = [] } = draft;
  const fields = {
    title: cut(draft.title, TITLE_LIMIT),
    body: withMetadata(draft.body, draft.metadata),
    ...(labels.length > 0 ? { labels: [...new Set(labels)] } : {}),
  };
  const created = await createWith(world, api, fields, assignees);
  warnOfDropped(world, labels, created);
  return created;
}

/** One name that GitHub does not accept makes it refuse the whole issue: then it is created without assignees. */
async function createWith(
  world: World,
  api: Api,
  fields: { title: string; body: string; labels?: string[] },
  assignees: readonly string[],
): Promise<Issue> {
  try {
    return toIssue(
      await api.call('createIssue', 'write issues', (octokit) =>
        octokit.request('POST /repos/{owner}/{repo}/issues', {
          ...api.repository,
          ...fields,
          ...(assignees.length > 0 ? { assignees: [...assignees] } : {}),
        }),
      ),
    );
  } catch (error) {
    const { status, vendorMessage } = asPaceError(error);
    if (assignees.length === 0 || status !== 422 || !vendorMessage?.includes('assignees')) throw error;
    const created = await createWith(world, api, fields, []);
    world.log.warn(`${created.url} has no assignees: ${plainLine(assignees.join(', '), 200)} cannot be assigned.`);
    return created;
  }
}

async function updateIssue(world: World, api: Api, key: string, patch: IssuePatch): Promise<Issue> {
  const { title, labels, state } = patch;
  const body = await newBody(api, key, patch);
  if (title === undefined && labels === undefined && body === undefined && state === undefined)
    return toIssue(await getIssue(api, 'updateIssue', key));
  const updated = toIssue(
    await api.call('updateIssue', 'write issues', (octokit) =>
      octokit.request('PATCH /repos/{owner}/{repo}/issues/{issue_number}', {
        ...addressOf(api, 'updateIssue', key),
        ...(title === undefined ? {} : { title: cut(title, TITLE_LIMIT) }),
        ...(body === undefined ? {} : { body }),
        ...(labels === undefined ? {} : { labels: [...new Set(labels)] }),
        ...(state === undefined ? {} : TARGETS[state].fields),
      }),
    ),
  );
  warnOfDropped(world, labels ?? [], updated);
  return updated;
}

/** Body and metadata share one text: when only one of them changes, the other is read first. */
async function newBody(api: Api, key: string, { body, metadata }: IssuePatch): Promise<string | undefined> {
  if (body === undefined && metadata === undefined) return undefined;
  if (body !== undefined && metadata !== undefined) return withMetadata(body, metadata);
  const known = splitMetadata(unifyLineEnds((await getIssue(api, 'updateIssue', key)).body ?? ''));
  return withMetadata(body ?? known.body, metadata ?? known.metadata);
}

async function transitionIssue(api: Api, key: string, wanted: IssueState): Promise<Issue> {
  const known = await getIssue(api, 'transitionIssue', key);
  const target = TARGETS[wanted];
  if (toIssue(known).state === target.reached) return toIssue(known);
  return toIssue(
    await api.call('transitionIssue', 'write issues', (octokit) =>
      octokit.request('PATCH /repos/{owner}/{repo}/issues/{issue_number}', {
        ...addressOf(api, 'transitionIssue', key),
        ...target.fields,
      }),
    ),
  );
}

const OPEN = { reached: 'open', fields: { state: 'open', state_reason: 'reopened' } } as const;

/** GitHub has only open and closed: work under way is open. */
const TARGETS = {
  open: OPEN,
  in_progress: OPEN,
  in_review: OPEN,
  blocked: OPEN,
  done: { reached: 'done', fields: { state: 'closed', state_reason: 'completed' } },
  canceled: { reached: 'canceled', fields: { state: 'closed', state_reason: 'not_planned' } },
} as const satisfies Record<IssueState, { reached: IssueState; fields: object }>;

/** GitHub drops labels without a word when the caller may not push. */
function warnOfDropped(world: World, labels: readonly string[], issue: Issue): void {
  const dropped = missingLabels(labels, issue);
  if (dropped.length === 0) return;
  world.log.warn(
    `${issue.url} lacks the labels ${plainLine(dropped.join(', '), 300)}: GitHub drops labels when the token's owner may not push to the repository.`,
  );
}

function missingLabels(wanted: readonly string[], { labels }: Issue): string[] {
  const present = new Set(labels.map((label) => label.toLowerCase()));
  return wanted.filter((label) => !present.has(label.toLowerCase()));
}
