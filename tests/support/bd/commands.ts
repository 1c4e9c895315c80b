/** What the stand-in for `bd` does for each command. */
import { type BdIssue, type BdState, type Call, isGlobal, Refused } from '../bd.ts';

export interface Command {
  readonly flags: readonly string[];
  /** Flags that only version 1 has. */
  readonly newFlags?: readonly string[];
  run(call: Call): unknown;
}

const FIELDS = [
  ...['title', 'description', 'type', 'priority', 'assignee', 'parent', 'due', 'defer', 'external-ref'],
  ...['design', 'acceptance', 'notes', 'estimate'],
];

export const COMMANDS: Readonly<Record<string, Command>> = {
  list: { flags: ['all', 'limit', 'label', 'status', 'sort'], newFlags: ['flat'], run: checked('list', list) },
  show: { flags: ['short'], newFlags: ['include-dependents', 'include-comments'], run: checked('show', show) },
  create: {
    flags: [...FIELDS, 'labels', 'deps'],
    newFlags: ['metadata', 'no-inherit-labels'],
    run: checked('create', create),
  },
  update: {
    flags: [...FIELDS, 'status', 'add-label', 'remove-label', 'set-labels', 'claim'],
    newFlags: ['metadata', 'set-metadata', 'unset-metadata'],
    run: checked('update', update),
  },
  close: { flags: ['reason', 'force'], run: checked('close', close) },
  delete: { flags: ['force', 'cascade', 'dry-run', 'from-file'], run: checked('delete', remove) },
  comments: { flags: [], run: checked('comments', listComments) },
  'comments add': { flags: ['author', 'file'], run: checked('comments add', addComment) },
  'dep add': { flags: ['type'], run: checked('dep add', addDependency) },
  'dep remove': { flags: [], run: checked('dep remove', removeDependency) },
  // reads the configuration alone
  context: { flags: [], newFlags: [], run: checked('context', context) },
  'label list-all': { flags: [], run: checked('label list-all', listLabels) },
};

export function helpOf(name: string, command: Command, isNew: boolean): string {
  const flags = [...command.flags, ...(isNew ? (command.newFlags ?? []) : [])];
  const types = name === 'dep add' ? ' Dependency type (blocks|tracks|related|parent-child|supersedes)' : ' …';
  return `Usage:\n  bd ${name} [flags]\n\nFlags:\n${flags.map((flag) => `      --${flag} string  ${types}\n`).join('')}`;
}

/** An unknown flag is refused before anything happens. */
function checked(name: string, run: Command['run']): Command['run'] {
  return (call) => {
    const { flags = [], newFlags = [] } = COMMANDS[name] ?? {};
    const known = new Set([...flags, ...(call.isNew ? newFlags : [])]);
    for (const flag of call.flags.keys()) {
      if (!known.has(flag) && !isGlobal(flag)) throw new Refused(`unknown flag: --${flag}`, 'plain');
    }
    return run(call);
  };
}

function context({ state, isNew }: Call): unknown {
  if (!isNew) throw new Refused('unknown command "context" for "bd"', 'plain');
  return {
    ...{ beads_dir: '/workspace/.beads', repo_root: '/workspace', is_redirected: false, is_worktree: false },
    ...{ backend: 'dolt', dolt_mode: 'embedded', database: state.prefix, project_id: state.project },
    bd_version: state.version,
  };
}

function list({ state, flags, isNew }: Call): unknown {
  const all = flags.has('all');
  const limit = Number(flags.get('limit')?.at(-1) ?? 50);
  const labels = (flags.get('label') ?? []).flatMap(fromCsv);
  const shown = state.issues
    .filter(({ status }) => all || (status !== 'closed' && status !== 'pinned'))
    .filter((issue) => labels.every((label) => issue.labels.includes(label)))
    .toSorted((one, other) => one.priority - other.priority);
  const page = limit === 0 ? shown : shown.slice(0, limit);
  return page.map((issue) => {
    const edges = state.dependencies.filter(({ issue_id: id }) => id === issue.id);
    const parent = edges.find(({ type }) => type === 'parent-child')?.depends_on_id;
    // only those that block are counted
    const blocking = (end: 'issue_id' | 'depends_on_id') =>
      state.dependencies.filter((edge) => edge[end] === issue.id && edge.type === 'blocks').length;
    return {
      ...bare(issue),
      ...(edges.length > 0 && state.version !== '0.47.1' ? { dependencies: edges } : {}),
      ...{ dependency_count: blocking('issue_id'), dependent_count: blocking('depends_on_id') },
      ...(isNew ? { comment_count: commentsOf(state, issue.id).length, ...(parent ? { parent } : {}) } : {}),
    };
  });
}

function commentsOf(state: BdState, issue: string) {
  return state.comments.filter(({ issue_id: id }) => id === issue);
}

function show(call: Call): unknown {
  const { state, operands, isNew, find, warn } = call;
  const shown: object[] = [];
  for (const operand of operands) {
    try {
      if (state.trouble === 'unreadable')
        throw new Refused('failed to search issues: Error 1146: table not found: issues');
      shown.push(detailed(call, find(operand)));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      warn(`Error fetching ${operand}: ${error.message}`);
    }
  }
  if (shown.length > 0 || !isNew) return shown.length > 0 ? shown : undefined;
  throw new Refused('no issues found matching the provided IDs');
}

function detailed({ state, flags, isNew, find }: Call, issue: BdIssue): object {
  const other = (id: string, type: string) => ({ ...bare(find(id)), dependency_type: type });
  const down = state.dependencies.filter((edge) => edge.issue_id === issue.id);
  const up = state.dependencies.filter((edge) => edge.depends_on_id === issue.id);
  const parent = down.find(({ type }) => type === 'parent-child')?.depends_on_id;
  const comments = commentsOf(state, issue.id).map((one) => comment(one, isNew));
  const tells = (flag: string) => !isNew || flags.has(flag);
  return {
    ...bare(issue),
    ...(down.length > 0 ? { dependencies: down.map((edge) => other(edge.depends_on_id, edge.type)) } : {}),
    ...(up.length > 0 && tells('include-dependents')
      ? { dependents: up.map((edge) => other(edge.issue_id, edge.type)) }
      : {}),
    ...(comments.length > 0 && tells('include-comments') ? { comments } : {}),
    ...(parent ? { parent } : {}),
    ...(isNew ? { dependent_count: up.length, dependency_count: down.length, comment_count: comments.length } : {}),
  };
}

function create(call: Call): unknown {
  const { state, flags, isNew, now, newId, find, actor } = call;
  const title = (flags.get('title')?.at(-1) ?? call.operands[0] ?? '').trim();
  checkTitle(title, 'stderr');
  const parent = flags.get('parent')?.at(-1);
  const above = parent === undefined ? undefined : find(parent);
  const at = now();
  const inherited = isNew && above && !flags.has('no-inherit-labels') ? above.labels : [];
  const issue: BdIssue = {
    ...{ id: newId(above?.id), title, description: '', status: 'open', priority: 2, issue_type: 'task', assignee: '' },
    ...{ created_at: at, created_by: actor, updated_at: at, labels: [] },
  };
  checkType(call, 'stderr');
  change(call, issue);
  state.issues.push(issue);
  if (above) state.dependencies.push(edge(call, issue.id, above.id, 'parent-child'));
  for (const label of unique([...inherited, ...(flags.get('labels') ?? []).flatMap(fromCsv)])) {
    // the issue is there already: what goes wrong from now on is only warned of
    if (label === state.refusedLabel) call.warn(`Warning: failed to add label ${label}: ${REFUSED}`);
    else issue.labels.push(asKept(label, isNew));
  }
  return bare(issue);
}

function update(call: Call): unknown {
  const { state, operands, flags, now } = call;
  const issue = plainly(() => call.find(operands[0] ?? ''), '');
  const status = flags.get('status')?.at(-1);
  const known = ['open', 'in_progress', 'blocked', 'deferred', 'closed', 'pinned', 'hooked', ...state.statuses];
  if (status !== undefined && !known.includes(status)) throw new Refused(`invalid status "${status}"`);
  const title = flags.get('title')?.at(-1)?.trim();
  if (title !== undefined) checkTitle(title, 'plain');
  checkType(call, 'plain');
  if (flags.has('claim')) claim(call, issue);
  const before = JSON.stringify(issue);
  change(call, issue);
  if (title !== undefined) issue.title = title;
  if (status !== undefined) {
    issue.status = status;
    if (status === 'closed') issue.closed_at = now();
    else delete issue.closed_at;
  }
  // labels and comments do not move it
  if (!call.isNew || JSON.stringify(issue) !== before) issue.updated_at = now();
  relabel(call, issue);
  const parent = flags.get('parent')?.at(-1);
  if (parent !== undefined) {
    const isOther = (one: { issue_id: string; type: string }) =>
      one.issue_id !== issue.id || one.type !== 'parent-child';
    const above = parent === '' ? undefined : plainly(() => call.find(parent), 'Error getting parent ');
    state.dependencies = state.dependencies.filter(isOther);
    if (above) state.dependencies.push(edge(call, issue.id, above.id, 'parent-child'));
  }
  return [bare(issue)];
}

/** After the fields, which stay whatever becomes of the labels. */
function relabel({ state, flags, isNew }: Call, issue: BdIssue): void {
  const sets = (flags.get('set-labels') ?? []).flatMap(fromCsv);
  // an empty list changes nothing
  if (sets.length > 0) issue.labels = unique(sets);
  const added = (flags.get('add-label') ?? []).flatMap(fromCsv);
  if (added.some((label) => label === state.refusedLabel)) {
    throw new Refused(`updating labels for ${issue.id}: adding label: ${REFUSED}`, 'plain');
  }
  const removed = (flags.get('remove-label') ?? []).flatMap(fromCsv);
  issue.labels = unique([...issue.labels, ...added.map((label) => asKept(label, isNew))]).filter(
    (label) => !removed.includes(label),
  );
}

const REFUSED = 'Error 1105: the table cannot be written';

/** The column of version 1 holds so much, and takes the beginning without a word. */
function asKept(label: string, isNew: boolean): string {
  return isNew ? label.slice(0, 255) : label;
}

/** One act in version 1; older ones look first and write then. */
function claim({ isNew, actor, now }: Call, issue: BdIssue): void {
  const isOwn = isNew && issue.assignee === actor;
  if (issue.assignee !== '' && !isOwn) {
    throw new Refused(`claiming ${issue.id}: ${isNew ? 'issue ' : ''}already claimed by ${issue.assignee}`, 'plain');
  }
  if (isNew && issue.status !== 'open' && !(isOwn && issue.status === 'in_progress')) {
    throw new Refused(`claiming ${issue.id}: issue not claimable: status ${issue.status}`, 'plain');
  }
  Object.assign(issue, { assignee: actor, status: 'in_progress', updated_at: now() });
}

function checkType({ state, flags, isNew }: Call, stream: 'stderr' | 'plain'): void {
  const type = flags.get('type')?.at(-1);
  const known = ['bug', 'feature', 'task', 'epic', 'chore', ...(isNew ? NEW_TYPES : []), ...state.types];
  if (type !== undefined && !known.includes(type)) throw new Refused(`invalid issue type: ${type}`, stream);
}

const NEW_TYPES = ['decision', 'message', 'molecule', 'gate', 'spike', 'story', 'milestone', 'event'];

/** The fields that a new issue and a change have in common. */
function change({ flags, isNew, input }: Call, issue: BdIssue): void {
  const text = (name: string) => flags.get(name)?.at(-1);
  const priority = text('priority');
  if (priority !== undefined && !/^P?[0-4]$/.test(priority)) throw new Refused(`invalid priority "${priority}"`);
  const due = text('due');
  const description = text('description') ?? issue.description;
  issue.description = description === '-' && isNew ? input() : description;
  issue.issue_type = text('type') ?? issue.issue_type;
  issue.priority = priority === undefined ? issue.priority : Number(priority.replace('P', ''));
  issue.assignee = text('assignee') ?? issue.assignee;
  if (due === '') delete issue.due_at;
  else if (due !== undefined) issue.due_at = new Date(due).toISOString();
  defer(issue, text('defer'), isNew && text('status') === undefined);
  if (text('design') !== undefined) issue.design = text('design') ?? '';
  if (text('acceptance') !== undefined) issue.acceptance_criteria = text('acceptance') ?? '';
  if (text('notes') !== undefined) issue.notes = text('notes') ?? '';
  if (text('estimate') !== undefined) issue.estimated_minutes = Number(text('estimate'));
  const metadata = isNew ? text('metadata') : undefined;
  if (metadata !== undefined) issue.metadata = { ...issue.metadata, ...JSON.parse(metadata) };
  for (const pair of flags.get('set-metadata') ?? []) {
    const [, key = '', value = ''] = /^([^=]+)=(.*)$/s.exec(pair) ?? [];
    issue.metadata = { ...issue.metadata, [key]: value };
  }
  for (const key of flags.get('unset-metadata') ?? []) if (issue.metadata) delete issue.metadata[key];
}

/** Version 1 gives the status that goes with it. */
function defer(issue: BdIssue, until: string | undefined, moves: boolean): void {
  if (until === undefined) return;
  if (until === '') {
    delete issue.defer_until;
    if (moves && issue.status === 'deferred') issue.status = 'open';
    return;
  }
  issue.defer_until = new Date(until).toISOString();
  if (moves && Date.parse(until) > Date.now()) issue.status = 'deferred';
}

/** Without `--force` it tells what it would do. What was linked with it has its id in other words from then on. */
function remove({ state, operands, flags, find }: Call): unknown {
  const issue = plainly(() => find(operands[0] ?? ''), '');
  if (!flags.has('force')) return undefined;
  const isOf = (one: { issue_id: string; depends_on_id: string }) =>
    one.issue_id === issue.id || one.depends_on_id === issue.id;
  const removed = state.dependencies.filter(isOf).length;
  state.dependencies = state.dependencies.filter((one) => !isOf(one));
  state.comments = state.comments.filter(({ issue_id: id }) => id !== issue.id);
  state.issues = state.issues.filter((each) => each !== issue);
  state.deleted += 1;
  return { deleted: issue.id, dependencies_removed: removed, references_updated: 0 };
}

function close(call: Call): unknown {
  const { state, operands, flags, now } = call;
  const issue = call.find(operands[0] ?? '');
  const waitsFor = state.dependencies
    .filter((one) => one.issue_id === issue.id && one.type === 'blocks')
    .map((one) => call.find(one.depends_on_id))
    .filter(({ status }) => status !== 'closed');
  if (waitsFor.length > 0 && !flags.has('force')) {
    const ids = waitsFor.map(({ id }) => id).join(' ');
    throw new Refused(`cannot close ${issue.id}: blocked by open issues [${ids}] (use --force to override)`, 'plain');
  }
  const isChild = (one: { depends_on_id: string; type: string }) =>
    one.depends_on_id === issue.id && one.type === 'parent-child';
  const children = state.dependencies.filter(isChild).map((one) => call.find(one.issue_id));
  const open = children.filter(({ status }) => status !== 'closed').length;
  if (call.isNew && issue.issue_type === 'epic' && open > 0 && !flags.has('force')) {
    throw new Refused(
      `cannot close epic ${issue.id}: ${open} open child issue(s); close children first or use --force to override`,
      'plain',
    );
  }
  const at = now();
  Object.assign(issue, {
    status: 'closed',
    closed_at: at,
    updated_at: at,
    close_reason: flags.get('reason')?.at(-1) ?? '',
  });
  return [bare(issue)];
}

function listComments({ state, operands, find, isNew }: Call): unknown {
  const { id } = find(operands[0] ?? '');
  const found = state.comments.filter((one) => one.issue_id === id).map((one) => comment(one, isNew));
  return found.length === 0 && !isNew ? null : found;
}

function addComment({ state, operands, flags, find, now, actor, isNew }: Call): unknown {
  const { id } = find(operands[0] ?? '');
  const text = operands[1] ?? '';
  if (text.trim() === '') throw new Refused('comment text cannot be empty');
  const author = flags.get('author')?.at(-1) ?? actor;
  const added = { id: String(state.comments.length + 1), issue_id: id, author, text, created_at: now() };
  state.comments.push(added);
  // what is kept is rounded, what is answered is not
  const moment = Date.parse(added.created_at) - 171;
  return comment(isNew ? { ...added, created_at: new Date(moment).toISOString() } : added, isNew);
}

function comment<One extends { id: string }>(one: One, isNew: boolean): object {
  return { ...one, id: isNew ? `c-${one.id}` : Number(one.id) };
}

function addDependency(call: Call): unknown {
  const { state, operands, flags } = call;
  const [one, other] = [call.find(operands[0] ?? ''), call.find(operands[1] ?? '')];
  const type = flags.get('type')?.at(-1) ?? 'blocks';
  if (one.id.startsWith(`${other.id}.`)) {
    throw new Refused(`cannot add dependency: ${one.id} is already a child of ${other.id}.`);
  }
  const answer = { status: 'added', issue_id: one.id, depends_on_id: other.id, type };
  // before version 1 there may be one of each kind between two issues
  const isThere = (each: { issue_id: string; depends_on_id: string; type: string }) =>
    each.issue_id === one.id && each.depends_on_id === other.id && (call.isNew || each.type === type);
  const there = state.dependencies.find(isThere);
  if (there && call.isNew && there.type === type) return answer;
  if (there && !call.isNew) {
    throw new Refused(
      'failed to add dependency: sqlite3: constraint failed: UNIQUE constraint failed: dependencies.type',
    );
  }
  if (there) {
    const words = `with type "${there.type}" (requested "${type}"); remove it first`;
    throw new Refused(`dependency ${one.id} -> ${other.id} already exists ${words}`);
  }
  const isEpic = (issue: BdIssue) => issue.issue_type === 'epic';
  if (call.isNew && type === 'blocks' && isEpic(one) !== isEpic(other)) {
    throw new Refused(
      isEpic(one) ? 'epics can only block other epics, not tasks' : 'tasks can only block other tasks, not epics',
    );
  }
  const back = state.dependencies.some(
    (each) => each.issue_id === other.id && each.depends_on_id === one.id && each.type === 'blocks',
  );
  if (back && type === 'blocks') throw new Refused('adding dependency would create a cycle');
  state.dependencies.push(edge(call, one.id, other.id, type));
  return answer;
}

function removeDependency({ state, operands, find }: Call): unknown {
  const [one, other] = [find(operands[0] ?? ''), find(operands[1] ?? '')];
  const isOther = (each: { issue_id: string; depends_on_id: string }) =>
    each.issue_id !== one.id || each.depends_on_id !== other.id;
  state.dependencies = state.dependencies.filter(isOther);
  return { status: 'removed', issue_id: one.id, depends_on_id: other.id };
}

function listLabels({ state }: Call): unknown {
  const all = state.issues.flatMap(({ labels }) => labels);
  return unique(all).map((label) => ({ label, count: all.filter((one) => one === label).length }));
}

/** Without what is empty, as the program prints it. */
function bare(issue: BdIssue): object {
  const kept = Object.entries(issue).filter(
    ([, value]) => value !== '' && !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(kept);
}

function edge({ now, actor }: Call, from: string, to: string, type: string) {
  return { issue_id: from, depends_on_id: to, type, created_at: now(), created_by: actor };
}

function checkTitle(title: string, stream: 'plain' | 'stderr'): void {
  if (title === '') throw new Refused('title is required', stream);
  const bytes = Buffer.byteLength(title);
  if (bytes > 500) throw new Refused(`title must be 500 characters or less (got ${bytes})`, stream);
}

/** What a command says plainly on stderr, whatever the version. */
function plainly<Result>(work: () => Result, before = ''): Result {
  try {
    return work();
  } catch (error) {
    throw error instanceof Refused ? new Refused(`${before}${error.message}`, 'plain') : error;
  }
}

/** A value of a flag that takes several. */
function fromCsv(line: string): string[] {
  const found = [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)];
  return found.map(([, quoted, bareText]) => (quoted?.replaceAll('""', '"') ?? bareText ?? '').trim()).filter(Boolean);
}

function unique(list: readonly string[]): string[] {
  return [...new Set(list)].sort();
}
