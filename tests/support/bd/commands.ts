/** What the stand-in for `bd` does for each command. */
import { type BdIssue, type Call, isGlobal, Refused } from '../bd.ts';

export interface Command {
  readonly flags: readonly string[];
  /** Flags that only version 1 has. */
  readonly newFlags?: readonly string[];
  run(call: Call): unknown;
}

const FIELDS = ['title', 'description', 'type', 'priority', 'assignee', 'parent', 'due', 'external-ref'];

export const COMMANDS: Readonly<Record<string, Command>> = {
  list: { flags: ['all', 'limit', 'label', 'status', 'sort'], run: checked('list', list) },
  show: { flags: ['short'], newFlags: ['include-dependents', 'include-comments'], run: checked('show', show) },
  create: {
    flags: [...FIELDS, 'labels', 'deps'],
    newFlags: ['metadata', 'no-inherit-labels'],
    run: checked('create', create),
  },
  update: {
    flags: [...FIELDS, 'status', 'add-label', 'remove-label', 'set-labels'],
    newFlags: ['metadata', 'set-metadata'],
    run: checked('update', update),
  },
  close: { flags: ['reason', 'force'], run: checked('close', close) },
  comments: { flags: [], run: checked('comments', listComments) },
  'comments add': { flags: ['author', 'file'], run: checked('comments add', addComment) },
  'dep add': { flags: ['type'], run: checked('dep add', addDependency) },
  'dep remove': { flags: [], run: checked('dep remove', removeDependency) },
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
    return {
      ...bare(issue),
      ...(edges.length > 0 && !isNew ? { dependencies: edges } : {}),
      ...{ dependency_count: edges.length, dependent_count: 0 },
      ...(isNew ? { comment_count: 0, ...(parent ? { parent } : {}) } : {}),
    };
  });
}

function show({ state, operands, flags, isNew, find }: Call): unknown {
  const issue = find(operands[0] ?? '');
  const other = (id: string, type: string) => ({ ...bare(find(id)), dependency_type: type });
  const down = state.dependencies.filter((edge) => edge.issue_id === issue.id);
  const up = state.dependencies.filter((edge) => edge.depends_on_id === issue.id);
  const parent = down.find(({ type }) => type === 'parent-child')?.depends_on_id;
  return [
    {
      ...bare(issue),
      ...(down.length > 0 ? { dependencies: down.map((edge) => other(edge.depends_on_id, edge.type)) } : {}),
      ...(up.length > 0 && (!isNew || flags.has('include-dependents'))
        ? { dependents: up.map((edge) => other(edge.issue_id, edge.type)) }
        : {}),
      ...(parent ? { parent } : {}),
      ...(isNew ? { dependent_count: up.length, dependency_count: down.length, comment_count: 0 } : {}),
    },
  ];
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
  change(call, issue);
  issue.labels = unique([...inherited, ...(flags.get('labels') ?? []).flatMap(fromCsv)]);
  state.issues.push(issue);
  if (above) state.dependencies.push(edge(call, issue.id, above.id, 'parent-child'));
  return bare(issue);
}

function update(call: Call): unknown {
  const { state, operands, flags, now } = call;
  const issue = plainly(() => call.find(operands[0] ?? ''));
  const status = flags.get('status')?.at(-1);
  const known = ['open', 'in_progress', 'blocked', 'deferred', 'closed', 'pinned', 'hooked', ...state.statuses];
  if (status !== undefined && !known.includes(status)) throw new Refused(`invalid status "${status}"`);
  const title = flags.get('title')?.at(-1)?.trim();
  if (title !== undefined) checkTitle(title, 'stdout');
  change(call, issue);
  if (title !== undefined) issue.title = title;
  if (status !== undefined) {
    issue.status = status;
    if (status === 'closed') issue.closed_at = now();
    else delete issue.closed_at;
  }
  const sets = (flags.get('set-labels') ?? []).flatMap(fromCsv);
  // an empty list changes nothing
  if (sets.length > 0) issue.labels = unique(sets);
  issue.labels = unique([...issue.labels, ...(flags.get('add-label') ?? []).flatMap(fromCsv)]);
  const removed = (flags.get('remove-label') ?? []).flatMap(fromCsv);
  issue.labels = issue.labels.filter((label) => !removed.includes(label));
  const parent = flags.get('parent')?.at(-1);
  if (parent !== undefined) {
    const isOther = (one: { issue_id: string; type: string }) =>
      one.issue_id !== issue.id || one.type !== 'parent-child';
    state.dependencies = state.dependencies.filter(isOther);
    if (parent !== '')
      state.dependencies.push(edge(call, issue.id, plainly(() => call.find(parent)).id, 'parent-child'));
  }
  issue.updated_at = now();
  return [bare(issue)];
}

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
  const metadata = isNew ? text('metadata') : undefined;
  if (metadata !== undefined) issue.metadata = { ...issue.metadata, ...JSON.parse(metadata) };
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
  return comment(added, isNew);
}

function comment<One extends { id: string }>(one: One, isNew: boolean): object {
  return { ...one, id: isNew ? `c-${one.id}` : Number(one.id) };
}

function addDependency(call: Call): unknown {
  const { state, operands, flags } = call;
  const [one, other] = [call.find(operands[0] ?? ''), call.find(operands[1] ?? '')];
  const type = flags.get('type')?.at(-1) ?? 'blocks';
  const isSame = state.dependencies.some((each) => each.issue_id === one.id && each.depends_on_id === other.id);
  if (isSame) throw new Refused(`adding dependency: dependency ${one.id} -> ${other.id} already exists`);
  const back = state.dependencies.some(
    (each) => each.issue_id === other.id && each.depends_on_id === one.id && each.type === 'blocks',
  );
  if (back && type === 'blocks') throw new Refused('adding dependency would create a cycle');
  state.dependencies.push(edge(call, one.id, other.id, type));
  return { status: 'added', issue_id: one.id, depends_on_id: other.id, type };
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

function checkTitle(title: string, stream: 'stdout' | 'stderr'): void {
  if (title === '') throw new Refused('title is required', stream);
  const bytes = Buffer.byteLength(title);
  if (bytes > 500) throw new Refused(`title must be 500 characters or less (got ${bytes})`, stream);
}

/** What a command says plainly on stderr, whatever the version. */
function plainly<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw error instanceof Refused ? new Refused(error.message, 'plain') : error;
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
