/** Calls of `fp`: what it is told, what it answers. https://fp.dev/docs */
import { basename, dirname, resolve } from 'node:path';
import { defined } from '../../core/defined.ts';
import { unexpectedAnswer } from '../../core/http/unexpected-answer.ts';
import type { Settings } from '../../core/ports/index.ts';
import { readLooseJson } from '../../core/programs/loose-json.ts';
import {
  commandWords,
  createProgram,
  type ProgramAnswer,
  type RunProgram,
  refusedBy,
} from '../../core/programs/program.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { World } from '../../core/world.ts';
import { REFUSALS, tooOld } from './refusals.ts';

export interface Api {
  readonly world: World;
  readonly command: string;
  /** Runs to the end. Throws for whatever the program refuses. */
  run(args: readonly string[]): Promise<ProgramAnswer>;
  /** The answer of a call with `--format json`; `undefined` where this version speaks only plainly. */
  json(args: readonly string[]): Promise<unknown>;
  /** What the folder's project has, asked for once. */
  project(): Promise<Project>;
  /** Throws `unsupported` when the command's help names some of its flags, and not this one. */
  requireFlags(command: string, flags: readonly string[]): Promise<void>;
  /** The help of a command, asked for once. */
  help(command: string): Promise<string>;
}

export interface Project {
  /** The `FP` of `FP-abcd`; absent where this version does not tell. */
  readonly prefix?: string;
  readonly statuses: readonly string[];
  /** Labels are a property that an extension of the project registers. */
  readonly hasLabels: boolean;
}

export const HOW_TO_GET =
  'Please install it as https://fp.dev/docs says, e.g. `curl -fsSL https://setup.fp.dev/install.sh | sh -s`.';

const USUAL_STATUSES = ['todo', 'in-progress', 'done'];

/** Starts nothing yet. `run` stands in for the program in tests. */
export function connect(world: World, settings: Settings, run?: RunProgram): Api {
  const { command = 'fp', directory = '.' } = settings;
  const given = resolve(world.cwd, directory);
  const started =
    run ??
    createProgram(world, {
      ...{ platform: 'fp', title: 'fp', command, howToGet: HOW_TO_GET, maySee: /^(?:FP|FIBERPLANE)_/ },
      cwd: basename(given) === '.fp' ? dirname(given) : given,
    });
  const helps = new Map<string, Promise<string>>();
  let known: Promise<Project> | undefined;

  async function succeeded(args: readonly string[]): Promise<ProgramAnswer> {
    const answer = await started(args);
    if (answer.code === 0) return answer;
    throw refusedBy(world, { spoken: spokenOf(args), words: wordsIn(answer), code: answer.code }, REFUSALS);
  }

  async function json(args: readonly string[]): Promise<unknown> {
    const answer = await started([...args, '--format', 'json']);
    if (answer.code !== 0) {
      const words = wordsIn(answer);
      // older versions know no formats
      if (/--format|unknown (?:argument|option|flag)/i.test(words)) return undefined;
      throw refusedBy(world, { spoken: spokenOf(args), words, code: answer.code }, REFUSALS);
    }
    const found = readLooseJson(answer.stdout);
    if (found === undefined) throw unexpectedAnswer('fp', `\`${spokenOf(args)}\`: ${plainLine(answer.stdout, 80)}`);
    return found;
  }

  function spokenOf(args: readonly string[]): string {
    return `${command} ${commandWords(args)}`;
  }

  function help(name: string): Promise<string> {
    const found =
      helps.get(name) ?? started([...name.split(' '), '--help']).then(({ stdout, stderr }) => stdout + stderr);
    helps.set(name, found);
    found.catch(() => helps.delete(name));
    return found;
  }

  function project(): Promise<Project> {
    // it is printed on either stream
    known ??= started(['guide']).then(({ stdout, stderr }) => readGuide(`${stdout}\n${stderr}`));
    known.catch(() => {
      known = undefined;
    });
    return known;
  }

  return {
    ...{ world, command, json, help, project },
    run: succeeded,
    requireFlags: async (name, flags) => {
      const words = await help(name);
      const has = (flag: string) => new RegExp(`(?:^|[\\s,])--${flag}\\b(?!-)`, 'm').test(words);
      const missing = has('status') ? flags.filter((flag) => !has(flag)) : [];
      if (missing.length > 0) throw tooOld(`change ${missing.join(' and ')} of an issue`);
    },
  };
}

/** `fp guide` is the only place where statuses and properties are listed. Older versions have none. */
export function readGuide(words: string): Project {
  const [, prefix] = /^\s*-\s*Prefix:\s*(\S+)\s*$/im.exec(words) ?? [];
  const [, statuses] = /^\s*-\s*Registered statuses[^:\n]*:\s*(.+?)\s*$/im.exec(words) ?? [];
  const [, properties = ''] = /^\s*-\s*Other registered properties:\s*(.+?)\s*$/im.exec(words) ?? [];
  return {
    ...defined({ prefix }),
    statuses: statuses === undefined ? USUAL_STATUSES : statuses.split(',').map((name) => name.trim()),
    hasLabels: /(?:^|,)\s*labels\b/.test(properties),
  };
}

/** The documented form; a value that begins with a dash is bound to its flag. */
export function flag(name: string, value: string): string[] {
  return value.startsWith('-') ? [`--${name}=${value}`] : [`--${name}`, value];
}

/** fp fails with prose on either stream; what it suggests stands in the lines below. */
function wordsIn({ stdout, stderr }: ProgramAnswer): string {
  return stderr.trim() === '' ? stdout : stderr;
}
