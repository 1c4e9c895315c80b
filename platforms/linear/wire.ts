/** Linear's shapes (only what we read), and their translation to neutral words. https://linear.app/developers/graphql */

import { defined } from '../../core/defined.ts';
import type { LabelledFields } from '../../core/drivers/field-labels.ts';
import { neededText, textOrNothing, unexpectedAnswer } from '../../core/http/unexpected-answer.ts';
import type { Comment, Issue, IssueState, Person, Priority } from '../../core/ports/index.ts';
import { asFarAsItReads, NO_ADDRESS, NO_STATE, NO_TITLE } from '../../core/tracker/odd-records.ts';
import { ATTACHMENT_URL, readMetadata } from './metadata.ts';
import { nested, page, type Selection } from './selection.ts';

export interface WirePage<Node> {
  readonly nodes: readonly Node[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null };
}

/** https://linear.app/docs/configuring-workflows */
export interface WireState {
  readonly id: string;
  readonly name: string;
  /** `triage`, `backlog`, `unstarted`, `started`, `completed`, `canceled`, `duplicate`: the list is open. */
  readonly type: string;
  readonly position: number;
}

export interface WireUser {
  readonly name: string;
  readonly displayName: string;
  readonly email?: string | null;
}

export interface WireIssue {
  readonly id: string;
  readonly identifier: string;
  readonly url: string;
  readonly title: string;
  readonly description?: string | null;
  readonly priority?: number | null;
  readonly estimate?: number | null;
  readonly dueDate?: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Somebody has deleted it; Linear keeps it for some weeks. */
  readonly trashed?: boolean | null;
  readonly state: Pick<WireState, 'name' | 'type'>;
  readonly labels: WirePage<{ readonly name: string }>;
  readonly assignee?: WireUser | null;
  readonly creator?: WireUser | null;
  readonly parent?: { readonly identifier: string } | null;
  readonly projectMilestone?: { readonly name: string } | null;
  readonly cycle?: { readonly name?: string | null; readonly number: number } | null;
  readonly attachments: WirePage<{ readonly metadata?: unknown }>;
}

export interface WireComment {
  readonly id: string;
  readonly body: string;
  readonly createdAt: string;
  readonly user?: WireUser | null;
  readonly externalUser?: WireUser | null;
  readonly botActor?: { readonly name?: string | null } | null;
}

export const USER: Selection = ['name', 'displayName', 'email'];

/** Labels that an issue brings along; those of an issue that has more are fetched apart. */
const LABELS = 20;

export const ISSUE: Selection = [
  ...['id', 'identifier', 'url', 'title', 'description', 'priority', 'estimate', 'dueDate', 'createdAt', 'updatedAt'],
  'trashed',
  nested('state', ['name', 'type']),
  page('labels', LABELS, ['name']),
  nested('assignee', USER),
  nested('creator', USER),
  nested('parent', ['identifier']),
  nested('projectMilestone', ['name']),
  nested('cycle', ['name', 'number']),
  page('attachments', 1, ['metadata'], `filter: { url: { eq: ${JSON.stringify(ATTACHMENT_URL)} } }`),
];

export const COMMENT: Selection = [
  ...['id', 'body', 'createdAt'],
  nested('user', USER),
  nested('externalUser', ['name', 'displayName']),
  nested('botActor', ['name']),
];

/** What stands behind the words of an issue here. */
export interface Reading {
  toState(state: Pick<WireState, 'name' | 'type'>): IssueState;
  /** The fields that Linear has no place for. */
  readLabels(labels: readonly string[]): LabelledFields;
}

export function toIssue(issue: WireIssue, { toState, readLabels }: Reading): Issue {
  const key = need('identifier', issue.identifier);
  return asFarAsItReads(({ part, each, people, person, time }) => {
    const names = each(
      part(() => listOf(issue.labels, 'labels'), []),
      ({ name }) => need('label', name),
    );
    const { type, labels } = readLabels(names);
    const { state, estimate, dueDate, assignee, creator, parent, projectMilestone, cycle } = issue;
    const created = () => toTime('createdAt', issue.createdAt);
    const updated = () => toTime('updatedAt', issue.updatedAt);
    return {
      key,
      ...defined({ id: part(() => need('id', issue.id), undefined) }),
      url: part(() => need('url', issue.url), NO_ADDRESS),
      title: part(() => need('title', issue.title), NO_TITLE),
      body: part(() => textOrNothing('Linear', 'description', issue.description), ''),
      state: part(
        () => toState({ name: need('state', state?.name), type: need('type', state?.type) }),
        'open' as const,
      ),
      stateName: part(() => need('state', state?.name), NO_STATE),
      ...defined({ type, priority: toPriority(issue.priority) }),
      labels,
      assignees: people(assignee ? [assignee] : [], toPerson),
      ...defined({
        milestone: projectMilestone ? part(() => need('milestone', projectMilestone.name), undefined) : undefined,
        parent: parent ? part(() => need('parent', parent.identifier), undefined) : undefined,
        storyPoints: typeof estimate === 'number' ? estimate : undefined,
        dueDate: dueDate || undefined,
        sprint: cycle ? cycle.name || `Cycle ${cycle.number}` : undefined,
        author: creator ? person(creator, toPerson) : undefined,
      }),
      createdAt: time(created, updated),
      updatedAt: time(updated, created),
      metadata: part(() => readMetadata(listOf(issue.attachments, 'attachments')[0]?.metadata), {}),
    };
  });
}

export function toComment({ id, body, createdAt, user, externalUser, botActor }: WireComment): Comment {
  const known = need('id', id);
  return asFarAsItReads(({ part, person, time }) => {
    const who = user ?? externalUser;
    const bot = botActor?.name;
    const author = who ? person(who, toPerson) : bot ? { id: bot, name: bot } : undefined;
    return {
      id: known,
      body: part(() => textOrNothing('Linear', 'body', body), ''),
      ...defined({ author }),
      createdAt: time(() => toTime('createdAt', createdAt)),
    };
  });
}

/** The display name is unique in a workspace, and what people mention each other by. */
export function toPerson({ name, displayName, email }: WireUser): Person {
  const id = need('displayName', displayName);
  return { id, name: name || id, ...(email ? { email } : {}) };
}

/** Linear: 0 none, 1 urgent, 2 high, 3 medium, 4 low. */
function toPriority(priority: unknown): Priority | undefined {
  return PRIORITIES.find((_, place) => place + 1 === priority);
}

export const PRIORITIES = [0, 1, 2, 3] as const satisfies readonly Priority[];

/** The nodes of a page; a malformed one is not read as an empty one. */
export function listOf<Node>(page: Pick<WirePage<Node>, 'nodes'> | null | undefined, field: string): readonly Node[] {
  const nodes = page?.nodes;
  if (Array.isArray(nodes)) return nodes;
  throw unexpectedAnswer('Linear', `${field} is not a list`);
}

function toTime(field: string, text: string): number {
  const time = Date.parse(need(field, text));
  if (Number.isFinite(time)) return time;
  throw unexpectedAnswer('Linear', `${field} is not a time`);
}

function need(field: string, value: unknown): string {
  return neededText('Linear', field, value);
}
