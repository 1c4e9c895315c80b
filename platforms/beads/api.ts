/** Calls of `bd`: what it is told, what it answers. https://github.com/steveyegge/beads/tree/main/docs */

import { basename, dirname, resolve } from 'node:path';
import { unexpectedAnswer } from '../../core/http/unexpected-answer.ts';
import type { Settings } from '../../core/ports/index.ts';
import { gitOr } from '../../core/programs/git.ts';
import { readLooseJson } from '../../core/programs/loose-json.ts';
import {
  commandWords,
  createProgram,
  option,
  type ProgramAnswer,
  type RunProgram,
  refusedBy,
} from '../../core/programs/program.ts';
import { isRecord } from '../../core/record.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { World } from '../../core/world.ts';
import { NO_SUCH_ISSUE, REFUSALS } from './refusals.ts';

export interface Api {
  readonly world: World;
  readonly command: string;
  /** The payload of a call; `undefined` when it has said nothing. Throws for whatever the program refuses. */
  call(args: readonly string[], more?: CallOptions): Promise<unknown>;
  /** The same, with what the program has said beside it: version 1 only warns when a part of a new issue is not kept. */
  warned(args: readonly string[], more?: CallOptions): Promise<{ payload: unknown; warnings: string }>;
  /** The plain words of a call without JSON. */
  text(args: readonly string[]): Promise<string>;
  /** The help of a command, asked for once: it tells what this version can do. */
  help(command: string): Promise<string>;
  /** Whether a command knows a flag. */
  knows(command: string, flag: string): Promise<boolean>;
  /** In whose name the program writes. */
  actor(): Promise<string | undefined>;
}

export interface CallOptions {
  /** What stands in its standard input. */
  readonly input?: string | undefined;
  /** In whose name, when it is not the usual one. */
  readonly actor?: string;
}

/** bd waits half a minute for whoever holds the issues, and then says so itself. */
const TIMEOUT = 45_000;

export const HOW_TO_GET = 'Please install it, e.g. with `npm install -g @beads/bd` or `brew install beads`.';

/** Starts nothing yet. `run` stands in for the program in tests. */
export function connect(world: World, settings: Settings, run?: RunProgram): Api {
  const { command = 'bd', directory } = settings;
  const started = run ?? program();
  const helps = new Map<string, Promise<string>>();
  let known: Promise<string | undefined> | undefined;

  function program(): RunProgram {
    const given = resolve(world.cwd, directory ?? '.');
    return createProgram(world, {
      ...{ platform: 'beads', title: 'beads', command, howToGet: HOW_TO_GET, maySee: /^(?:BEADS|BD|DOLT)_/ },
      timeout: TIMEOUT,
      // the folder `.beads` itself is understood, too
      cwd: basename(given) === '.beads' ? dirname(given) : given,
      env: async () => {
        const name = await actor();
        return {
          ...(name === undefined ? {} : { BEADS_ACTOR: name, BD_ACTOR: name }),
          // a folder that is named wins over one of the environment
          ...(directory === undefined
            ? {}
            : { BEADS_DIR: resolve(given, basename(given) === '.beads' ? '.' : '.beads') }),
          // versions before 1.0 leave a process behind otherwise
          BEADS_AUTO_START_DAEMON: 'false',
        };
      },
    });
  }

  /** As bd itself finds it out. */
  function actor(): Promise<string | undefined> {
    known ??= (async () => settings['actor'] ?? (await gitOr(world, ['config', 'user.name'])) ?? world.env['USER'])();
    return known;
  }

  async function warned(args: readonly string[], { input, actor: name }: CallOptions = {}) {
    const as = name === undefined ? [] : [option('actor', name)];
    const answer = await answered(['--json', ...as, ...args], input);
    return { payload: payloadOf(answer, args), warnings: warningsIn(answer) };
  }

  async function answered(args: readonly string[], input?: string): Promise<ProgramAnswer> {
    const answer = await started(args, input);
    if (answer.code === 0 && errorIn(answer.stdout) === undefined && !isSilent(answer)) return answer;
    const about = { spoken: `${command} ${commandWords(args)}`, words: reasonOf(answer), code: answer.code };
    throw refusedBy(world, about, REFUSALS);
  }

  function payloadOf({ stdout }: ProgramAnswer, args: readonly string[]): unknown {
    if (stdout.trim() === '') return undefined;
    const found = readLooseJson(stdout);
    if (found === undefined)
      throw unexpectedAnswer('beads', `\`${command} ${commandWords(args)}\`: ${plainLine(stdout, 80)}`);
    return withoutEnvelope(found);
  }

  function help(name: string): Promise<string> {
    const found =
      helps.get(name) ?? started([...name.split(' '), '--help']).then(({ stdout, stderr }) => stdout + stderr);
    helps.set(name, found);
    found.catch(() => helps.delete(name));
    return found;
  }

  return {
    world,
    command,
    warned,
    call: async (args, more) => (await warned(args, more)).payload,
    help,
    actor,
    text: async (args) => (await answered(args)).stdout,
    knows: async (name, flag) => new RegExp(`(?:^|[\\s,])--${flag}\\b(?!-)`, 'm').test(await help(name)),
  };
}

/** Announced for 2.0, and on request before: `{ schema_version, data }`. */
function withoutEnvelope(found: unknown): unknown {
  return isRecord(found) && 'schema_version' in found && 'data' in found ? found['data'] : found;
}

/** Errors are objects on either stream, with exit code 1; the hint says what to do. */
function errorIn(text: string): string | undefined {
  if (!text.includes('"error"')) return undefined;
  const found = withoutEnvelope(readLooseJson(text));
  if (!isRecord(found) || typeof found['error'] !== 'string') return undefined;
  return [found['error'], found['hint']].filter((part) => typeof part === 'string').join(' ');
}

/** Versions before 1.0 end some refusals with exit code 0: then there are words, and no answer. A warning alone refuses nothing. */
function isSilent(answer: ProgramAnswer): boolean {
  return answer.stdout.trim() === '' && plainWords(answer.stderr) !== '';
}

/**
 * Why it was refused. “No issues found” is what `show` says last, of a database that it could not read as well: the reason stands
 * on the other stream then.
 */
function reasonOf({ stdout, stderr }: ProgramAnswer): string {
  const said = errorIn(stdout) ?? errorIn(stderr);
  const plain = errorLine(plainWords(errorIn(stderr) === undefined ? stderr : ''));
  if (said === undefined) return plain || errorLine(plainWords(stdout));
  return NO_SUCH_ISSUE.test(said) && plain !== '' && !NO_SUCH_ISSUE.test(plain) ? plain : said;
}

const WARNING = /^\s*(?:warning\b|note:|ℹ|⚠|💡|tip:)/i;

function plainWords(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !WARNING.test(line));
  return lines.join('\n');
}

function warningsIn({ stderr }: ProgramAnswer): string {
  const lines = stderr.split('\n').filter((line) => WARNING.test(line));
  return lines.map((line) => line.trim()).join(' ');
}

/** Of plain words the line that says `Error:`, else all. */
function errorLine(words: string): string {
  const line = words.split('\n').find((each) => /^\s*error\b/i.test(each));
  return (line ?? words).replace(/^\s*error:\s*/i, '');
}
