/** Calls of `bd`: what it is told, what it answers. https://github.com/steveyegge/beads/tree/main/docs */

import { basename, dirname, resolve } from 'node:path';
import { unexpectedAnswer } from '../../core/http/unexpected-answer.ts';
import type { Settings } from '../../core/ports/index.ts';
import { gitOr } from '../../core/programs/git.ts';
import { readLooseJson } from '../../core/programs/loose-json.ts';
import {
  commandWords,
  createProgram,
  type ProgramAnswer,
  type RunProgram,
  refusedBy,
} from '../../core/programs/program.ts';
import { isRecord } from '../../core/record.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { World } from '../../core/world.ts';
import { REFUSALS } from './refusals.ts';

export interface Api {
  readonly world: World;
  readonly command: string;
  /** The payload of a call; `undefined` when it has said nothing. Throws for whatever the program refuses. */
  call(args: readonly string[], input?: string): Promise<unknown>;
  /** The plain words of a call without JSON. */
  text(args: readonly string[]): Promise<string>;
  /** The help of a command, asked for once: it tells what this version can do. */
  help(command: string): Promise<string>;
  /** Whether a command knows a flag. */
  knows(command: string, flag: string): Promise<boolean>;
  /** In whose name the program writes. */
  actor(): Promise<string | undefined>;
}

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

  async function call(args: readonly string[], input?: string): Promise<unknown> {
    return payloadOf(await answered(['--json', ...args], input), args);
  }

  async function answered(args: readonly string[], input?: string): Promise<ProgramAnswer> {
    const answer = await started(args, input);
    if (answer.code === 0 && errorIn(answer.stdout) === undefined && !isSilent(answer)) return answer;
    const words = errorIn(answer.stdout) ?? errorIn(answer.stderr) ?? firstWords(answer);
    throw refusedBy(world, { spoken: `${command} ${commandWords(args)}`, words, code: answer.code }, REFUSALS);
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
    call,
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

/** Versions before 1.0 end some refusals with exit code 0: then there are words, and no answer. */
function isSilent({ stdout, stderr }: ProgramAnswer): boolean {
  return stdout.trim() === '' && stderr.trim() !== '';
}

/** Of plain words the line that says `Error:`, else all. */
function firstWords({ stdout, stderr }: ProgramAnswer): string {
  const words = stderr.trim() === '' ? stdout : stderr;
  const line = words.split('\n').find((each) => /^\s*error\b/i.test(each));
  return (line ?? words).replace(/^\s*error:\s*/i, '');
}
