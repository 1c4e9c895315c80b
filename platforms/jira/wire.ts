/** What Jira sends, as far as it is read, in neutral words. https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/ */

import { defined } from '../../core/defined.ts';
import { commentTimes } from '../../core/drivers/comment-times.ts';
import type { StatusMap } from '../../core/drivers/status-map.ts';
import { neededText, textOrNothing, unexpectedAnswer } from '../../core/http/unexpected-answer.ts';
import type { Comment, Issue, IssueState, Metadata, Person, Priority } from '../../core/ports/index.ts';
import { isRecord } from '../../core/record.ts';
import { asFarAsItReads, NO_STATE, NO_TITLE } from '../../core/tracker/odd-records.ts';
import { customValues, type Expanded, sprintName } from './custom-fields.ts';
import { linksOf, type WireLink } from './link-words.ts';

export interface WireStatus {
  readonly id?: string;
  readonly name: string;
  readonly statusCategory?: { readonly key: string };
}

/** In Cloud people have accounts, in Data Center names. */
export interface WireUser {
  readonly accountId?: string;
  readonly name?: string;
  readonly displayName?: string;
  /** Only where the person shows it. */
  readonly emailAddress?: string;
}

export interface WireIssueType {
  readonly id: string;
  readonly name: string;
  readonly subtask?: boolean;
  /** 1 for epics, 0, -1 for subtasks; not in Data Center. */
  readonly hierarchyLevel?: number;
}

export interface WireIssue extends Expanded {
  readonly id: string;
  readonly key: string;
  readonly fields: {
    readonly summary: string;
    /** An ADF document in Cloud, wiki text in Data Center. */
    readonly description: unknown;
    readonly status: WireStatus;
    readonly resolution: { readonly name: string } | null;
    readonly issuetype?: WireIssueType;
    readonly priority?: { readonly name: string } | null;
    readonly labels?: readonly string[];
    readonly assignee?: WireUser | null;
    readonly creator?: WireUser | null;
    readonly fixVersions?: readonly { readonly id?: string; readonly name: string }[];
    readonly parent?: { readonly key: string } | null;
    /** `YYYY-MM-DD`. */
    readonly duedate?: string | null;
    readonly issuelinks?: readonly WireLink[];
    /** Who may see it, where not everybody may. */
    readonly security?: { readonly name?: string } | null;
    /** ISO 8601 with an offset like `+0000`. */
    readonly created: string;
    readonly updated: string;
  };
  readonly properties?: Readonly<Record<string, unknown>>;
}

export interface WireSearch extends Expanded {
  readonly issues?: readonly WireIssue[];
  readonly isLast?: boolean;
  readonly nextPageToken?: string | null;
  /** Data Center counts. */
  readonly total?: number;
}

export interface WireComment {
  readonly id: string;
  readonly body: unknown;
  readonly author?: WireUser | null;
  readonly created: string;
  readonly updated?: string | null;
  /** The role or the group that it is for. */
  readonly visibility?: { readonly type?: string; readonly value?: string } | null;
  /** `false`: of a service desk, not for its customers. */
  readonly jsdPublic?: boolean | null;
  /** In Data Center a service desk says the same in a property. */
  readonly properties?: unknown;
}

/** The fields of `WireIssue`, as they are asked for; the custom ones come with what a list of issues can show. */
export const ISSUE_FIELDS =
  'summary,description,status,resolution,issuetype,priority,labels,assignee,creator,fixVersions,parent,duedate,issuelinks,security,created,updated,*navigable';

/** Tells what the custom fields are. */
export const ISSUE_EXPAND = 'names,schema';

/** The entity property that holds the metadata: programs see it, people do not. */
export const PROPERTY = 'pace';

/** What reading an issue needs to know of the site and of the configuration. */
export interface Reading {
  /** Where people see the issues. */
  readonly site: string;
  parse(text: unknown): string;
  readonly states: StatusMap;
  toPriority(name: string): Priority | undefined;
  /** The id or name of the field of story points, where a person has said it. */
  readonly pointsField?: string | undefined;
}

export function toIssue(wire: WireIssue, reading: Reading): Issue {
  const key = neededText('Jira', 'key', wire.key);
  return asFarAsItReads(({ part, each, people, person, time }) => {
    const fields = part(() => fieldsOf(wire), NO_FIELDS);
    const whole = { ...wire, fields };
    const { status, issuetype, priority, fixVersions, issuelinks, creator } = fields;
    const [milestone] = fixVersions ?? [];
    const [epic] = customValues('epicLink', whole);
    const points = customValues('storyPoints', whole, reading.pointsField).find((value) => typeof value === 'number');
    const created = () => Date.parse(neededText('Jira', 'created', fields.created));
    const updated = () => Date.parse(neededText('Jira', 'updated', fields.updated));
    return {
      key,
      ...defined({ id: part(() => textOrNothing('Jira', 'id', wire.id), '') || undefined }),
      url: `${reading.site}/browse/${key}`,
      title: part(() => neededText('Jira', 'summary', fields.summary), NO_TITLE),
      body: part(() => reading.parse(fields.description), ''),
      state: part(() => stateOf({ fields: sorted(fields, reading.states) }, reading.states), 'open'),
      stateName: part(() => neededText('Jira', 'name of the status', status?.name), NO_STATE),
      ...defined({
        type: issuetype
          ? part(() => toType({ name: neededText('Jira', 'type', issuetype.name) }), undefined)
          : undefined,
        priority: priority
          ? part(() => reading.toPriority(neededText('Jira', 'priority', priority.name)), undefined)
          : undefined,
      }),
      labels: each(fields.labels, fromLabel),
      assignees: people(fields.assignee ? [fields.assignee] : [], toPerson),
      ...defined({
        milestone: milestone ? part(() => neededText('Jira', 'version', milestone.name), undefined) : undefined,
        parent: fields.parent?.key ?? (typeof epic === 'string' ? epic : undefined),
        storyPoints: points,
        dueDate: fields.duedate || undefined,
        sprint: part(() => sprintName(customValues('sprint', whole)), undefined),
        links: issuelinks ? part(() => linksOf(issuelinks), undefined) : undefined,
        author: creator ? person(creator, toPerson) : undefined,
        isPrivate: fields.security ? (true as const) : undefined,
      }),
      createdAt: time(created, updated),
      updatedAt: time(updated, created),
      metadata: toMetadata(wire.properties?.[PROPERTY]),
    };
  });
}

type Fields = Partial<WireIssue['fields']>;

const NO_FIELDS: Fields = {};

function fieldsOf({ fields }: WireIssue): Fields {
  if (isRecord(fields)) return fields;
  throw unexpectedAnswer('Jira', 'an issue has no fields');
}

/** A status that neither a category nor a person's words sort is not known to be done, and is said to be odd. */
function sorted(
  { status, resolution = null }: Fields,
  states: StatusMap,
): Pick<WireIssue['fields'], 'status' | 'resolution'> {
  if (!isRecord(status)) throw unexpectedAnswer('Jira', 'an issue has no status');
  const name = neededText('Jira', 'name of the status', status.name);
  if (states.toState(name) === undefined) neededText('Jira', 'category of the status', status.statusCategory?.key);
  return { status, resolution };
}

export function stateOf(
  { fields }: { readonly fields: Pick<WireIssue['fields'], 'status' | 'resolution'> },
  states: StatusMap,
): IssueState {
  return statusState(fields.status, states, fields.resolution);
}

/** What a person has said of a status counts; else its category and its name. A resolution can turn done into canceled. */
export function statusState(status: WireStatus, states: StatusMap, resolution?: { name: string } | null): IssueState {
  const said = states.toState(status.name);
  if (said === undefined) return toState(status, resolution);
  return said === 'done' && CANCELED.test(resolution?.name ?? '') ? 'canceled' : said;
}

/** Jira's word for a type, in lower case; the usual kind of a subtask has a hyphen or not. */
export function toType({ name }: Pick<WireIssueType, 'name'>): string {
  const word = name.trim().toLowerCase();
  return /^sub-?task$/.test(word) ? 'subtask' : word;
}

export function toComment(wire: WireComment, parse: Reading['parse']): Comment {
  const id = neededText('Jira', 'id', wire.id);
  return asFarAsItReads(({ part, person, time }) => {
    const author = wire.author ? person(wire.author, toPerson) : undefined;
    return {
      id,
      body: part(() => parse(wire.body), ''),
      ...(author && { author }),
      ...(isPrivate(wire) && { isPrivate: true as const }),
      ...commentTimes(wire.created, wire.updated),
      createdAt: time(() => Date.parse(neededText('Jira', 'created', wire.created))),
    };
  });
}

function isPrivate({ visibility, jsdPublic, properties }: WireComment): boolean {
  const isInternal = (property: unknown) =>
    isRecord(property) &&
    property['key'] === 'sd.public.comment' &&
    isRecord(property['value']) &&
    // some versions say it as text
    String(property['value']['internal']) === 'true';
  return Boolean(visibility) || jsdPublic === false || (Array.isArray(properties) && properties.some(isInternal));
}

export function toPerson({ accountId, name, displayName, emailAddress }: WireUser): Person {
  const id = neededText('Jira', 'the id of a person', accountId ?? name);
  return { id, name: displayName ?? id, ...(emailAddress ? { email: emailAddress } : {}) };
}

function toMetadata(value: unknown): Metadata {
  return isRecord(value) ? { ...value } : {};
}

/** Names of resolutions and of final statuses that mean: nobody will do this. */
export const CANCELED =
  /\b(?:won['’]?t|cancel|reject|declin|abandon|obsolete|duplicate|invalid|incomplete|not (?:planned|a bug|doing)|(?:cannot|can['’]?t) reproduce)/i;
/** Names of statuses in progress that say more than "in progress". */
const IN_REVIEW = /\breview|\bapproval/i;
const BLOCKED = /\bblocked|\bon hold|\bimpeded|\bwaiting/i;

/**
 * Jira sorts every status, whatever its name and language, into one of three categories; a fourth, `undefined`, is for old
 * statuses without one. Names only tell apart what a category leaves open.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-workflow-status-categories/
 */
export function toState(status: WireStatus, resolution?: { readonly name: string } | null): IssueState {
  const key = status.statusCategory?.key;
  if (key === 'done') return CANCELED.test(status.name) || CANCELED.test(resolution?.name ?? '') ? 'canceled' : 'done';
  // what is not known to be done is not done
  if (key !== 'indeterminate') return 'open';
  if (BLOCKED.test(status.name)) return 'blocked';
  return IN_REVIEW.test(status.name) ? 'in_review' : 'in_progress';
}

/** The category whose statuses stand for a state. */
export function toCategory(state: IssueState): string {
  if (state === 'open') return 'new';
  return state === 'done' || state === 'canceled' ? 'done' : 'indeterminate';
}

/** Jira's labels have no blanks: `␣` stands for each, so that the label reads back as it was. */
export function toLabel(label: string): string {
  return label.toWellFormed().trim().replace(/\s/g, '␣');
}

export function fromLabel(label: string): string {
  return neededText('Jira', 'label', label).replaceAll('␣', ' ');
}
