/**
 * Stands in for the program `fp` of Fiberplane, as version 0.25 prints: JSON of lists and issues, prose for all else, the guide on
 * stderr; or as an older one, which prints only lines. Its issues are kept in a plain object.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ProgramAnswer } from '../../core/programs/program.ts';

export interface FpIssue {
  readonly id: string;
  title: string;
  description: string;
  status: string;
  priority: string | null;
  parent: string | null;
  dependencies: string[];
  author: string;
  createdAt: string;
  updatedAt: string;
  labels: string[];
}

export interface FpState {
  readonly prefix: string;
  readonly statuses: string[];
  /** An extension has registered the property `labels`. */
  readonly hasLabels: boolean;
  /** How the property takes several values. */
  readonly labelForm: 'commas' | 'repeated';
  /** Older builds list no properties, and even older ones only lines. */
  readonly lists: 'properties' | 'bare' | 'lines';
  /** Nobody is logged in without one. */
  readonly email?: string;
  issues: FpIssue[];
  comments: { id: string; issueId: string; author: string; content: string; createdAt: string }[];
  last: number;
  /** Ids are `FP-aaaaaaaa`, `FP-bbbbbbbb` …, for tests that need to know them. */
  readonly numbered?: boolean;
}

export function newFp(more: Partial<FpState> = {}): FpState {
  return {
    ...{ prefix: 'FP', statuses: ['todo', 'in-progress', 'done'], hasLabels: false, labelForm: 'commas' },
    ...{ lists: 'properties', email: 'ann@example.org', issues: [], comments: [], last: 0 },
    ...more,
  };
}

class Refused extends Error {}

const SHORT = 8;
const FLAGS: Readonly<Record<string, readonly string[]>> = {
  'issue list': ['format', 'limit', 'status'],
  'issue show': ['format'],
  'issue create': ['title', 'description', 'parent', 'priority', 'depends', 'property'],
  'issue update': ['title', 'description', 'parent', 'priority', 'depends', 'property', 'status'],
  'comment list': ['format'],
  'comment add': ['file'],
  'comment update': ['file'],
  'comment delete': [],
};

/** One run of the program. */
export function fp(state: FpState, args: readonly string[]): ProgramAnswer {
  try {
    return run(state, args);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { code: 1, stdout: '', stderr: `${error.message}\n` };
  }
}

function run(state: FpState, args: readonly string[]): ProgramAnswer {
  const { words, flags } = parse(args);
  const [first = '', second = ''] = words;
  const isOld = state.lists === 'lines';
  const name = FLAGS[`${first} ${second}`] ? `${first} ${second}` : first;
  if (flags.has('version')) return out('0.25.0 (d818046)\n');
  const known = (FLAGS[name] ?? []).filter(
    (flag) => !isOld || !['format', 'title', 'description', 'parent'].includes(flag),
  );
  if (flags.has('help')) return out(`Usage: fp ${name}\n\nOptions:\n${known.map((flag) => `  --${flag}\n`).join('')}`);
  const isNew = name === 'issue create' && isOld;
  for (const flag of flags.keys()) {
    if (!known.includes(flag) && !isNew) throw new Refused(`Unknown argument: --${flag}`);
  }
  const operand = words[name.split(' ').length] ?? '';
  switch (name === 'comment' && isOld ? 'comment' : name) {
    case 'guide':
      return isOld ? fail('Unknown command: guide') : { code: 0, stdout: '', stderr: guide(state) };
    case 'auth':
      return state.email === undefined
        ? fail('Not logged in')
        : out(`✓ Token valid\n\n  Name: Ann\n  Email: ${state.email}\n`);
    case 'issue list':
      return out(isOld ? state.issues.map((issue) => `├─ ${line(state, issue)}\n`).join('') : list(state));
    case 'issue show':
      return out(isOld ? `${line(state, find(state, operand))}\n` : show(state, find(state, operand)));
    case 'context':
      return out(`${find(state, operand).description}\n`);
    case 'issue create':
      return create(state, flags);
    case 'issue update':
      return update(state, find(state, operand), flags);
    case 'comment list':
      return comments(state, find(state, operand));
    case 'comment add':
      return addComment(state, find(state, operand), flags);
    case 'comment update':
      ownComment(state, operand).content = read(flags);
      return out('Updated\n');
    case 'comment delete':
      state.comments.splice(state.comments.indexOf(ownComment(state, operand)), 1);
      return out('Deleted\n');
    default:
      throw new Refused(`Unknown argument: ${first}`);
  }
}

/** A value stands behind its flag or is bound to it; one that begins with a dash is taken for a flag. */
function parse(args: readonly string[]): { words: string[]; flags: Map<string, string[]> } {
  const words: string[] = [];
  const flags = new Map<string, string[]>();
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    const [, name, bound] = /^--([a-z-]+)(?:=(.*))?$/s.exec(arg) ?? [];
    if (name === undefined && arg.startsWith('-')) throw new Refused(`Unknown argument: ${arg}`);
    if (name === undefined) words.push(arg);
    else if (['help', 'version'].includes(name)) flags.set(name, ['true']);
    else {
      if (bound === undefined && (rest[0] === undefined || rest[0].startsWith('-'))) {
        throw new Refused(`Missing value for --${name}`);
      }
      flags.set(name, [...(flags.get(name) ?? []), bound ?? rest.shift() ?? '']);
    }
  }
  return { words, flags };
}

function create(state: FpState, flags: Map<string, string[]>): ProgramAnswer {
  const title = (flags.get('title')?.at(-1) ?? '').trim();
  if (title === '') throw new Refused('--title is required');
  const parent = flags.get('parent')?.at(-1);
  const at = now(state);
  const letters = state.numbered ? Buffer.alloc(32, state.issues.length) : randomBytes(32);
  const id = [...letters].map((byte) => String.fromCharCode(97 + (byte % 26))).join('');
  const issue: FpIssue = {
    ...{
      id,
      title,
      description: '',
      status: state.statuses[0] ?? 'todo',
      priority: null,
      dependencies: [],
      labels: [],
    },
    ...{ parent: parent ? find(state, parent).id : null, author: state.email ?? '', createdAt: at, updatedAt: at },
  };
  change(state, issue, flags);
  state.issues.push(issue);
  return out(`✓ Created issue ${display(state, issue)}\n  ${title}\n`);
}

function update(state: FpState, issue: FpIssue, flags: Map<string, string[]>): ProgramAnswer {
  const status = flags.get('status')?.at(-1);
  if (status !== undefined && !state.statuses.includes(status)) {
    throw new Refused(`Invalid status: Status "${status}" is not in the registered options.`);
  }
  change(state, issue, flags);
  const title = flags.get('title')?.at(-1);
  if (title !== undefined) issue.title = title.trim();
  if (status !== undefined) issue.status = status;
  const parent = flags.get('parent')?.at(-1);
  if (parent !== undefined) issue.parent = parent === '' ? null : find(state, parent).id;
  issue.updatedAt = now(state);
  return out(`Updated ${display(state, issue)}\n`);
}

function change(state: FpState, issue: FpIssue, flags: Map<string, string[]>): void {
  const text = (name: string) => flags.get(name)?.at(-1);
  const priority = text('priority');
  if (priority !== undefined && !['critical', 'high', 'medium', 'low', 'none'].includes(priority)) {
    throw new Refused(`Invalid priority: ${priority}`);
  }
  issue.description = text('description') ?? issue.description;
  if (priority !== undefined) issue.priority = priority === 'none' ? null : priority;
  const depends = text('depends');
  if (depends !== undefined) {
    issue.dependencies = depends
      .split(',')
      .filter(Boolean)
      .map((each) => find(state, each).id);
  }
  const properties = flags.get('property') ?? [];
  if (properties.length === 0) return;
  if (!state.hasLabels) throw new Refused("Invalid value for extension property 'labels': Property is not registered");
  const values = properties.map((each) => each.slice(each.indexOf('=') + 1));
  issue.labels =
    state.labelForm === 'commas' ? values.flatMap((each) => each.split(',')).filter(Boolean) : values.filter(Boolean);
}

function list(state: FpState): string {
  const issues = state.issues.map(({ author: _, labels, ...issue }) => ({
    ...issue,
    shortId: issue.id.slice(0, SHORT),
    ...(state.lists === 'properties' ? { properties: labels.length > 0 ? { labels } : {} } : {}),
  }));
  // control characters come as they are
  return `${JSON.stringify({ issues }, undefined, 2)
    .replace(/(?<!\\)((?:\\\\)*)\\t/g, '$1\t')
    .replace(/(?<!\\)((?:\\\\)*)\\n/g, '$1\n')}\n`;
}

function show(state: FpState, issue: FpIssue): string {
  const { labels, ...rest } = issue;
  const properties = labels.length > 0 ? { labels } : {};
  return `${JSON.stringify({ ...rest, displayId: display(state, issue), revisions: [], properties }, undefined, 2)}\n`;
}

function comments(state: FpState, issue: FpIssue): ProgramAnswer {
  const found = state.comments.filter(({ issueId }) => issueId === issue.id).toReversed();
  return out(JSON.stringify({ comments: found }));
}

function addComment(state: FpState, issue: FpIssue, flags: Map<string, string[]>): ProgramAnswer {
  const id = `c${state.comments.length + 1}-${randomBytes(4).toString('hex')}`;
  const content = read(flags);
  state.comments.push({ id, issueId: issue.id, author: state.email ?? '', content, createdAt: now(state) });
  return out('✓ Added comment\n');
}

function ownComment(state: FpState, id: string) {
  const found = state.comments.find((each) => each.id === id);
  if (!found) throw new Refused(`Comment ${id} not found`);
  return found;
}

/** Line ends at the end are not kept. */
function read(flags: Map<string, string[]>): string {
  return readFileSync(flags.get('file')?.at(-1) ?? '', 'utf8').trimEnd();
}

function find(state: FpState, key: string): FpIssue {
  const short = key.replace(`${state.prefix}-`, '');
  const found = state.issues.filter((issue) => short !== '' && issue.id.startsWith(short));
  const [issue, more] = found;
  if (!issue || more)
    throw new Refused(`Issue ${key} not found\n  Suggestion: Run 'fp issue list' to see available issues`);
  return issue;
}

function display(state: FpState, issue: FpIssue): string {
  return `${state.prefix}-${issue.id.slice(0, SHORT)}`;
}

function line(state: FpState, issue: FpIssue): string {
  return `${display(state, issue)} [${issue.status}] ${issue.priority ? `[${issue.priority}] ` : ''}${issue.title}`;
}

function guide(state: FpState): string {
  return [
    '## Project context',
    `- Prefix: ${state.prefix}`,
    `- Registered statuses (in order): ${state.statuses.join(', ')}`,
    `  - Default for new issues: ${state.statuses[0]}`,
    ...(state.hasLabels ? ['- Other registered properties: labels (multiselect), workstation (select)'] : []),
    '',
  ].join('\n');
}

function now(state: FpState): string {
  state.last = Math.max(Date.now(), state.last + 1);
  return new Date(state.last).toISOString();
}

function out(stdout: string): ProgramAnswer {
  return { code: 0, stdout, stderr: '' };
}

function fail(words: string): ProgramAnswer {
  return { code: 1, stdout: `${words}\n`, stderr: '' };
}
