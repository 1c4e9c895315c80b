/** A folder of its own for a run: a real git checkout, files written and listed. */
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import type { Report } from '../../src/gate/report.ts';
import { copyTree } from './copy-tree.ts';

export interface Workspace {
  readonly path: string;
  write(files: Readonly<Record<string, string>>): Promise<void>;
  remove(...paths: string[]): Promise<void>;
  read(path: string): Promise<string>;
  /** `.pace/day-N/decision.yaml`. */
  decision(day: number): Promise<Report>;
  /** `.pace/change-ID/decision.yaml`. */
  change(id: string): Promise<Report>;
  /** Commits everything there is besides `.pace`, and returns the hash. */
  commit(message?: string): Promise<string>;
  git(...args: string[]): Promise<string>;
  /** Every file but git's own: path → content. */
  files(): Promise<Record<string, string>>;
  dispose(): Promise<void>;
}

const PERSON = ['-c', 'user.name=A Person', '-c', 'user.email=person@example.org', '-c', 'commit.gpgsign=false'];

/** `git: false` makes a bare folder. */
export async function newWorkspace(
  files: Readonly<Record<string, string>> = {},
  options: { git?: boolean } = {},
): Promise<Workspace> {
  const path = await realpath(await mkdtemp(join(tmpdir(), 'pace-run-')));
  const workspace = workspaceAt(path, path);
  await workspace.write(files);
  if (options.git ?? true) {
    await initialize(path);
    await workspace.git('add', '--all', '--', '.', ':!.pace');
    await workspace.git('commit', '--quiet', '--allow-empty', '--message', 'The beginning');
  }
  return workspace;
}

/** What `git init` makes, made once and kept in memory: to write it takes less than to start git. */
async function newRepository(): Promise<readonly Entry[]> {
  const path = await mkdtemp(join(tmpdir(), 'pace-empty-'));
  await workspaceAt(path, path).git('init', '--quiet', '--initial-branch=main');
  const entries = (await readdir(path, { recursive: true, withFileTypes: true }))
    .map((entry) => ({ entry, at: relative(path, join(entry.parentPath, entry.name)) }))
    // examples of hooks
    .filter(({ at }) => !at.endsWith('.sample'))
    .map(({ entry, at }) => (entry.isDirectory() ? { at } : { at, content: readFileSync(join(path, at)) }));
  await rm(path, { recursive: true, force: true });
  return entries;
}

interface Entry {
  readonly at: string;
  /** Of a file. */
  readonly content?: Buffer;
}

let repository: Promise<readonly Entry[]> | undefined;

async function initialize(path: string): Promise<void> {
  repository ??= newRepository();
  for (const { at, content } of await repository) {
    mkdirSync(join(path, content ? dirname(at) : at), { recursive: true });
    if (content) writeFileSync(join(path, at), content);
  }
}

/** All that is there, under the same name in another place: what PACE remembers of a checkout without a remote goes by its name. */
export async function copyOf({ path }: Workspace): Promise<Workspace> {
  const parent = await realpath(await mkdtemp(join(tmpdir(), 'pace-copy-')));
  const copy = join(parent, basename(path));
  copyTree(path, copy);
  return workspaceAt(copy, parent);
}

function workspaceAt(path: string, disposable: string): Workspace {
  async function git(...args: string[]): Promise<string> {
    const env = { PATH: process.env['PATH'] ?? '', HOME: path, GIT_CONFIG_NOSYSTEM: '1' };
    const { stdout } = await promisify(execFile)('git', [...PERSON, ...args], { cwd: path, env });
    return stdout.trim();
  }
  async function write(wanted: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, text] of Object.entries(wanted)) {
      await mkdir(dirname(join(path, name)), { recursive: true });
      await writeFile(join(path, name), text);
    }
  }
  async function commit(message = 'A change'): Promise<string> {
    await git('add', '--all', '--', '.', ':!.pace');
    await git('commit', '--quiet', '--allow-empty', '--message', message);
    return git('rev-parse', 'HEAD');
  }

  return {
    path,
    write,
    git,
    commit,
    remove: async (...names) => {
      for (const name of names) await rm(join(path, name), { recursive: true, force: true });
    },
    read: (name) => readFile(join(path, name), 'utf8'),
    decision: async (day) => parse(await readFile(join(path, `.pace/day-${day}/decision.yaml`), 'utf8')),
    change: async (id) => parse(await readFile(join(path, `.pace/change-${id}/decision.yaml`), 'utf8')),
    files: async () => {
      const entries = await readdir(path, { recursive: true, withFileTypes: true });
      const names = entries
        .filter((entry) => !entry.isDirectory())
        .map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1))
        .filter((name) => !name.startsWith('.git/'))
        .sort();
      return Object.fromEntries(
        await Promise.all(names.map(async (name) => [name, (await readFile(join(path, name))).toString('base64')])),
      );
    },
    dispose: () => rm(disposable, { recursive: true, force: true }),
  };
}

/** A JUnit report in which these tests have failed and one other has passed. */
export function junitXml(...failed: string[]): string {
  const cases = failed.map(
    (name) => `<testcase classname="app" name="${name}"><failure message="expected 1, got 2"/></testcase>`,
  );
  const count = failed.length;
  return `<testsuites><testsuite name="app" tests="${count + 1}" failures="${count}"><testcase classname="app" name="works"/>${cases.join('')}</testsuite></testsuites>\n`;
}
