/** What the verbs of `pace issue` take and give. */
import { z } from 'zod';
import { ISSUE_STATES, ISSUE_TYPES, LINK_TYPES, PRIORITY_NAMES, SORTS } from '../../../core/ports/index.ts';
import {
  ATTACHMENT_FIELDS,
  BLOCKED_FIELDS,
  CHANGE_FIELDS,
  CLAIM_FIELDS,
  COMMENT_FIELDS,
  DUPLICATE_FIELDS,
  ISSUE_FIELDS,
  LINK_FIELDS,
  READY_FIELDS,
  TRANSITION_FIELDS,
} from '../../tracker/print/fields.ts';
import { IMPORTS } from '../../tracker/print/import-shape.ts';
import { STATE_WORDS } from '../../tracker/query/conditions.ts';
import { onTracker, writing } from '../common-options.ts';
import { type Definition, flag, type OptionsOf, oneOf, text, texts, unless, word, words } from '../definition.ts';

const key = word('e.g. 12, PROJ-12');
const readable = word('e.g. 12, PROJ-12, jira:PROJ-12 or its address');
/** One or several issues, or all that fit a query. */
const several = {
  keys: z
    .array(z.string())
    .meta({ description: 'e.g. 12 13, PROJ-12; - reads them from stdin', word: true })
    .optional(),
  query: text('query', 'all issues that fit, as in list: label:bug since:7d', { short: 'q' }),
  yes: flag('do not ask whether so many are meant', { short: 'y' }),
};

/** The words of a query, as options. Without one about the state, issues in `state` are meant. */
function chosen(state: string) {
  return {
    state: text('state', `one, or several with commas; else ${state}`, { short: 's', proposed: STATE_WORDS }),
    label: texts('label', 'with this label; several: with all of them', { short: 'l' }),
    anyLabel: texts('label', 'with at least one of these labels'),
    assignee: text('person', 'assigned to; @me, or none', { short: 'a' }),
    author: text('person', 'written by; @me'),
    milestone: text('title', 'in this milestone, or none'),
    type: text('type', 'of this type, or of the tracker’s own', { proposed: ISSUE_TYPES }),
    priority: text('priority', 'of this priority; also 0 to 4', { proposed: PRIORITY_NAMES }),
    parent: text('key', 'directly below this issue, or none'),
    text: text('words', 'with these words in title or body'),
    since: text('time', 'changed since: 2026-11-01, 7d, yesterday (UTC)'),
    until: text('time', 'changed until'),
    createdSince: text('time', 'created since'),
    createdUntil: text('time', 'created until'),
    sprint: text('name', 'in this sprint, or none'),
    due: text('day', 'due on this day: 2026-12-24, today, tomorrow, 3d; or overdue, none'),
    dueSince: text('day', 'due on this day or later'),
    dueUntil: text('day', 'due on this day or earlier'),
    claimed: flag('claimed by an agent now'),
    unclaimed: flag('claimed by nobody now'),
    blocked: flag('waiting for an open issue, or blocked by its state'),
    ready: flag('that can be begun now, as `ready` lists them'),
    deferred: flag('deferred until later'),
    query: text('query', 'the same in one line: state:open -label:bug assignee:@me sort:updated crash', { short: 'q' }),
  };
}

const ordered = {
  sort: text('order', 'the largest first; with :asc the smallest', { proposed: SORTS }),
  limit: text('n', 'at most this many, or all (default: 50)', { short: 'n' }),
  page: z
    .string()
    .meta({
      description: 'with JSON an object with items, next and total; from this cursor, else the first page',
      value: 'cursor',
      valueOptional: true,
    })
    .optional(),
  explain: flag('say which conditions the tracker checks, and which are checked here'),
};

function fields(clears: string) {
  return {
    state: text('state', 'its state', { short: 's', proposed: ISSUE_STATES }),
    type: text('type', 'its type, or one of the tracker’s own', { proposed: ISSUE_TYPES }),
    priority: text('priority', `how urgent; also 0 to 4${clears}`, { proposed: PRIORITY_NAMES }),
    milestone: text('title', `its milestone${clears}`),
    parent: text('key', `the issue above it${clears}`),
    points: text('n', `story points${clears}`),
    due: text('day', `due date, as 2026-11-30${clears}`),
    meta: texts('key=value', 'metadata of programs: JSON or text; key=none removes it'),
  };
}

/** Where the command line takes a text from. */
const body = text('text', 'the text, in Markdown; - reads stdin');
const bodySources = {
  bodyFile: text('file', 'the text from a file; - reads stdin', { short: 'F' }),
  editor: flag('write the text in $VISUAL or $EDITOR', { short: 'e' }),
};
const bodyFlags = z.object({ description: text('text', 'the same as --body'), ...bodySources });

const agent = text('agent', 'the agent’s own name; else PACE_AGENT');
const saying = { comment: text('text', 'comment on it afterwards') };

const issues = { fields: Object.keys(ISSUE_FIELDS), exits: 'tracker' } as const;
const comments = { fields: Object.keys(COMMENT_FIELDS), exits: 'tracker' } as const;
const changes = { fields: Object.keys(CHANGE_FIELDS), exits: 'tracker' } as const;
const links = { fields: Object.keys(LINK_FIELDS), exits: 'tracker' } as const;
const claims = { fields: Object.keys(CLAIM_FIELDS), exits: 'tracker' } as const;

export const issue = {
  list: {
    ...issues,
    about: 'list issues, newest first',
    options: onTracker.extend({ ...chosen('open'), ...ordered }),
    answer: 'list',
    writes: false,
  },
  search: {
    ...issues,
    about: 'find words in titles and bodies',
    options: onTracker.extend({
      words: words('all of them must be there; "two words" in quotes are one'),
      ...chosen('all'),
      ...ordered,
    }),
    answer: 'list',
    writes: false,
  },
  children: {
    ...issues,
    about: 'list the issues directly below one',
    options: onTracker.extend({
      key: word('the parent, e.g. 12, PROJ-12, jira:PROJ-12 or its address'),
      ...chosen('all'),
      ...ordered,
    }),
    answer: 'list',
    writes: false,
  },
  ready: {
    ...issues,
    fields: Object.keys(READY_FIELDS),
    about: 'list what can be begun now, the most urgent and oldest first; --claim takes the first',
    options: writing.extend({
      key: z.string().meta({ description: 'this issue alone, and why it is ready or not', word: true }).optional(),
      ...chosen('open'),
      limit: ordered.limit,
      explain: flag('say of each issue why it is ready'),
      claim: flag('claim the first one, in one act'),
      as: agent,
      for: text('time', 'how long: 90s, 30m, 2h, 1d', { default: '30m' }),
      start: flag('move it to in_progress as well'),
    }),
    answer: 'either',
    writes: true,
  },
  blocked: {
    ...issues,
    fields: Object.keys(BLOCKED_FIELDS),
    about: 'list open issues that wait for others, and for which',
    options: onTracker.extend({ ...chosen('open'), limit: ordered.limit }),
    answer: 'list',
    writes: false,
  },
  tree: {
    exits: 'tracker',
    about: 'show what stands below issues and what they wait for, and name cycles',
    options: onTracker.extend({
      key: z.string().meta({ description: 'what belongs to this one; else all open issues', word: true }).optional(),
      ...chosen('open'),
    }),
    answer: 'report',
    writes: false,
  },
  duplicates: {
    ...issues,
    fields: Object.keys(DUPLICATE_FIELDS),
    about: 'list likely twins: of the same title, or linked so',
    options: onTracker.extend({
      ...chosen('open'),
      limit: text('n', 'look at so many (default: all)', { short: 'n' }),
    }),
    answer: 'list',
    writes: false,
  },
  history: {
    ...changes,
    about: 'list what has changed of an issue, oldest first',
    options: onTracker.extend({ key: readable }),
    answer: 'list',
    writes: false,
  },
  undo: {
    ...issues,
    about: 'restore what the last change of an issue has changed; the embedded tracker only',
    options: writing.extend({ key, change: text('id', 'only if this is still the last one, as `history` names it') }),
    answer: 'one',
    writes: true,
  },
  watch: {
    ...changes,
    about: 'print changes as they come, until it is interrupted',
    options: onTracker.extend({
      interval: text('time', 'how often to look: 5s, 1m; else 1s on the embedded tracker and 30s on others'),
    }),
    commandLine: z.object({ json: flag('print JSON Lines') }),
    answer: 'lines',
    writes: false,
  },
  defer: {
    ...issues,
    about: 'let nobody begin issues before a time; `ready` leaves them out until then',
    options: writing.extend({ ...several, until: text('time', '2026-12-24, 3d, 12h, tomorrow; or none') }),
    answer: 'either',
    writes: true,
  },
  show: {
    ...issues,
    about: 'show one issue with its comments',
    options: onTracker.extend({
      key: readable,
      comments: unless('without its comments', 'with its comments, the default'),
      links: flag('with its links'),
    }),
    answer: 'one',
    writes: false,
  },
  open: {
    ...issues,
    about: 'print the address of an issue, or open it in the browser',
    options: onTracker.extend({ key: readable }),
    commandLine: z.object({ web: flag('open it in $BROWSER, or in that of the system', { short: 'w' }) }),
    answer: 'one',
    writes: false,
  },
  attachments: {
    fields: Object.keys(ATTACHMENT_FIELDS),
    exits: 'tracker',
    about: 'list the files of an issue, or download them',
    options: onTracker.extend({
      key: readable,
      names: z
        .array(z.string())
        .meta({ description: 'with --download: these alone, by name or id', word: true })
        .optional(),
      download: text('folder', 'save the files there; no file is written over', { short: 'd' }),
    }),
    answer: 'list',
    writes: false,
  },
  create: {
    ...issues,
    about: 'create an issue, or all issues of a file',
    options: writing.extend({
      title: z.string().meta({ description: 'asked for at a terminal', word: true }).optional(),
      body,
      template: text('name', 'begin with a template of the repository, e.g. bug', { short: 'T' }),
      label: texts('label', 'a label; priority:high and type:bug mean the field', { short: 'l' }),
      assignee: texts('person', 'who it is for; @me', { short: 'a' }),
      ...fields(''),
    }),
    commandLine: bodyFlags.extend({
      title: text('title', 'the same', { short: 't' }),
      file: text('file', 'the issues of a file of YAML or JSON, with links among them; - reads stdin', { short: 'f' }),
    }),
    answer: 'either',
    writes: true,
  },
  edit: {
    ...issues,
    about: 'change one or several issues, or all that fit a query',
    options: writing.extend({
      ...several,
      title: text('title', 'a new title', { short: 't' }),
      body,
      label: texts('label', 'replace all labels; several; none', { short: 'l' }),
      addLabel: texts('label', 'add a label; several'),
      removeLabel: texts('label', 'remove a label; several'),
      assignee: texts('person', 'replace all assignees; @me; none', { short: 'a' }),
      addAssignee: texts('person', 'add an assignee'),
      removeAssignee: texts('person', 'remove this assignee'),
      ...fields(', or none'),
    }),
    commandLine: bodyFlags,
    answer: 'either',
    writes: true,
  },
  close: {
    ...issues,
    about: 'close one or several issues',
    options: writing.extend({
      ...several,
      reason: oneOf('reason', ['done', 'not-planned'], 'why', { short: 'r', default: 'done' }),
      ...saying,
    }),
    answer: 'either',
    writes: true,
  },
  reopen: {
    ...issues,
    about: 'open one or several issues again',
    options: writing.extend({ ...several, ...saying }),
    answer: 'either',
    writes: true,
  },
  delete: {
    ...issues,
    about: 'delete one or several issues for good, where the tracker can',
    options: writing.extend({ ...several, yes: flag('do not ask whether they are meant', { short: 'y' }) }),
    answer: 'either',
    writes: true,
  },
  transition: {
    fields: [...new Set([...Object.keys(TRANSITION_FIELDS), ...issues.fields])],
    exits: 'tracker',
    about: 'move an issue to a state, or list where it can go',
    options: writing.extend({
      key,
      state: z
        .string()
        .meta({ description: 'one of the six states, or the tracker’s own name of one', word: true })
        .optional(),
      list: flag('list the states that it can be moved to'),
    }),
    answer: 'either',
    writes: true,
  },
  comment: {
    ...comments,
    about: 'comment on an issue; edit, delete or list its comments',
    options: writing.extend({
      key,
      body: z.string().meta({ description: 'the text, in Markdown; - reads stdin', word: true }).optional(),
      edit: text('id', 'replace the text of this comment'),
      delete: text('id', 'delete this comment'),
      list: flag('list the comments'),
    }),
    commandLine: z.object({ body: text('text', 'the same'), ...bodySources }),
    answer: 'either',
    writes: true,
  },
  link: {
    ...links,
    about: 'link an issue with another',
    options: writing.extend({
      key,
      type: word(`${LINK_TYPES.join(', ')}; dashes may stand for blanks`),
      target: word('the other issue'),
    }),
    answer: 'one',
    writes: true,
  },
  unlink: {
    ...links,
    about: 'remove a link between two issues',
    options: writing.extend({
      key,
      type: word(`${LINK_TYPES.join(', ')}; dashes may stand for blanks`),
      target: word('the other issue'),
    }),
    answer: 'one',
    writes: true,
  },
  links: {
    ...links,
    about: 'list the links of an issue',
    options: onTracker.extend({ key }),
    answer: 'list',
    writes: false,
  },
  claim: {
    ...claims,
    about: 'claim an issue for an agent, for a while; of two agents one gets it',
    options: writing.extend({
      key,
      as: agent,
      for: text('time', 'how long: 90s, 30m, 2h, 1d', { default: '30m' }),
      start: flag('move it to in_progress as well'),
    }),
    answer: 'one',
    writes: true,
  },
  renew: {
    ...claims,
    about: 'make one’s own claim longer; refused when it has ended, or is another agent’s',
    options: writing.extend({
      key,
      as: agent,
      for: text('time', 'how long from now: 90s, 30m, 2h, 1d', { default: '30m' }),
    }),
    answer: 'one',
    writes: true,
  },
  release: {
    ...claims,
    about: 'release an issue',
    options: writing.extend({ key, as: agent }),
    answer: 'one',
    writes: true,
  },
  claims: {
    ...claims,
    about: 'list who has claimed which issue, until when',
    options: onTracker.extend({ expired: flag('those whose time is up and that nobody has released, instead') }),
    answer: 'list',
    writes: false,
  },
  export: {
    // a test compares them with a line
    fields: ['format', 'tracker', ...issues.fields.filter((name) => name !== 'number' && name !== 'claim')],
    exits: 'tracker',
    about: 'print issues as JSON Lines, with comments, links and metadata',
    options: onTracker.extend({
      ...chosen('all'),
      limit: text('n', 'at most this many (default: all)', { short: 'n' }),
      comments: unless('without comments'),
      links: unless('without links'),
    }),
    answer: 'lines',
    writes: false,
  },
  import: {
    fields: Object.keys(IMPORTS.fields),
    exits: 'tracker',
    about: 'create the issues of a file of JSON Lines; existing ones are left alone',
    options: writing.extend({
      update: flag('update existing ones from the file'),
    }),
    commandLine: z.object({ file: word('what export has printed; - reads stdin') }),
    answer: 'list',
    writes: true,
  },
} as const satisfies Record<string, Definition>;

type Verbs = typeof issue;
export type IssueList = OptionsOf<Verbs['list']>;
export type IssueSearch = OptionsOf<Verbs['search']>;
export type IssueChildren = OptionsOf<Verbs['children']>;
export type IssueReady = OptionsOf<Verbs['ready']>;
export type IssueBlocked = OptionsOf<Verbs['blocked']>;
export type IssueTree = OptionsOf<Verbs['tree']>;
export type IssueDuplicates = OptionsOf<Verbs['duplicates']>;
export type IssueHistory = OptionsOf<Verbs['history']>;
export type IssueUndo = OptionsOf<Verbs['undo']>;
export type IssueWatch = OptionsOf<Verbs['watch']>;
export type IssueDefer = OptionsOf<Verbs['defer']>;
export type IssueShow = OptionsOf<Verbs['show']>;
export type IssueOpen = OptionsOf<Verbs['open']>;
export type IssueAttachments = OptionsOf<Verbs['attachments']>;
export type IssueCreate = OptionsOf<Verbs['create']>;
export type IssueEdit = OptionsOf<Verbs['edit']>;
export type IssueClose = OptionsOf<Verbs['close']>;
export type IssueReopen = OptionsOf<Verbs['reopen']>;
export type IssueDelete = OptionsOf<Verbs['delete']>;
export type IssueTransition = OptionsOf<Verbs['transition']>;
export type IssueComment = OptionsOf<Verbs['comment']>;
export type IssueLinkChange = OptionsOf<Verbs['link']>;
export type IssueLinks = OptionsOf<Verbs['links']>;
export type IssueClaim = OptionsOf<Verbs['claim']>;
export type IssueRenew = OptionsOf<Verbs['renew']>;
export type IssueRelease = OptionsOf<Verbs['release']>;
export type IssueClaims = OptionsOf<Verbs['claims']>;
export type IssueExport = OptionsOf<Verbs['export']>;
export type IssueImport = OptionsOf<Verbs['import']>;
