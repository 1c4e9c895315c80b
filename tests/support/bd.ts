/**
 * Stands in for the program `bd`: answers in the shapes of versions 0.47, 0.49 and 1.0, and keeps its issues in a plain object. What
 * a caller can see is as the program has it: flags, streams, exit codes, lists that are cut, ids that are completed, whole seconds.
 */
import { randomInt } from 'node:crypto';
import type { ProgramAnswer } from '../../core/programs/program.ts';
import { COMMANDS, type Command, helpOf } from './bd/commands.ts';

/** Of which 0.47 lists no dependencies, and only 1.0 counts comments there. */
export type BdVersion = '0.47.1' | '0.49.1' | '1.0.5';

export interface BdIssue {
  id: string;
  title: string;
  description: string;
  status: string;
  priority: number;
  issue_type: string;
  assignee: string;
  created_at: string;
  created_by: string;
  updated_at: string;
  closed_at?: string;
  close_reason?: string;
  due_at?: string;
  defer_until?: string;
  design?: string;
  acceptance_criteria?: string;
  notes?: string;
  estimated_minutes?: number;
  external_ref?: string;
  metadata?: Record<string, unknown>;
  labels: string[];
}

export interface BdState {
  readonly version: BdVersion;
  readonly prefix: string;
  /** The id of its database; versions of 2025 give none. */
  readonly project: string;
  issues: BdIssue[];
  dependencies: { issue_id: string; depends_on_id: string; type: string; created_at: string; created_by: string }[];
  comments: { id: string; issue_id: string; author: string; text: string; created_at: string }[];
  /** How many: their ids are not given again. */
  deleted: number;
  /** By how many milliseconds the clock is ahead: so that a second passes without waiting for it. */
  ahead: number;
  /** Before version 1 no two things happen at the same time. */
  last: number;
  /** Types of one's own. */
  types: string[];
  /** A label that cannot be written, as when its table is in the way: fields are written before. */
  refusedLabel?: string;
  /** What keeps it from its database. */
  trouble?: BdTrouble;
  /** Custom statuses. */
  statuses: string[];
  /** Ids are `bd-1`, `bd-2` …, for tests that need to know them. */
  readonly numbered?: boolean;
}

export type BdTrouble = 'no workspace' | 'fresh clone' | 'locked' | 'unreadable' | 'server down';

export function newBd(version: BdVersion, more: Partial<BdState> = {}): BdState {
  return {
    ...{
      version,
      prefix: 'bd',
      project: '5f0c8f5e-3d0f-4f0a-9d55-2f6f8a0f0b11',
      issues: [],
      dependencies: [],
      comments: [],
      deleted: 0,
      last: 0,
      ahead: 0,
      statuses: [],
      types: [],
    },
    ...more,
  };
}

export interface Call {
  readonly state: BdState;
  readonly operands: readonly string[];
  readonly flags: ReadonlyMap<string, readonly string[]>;
  readonly actor: string;
  /** What is piped into the program. */
  input(): string;
  readonly isNew: boolean;
  /** Says something on stderr, and goes on. */
  warn(words: string): void;
  now(): string;
  newId(parent?: string): string;
  /** Completes a part of an id. Throws `Refused` when there is none. */
  find(id: string): BdIssue;
}

/** `stream`: where version 1 says it as JSON; the older one always speaks plainly on stderr. */
export class Refused extends Error {
  readonly stream: 'stdout' | 'stderr' | 'plain';
  constructor(message: string, stream: 'stdout' | 'stderr' | 'plain' = 'stdout') {
    super(message);
    this.stream = stream;
  }
}

const GLOBAL = new Set(['json', 'quiet', 'help', 'version', 'actor']);

/** One run of the program. */
export function bd(
  state: BdState,
  args: readonly string[],
  env: Record<string, string | undefined> = {},
  input: () => string = () => '',
): ProgramAnswer {
  const isNew = state.version.startsWith('1');
  const enveloped = isNew && env['BD_JSON_ENVELOPE'] === '1';
  const said = (stream: 'stdout' | 'stderr', text: string, code = 0): ProgramAnswer => ({
    ...{ code, stdout: '', stderr: '' },
    [stream]: text,
  });
  let warnings = '';
  const warn = (words: string) => {
    warnings += `${words}\n`;
  };
  try {
    const { name, command, operands, flags } = parse(args);
    if (flags.has('version')) return said('stdout', `bd version ${state.version} (stand-in)\n`);
    if (flags.has('help')) return said('stdout', helpOf(name, command, isNew));
    const actor = flags.get('actor')?.at(-1) ?? actorIn(env);
    refuseTrouble(state, name, isNew);
    const answer = command.run({ ...{ state, operands, flags, isNew, now, newId, find, input, warn }, actor });
    return { ...said('stdout', answer === undefined ? '' : shown(answer)), stderr: warnings };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    // some refusals of the older one look like success
    const isSkipped = /^(?:no issue found|ambiguous)/.test(error.message);
    const code = !isNew && isSkipped && /^(?:show|update|close)$/.test(nameIn(args)) ? 0 : 1;
    if (error.stream === 'plain' || !isNew) return said('stderr', `${warnings}Error: ${error.message}\n`, code);
    const answer = said(error.stream, shown({ error: error.message }), 1);
    return { ...answer, stderr: warnings + answer.stderr };
  }

  function shown(answer: unknown): string {
    const wrapped = enveloped
      ? { schema_version: 1, data: answer }
      : isNew && !Array.isArray(answer) && answer !== null
        ? { ...Object(answer), schema_version: 1 }
        : answer;
    return `${JSON.stringify(wrapped, undefined, 2)}\n`;
  }

  function now(): string {
    const time = Date.now() + state.ahead;
    // the columns of version 1 hold whole seconds, rounded
    if (isNew) return new Date(Math.round(time / 1000) * 1000).toISOString().replace('.000Z', 'Z');
    state.last = Math.max(time, state.last + 1);
    return new Date(state.last).toISOString();
  }

  function newId(parent?: string): string {
    if (parent !== undefined) {
      const children = state.issues.filter(({ id }) => id.startsWith(`${parent}.`));
      return `${parent}.${children.length + 1}`;
    }
    if (state.numbered) return `${state.prefix}-${state.issues.length + state.deleted + 1}`;
    // short as long as they are unlikely to meet
    const length = state.issues.length < 160 ? 3 : state.issues.length < 980 ? 4 : 5;
    for (;;) {
      const id = `${state.prefix}-${randomInt(36 ** length)
        .toString(36)
        .padStart(length, '0')}`;
      if (!state.issues.some((issue) => issue.id === id)) return id;
    }
  }

  function find(id: string): BdIssue {
    const found = state.issues.find((issue) => issue.id === id);
    const part = id.replace(`${state.prefix}-`, '');
    const partial = state.issues.filter((issue) => issue.id.replace(`${state.prefix}-`, '').includes(part));
    if (!found && partial.length > 1) {
      throw new Refused(
        `ambiguous ID "${id}" matches ${partial.length} issues: [${partial.map((one) => one.id).join(' ')}]`,
      );
    }
    const issue = found ?? partial[0];
    if (!issue) throw new Refused(`no issue found matching "${id}"`);
    return issue;
  }
}

/** As it speaks when it cannot read its issues: each kind of trouble in its own place. */
function refuseTrouble({ trouble, prefix }: BdState, name: string, isNew: boolean): void {
  if (trouble === undefined) return;
  if (trouble === 'no workspace')
    throw new Refused("no beads database found\nHint: run 'bd where', or 'bd init' to create a new database", 'plain');
  // `show` hides it behind its own last words
  if (trouble === 'unreadable' && name === 'show') return;
  throw new Refused(`failed to open database: ${TROUBLE[trouble](prefix)}`, isNew ? 'stderr' : 'plain');
}

const TROUBLE: Readonly<Record<Exclude<BdTrouble, 'no workspace'>, (database: string) => string>> = {
  'fresh clone': (name) =>
    `database "${name}" not found on Dolt server at 127.0.0.1:3307\n\nTip: If this is an existing project, run bd bootstrap first.\nUse bd init only when creating a brand-new project.`,
  locked: () => 'embeddeddolt: another process holds the exclusive lock on .beads/embeddeddolt',
  unreadable: () => 'schema probe failed: file is not a database',
  'server down': () => 'Dolt server unreachable at 127.0.0.1:3307 and auto-start failed',
};

function nameIn(args: readonly string[]): string {
  return args.find((arg) => !arg.startsWith('-')) ?? '';
}

function actorIn(env: Record<string, string | undefined>): string {
  return env['BEADS_ACTOR'] ?? env['BD_ACTOR'] ?? env['USER'] ?? 'unknown';
}

interface Parsed {
  readonly name: string;
  readonly command: Command;
  readonly operands: string[];
  readonly flags: Map<string, string[]>;
}

/** As cobra reads a line: flags anywhere, `--` ends them, an unknown one is an error before anything happens. */
function parse(args: readonly string[]): Parsed {
  const words: string[] = [];
  const given: [string, string][] = [];
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === '--') {
      words.push(...rest.splice(0));
    } else if (arg.startsWith('--')) {
      const [, name = '', value] = /^--([^=]+)(?:=(.*))?$/s.exec(arg) ?? [];
      given.push([name, value ?? 'true']);
    } else if (arg.startsWith('-') && arg !== '-') {
      throw new Refused(`unknown shorthand flag: '${arg[1]}' in ${arg}`, 'plain');
    } else words.push(arg);
  }
  const two = words.slice(0, 2).join(' ');
  const name = two in COMMANDS ? two : (words[0] ?? '');
  const isBare = given.some(([flag]) => flag === 'version') && words.length === 0;
  const command = isBare ? { flags: [], run: () => undefined } : COMMANDS[name];
  if (!command) throw new Refused(`unknown command "${name}" for "bd"`, 'plain');
  return { name, command, operands: words.slice(name.split(' ').length), flags: collected(given) };
}

function collected(given: readonly [string, string][]): Map<string, string[]> {
  const flags = new Map<string, string[]>();
  for (const [name, value] of given) flags.set(name, [...(flags.get(name) ?? []), value]);
  return flags;
}

export function isGlobal(flag: string): boolean {
  return GLOBAL.has(flag);
}
