/**
 * Stands in for the program `bd`: answers in the shapes of version 0.49 and of 1.0, and keeps its issues in a plain object. What
 * a caller can see is as the program has it: flags, streams, exit codes, lists that are cut, ids that are completed.
 */
import { randomBytes } from 'node:crypto';
import type { ProgramAnswer } from '../../core/programs/program.ts';
import { COMMANDS, type Command, helpOf } from './bd/commands.ts';

export type BdVersion = '0.49.1' | '1.0.5';

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
  external_ref?: string;
  metadata?: Record<string, unknown>;
  labels: string[];
}

export interface BdState {
  readonly version: BdVersion;
  readonly prefix: string;
  issues: BdIssue[];
  dependencies: { issue_id: string; depends_on_id: string; type: string; created_at: string; created_by: string }[];
  comments: { id: string; issue_id: string; author: string; text: string; created_at: string }[];
  /** No two things happen at the same time. */
  last: number;
  /** Custom statuses. */
  statuses: string[];
  /** Ids are `bd-1`, `bd-2` …, for tests that need to know them. */
  readonly numbered?: boolean;
}

export function newBd(version: BdVersion, more: Partial<BdState> = {}): BdState {
  return { version, prefix: 'bd', issues: [], dependencies: [], comments: [], last: 0, statuses: [], ...more };
}

export interface Call {
  readonly state: BdState;
  readonly operands: readonly string[];
  readonly flags: ReadonlyMap<string, readonly string[]>;
  readonly actor: string;
  /** What is piped into the program. */
  input(): string;
  readonly isNew: boolean;
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

const GLOBAL = new Set(['json', 'quiet', 'help', 'version']);

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
  try {
    const { name, command, operands, flags } = parse(args);
    if (flags.has('version')) return said('stdout', `bd version ${state.version} (stand-in)\n`);
    if (flags.has('help')) return said('stdout', helpOf(name, command, isNew));
    const answer = command.run({ ...{ state, operands, flags, isNew, now, newId, find, input }, actor: actorIn(env) });
    if (answer === undefined) return said('stdout', '');
    return said('stdout', shown(answer));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    // some refusals of the older one look like success
    const code =
      !isNew && error.message.startsWith('resolving') && /^(?:show|update|close)$/.test(nameIn(args)) ? 0 : 1;
    if (error.stream === 'plain' || !isNew) return said('stderr', `Error: ${error.message}\n`, code);
    return said(error.stream, shown({ error: error.message }), 1);
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
    state.last = Math.max(Date.now(), state.last + 1);
    return new Date(state.last).toISOString();
  }

  function newId(parent?: string): string {
    const id = state.numbered ? String(state.issues.length + 1) : randomBytes(4).toString('hex');
    if (parent === undefined) return `${state.prefix}-${id}`;
    const children = state.issues.filter(({ id }) => id.startsWith(`${parent}.`));
    return `${parent}.${children.length + 1}`;
  }

  function find(id: string): BdIssue {
    const [found, more] = state.issues.filter((issue) => issue.id === id);
    const partial = state.issues.filter((issue) =>
      issue.id.replace(`${state.prefix}-`, '').startsWith(id.replace(/^.*-/, '')),
    );
    const issue = found && !more ? found : partial.length === 1 ? partial[0] : undefined;
    if (!issue) throw new Refused(`resolving ID ${id}: no issue found matching "${id}"`);
    return issue;
  }
}

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
