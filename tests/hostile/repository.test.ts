/** Commits that pass a folder off as a repository, bring state in a module of git's, or hide their lines from git; commands that open the debugger. */
import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { gate } from '../../src/commands/gate.ts';
import { junitXml } from '../support/workspace.ts';
import { testWorld } from '../support/world.ts';

const TEMPORARY = mkdtempSync(join(tmpdir(), 'pace-hostile-'));
afterAll(() => rmSync(TEMPORARY, { recursive: true, force: true }));

const LOCAL = 'platform: { ci: local, tracker: local }\nci: { enabled: false }\n';
const JUNIT = 'evidence: [{ name: unit, type: junit, path: report.xml }]\n';

let root = '';
let cwd = '';
beforeEach(() => {
  root = mkdtempSync(join(TEMPORARY, 'one-'));
  cwd = join(root, 'work');
  mkdirSync(cwd);
});

const env = () => ({ PATH: process.env['PATH'] ?? '', HOME: root, GIT_CONFIG_NOSYSTEM: '1' });

function git(...args: string[]): string {
  const settings = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', '-c', 'protocol.file.allow=always'];
  return execFileSync('git', [...settings, ...args], { cwd, env: env(), encoding: 'utf8', stdio: 'pipe' }).trim();
}

function write(files: Readonly<Record<string, string>>, folder = cwd): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

function commit(files: Readonly<Record<string, string>>): string {
  write(files);
  git('init', '--quiet', '--initial-branch=main');
  git('add', '--all', '--force');
  git('commit', '--quiet', '--message', 'An innocent change');
  return git('rev-parse', 'HEAD');
}

async function run(folder = cwd, more: Readonly<Record<string, string>> = {}) {
  const world = testWorld({ cwd: folder, env: { ...env(), ...more }, random: Math.random });
  const { report } = await gate(world, { day: '1' });
  return { report, lines: world.lines };
}

/** What git takes for a repository of its own, with a remote that is a program. */
function posing(program: string): Record<string, string> {
  const config = [
    '[core]\n\trepositoryformatversion = 1\n[extensions]\n\tpartialClone = origin',
    `[protocol "ext"]\n\tallow = always\n[remote "origin"]\n\turl = ext::${program}\n\tpromisor = true\n`,
  ];
  return { HEAD: 'ref: refs/heads/main\n', 'objects/.keep': '', 'refs/.keep': '', config: config.join('\n') };
}

const under = (folder: string, files: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text]));

describe('a folder of the commit that looks like a repository of git’s own', () => {
  const program = (folder: string) => {
    writeFileSync(join(root, 'program'), `#!/bin/sh\nenv > ${join(root, 'seen')}\n`, { mode: 0o755 });
    return { ...posing(join(root, 'program')), 'report.xml': junitXml(), 'pace.config.yaml': folder };
  };
  const CONFIG = `${LOCAL}${JUNIT}state: { persist: branch }\n`;

  test('starts no program: the repository is that of the checkout around it', async () => {
    git('init', '--quiet', '--bare', join(root, 'remote.git'));
    const sha = commit(under('shop', program(CONFIG)));
    git('remote', 'add', 'origin', join(root, 'remote.git'));
    const { report } = await run(join(cwd, 'shop'), { GITHUB_TOKEN: 'ghs_abcdefghijkl' });
    expect([report.decision, report.sha, existsSync(join(root, 'seen'))]).toEqual(['SHIP', sha, false]);
    expect(git('ls-remote', 'origin', 'pace/state')).toContain('refs/heads/pace/state');
  });

  test('nor where there is no checkout at all', async () => {
    write(program(CONFIG));
    const { report } = await run(cwd, { GITHUB_TOKEN: 'ghs_abcdefghijkl' });
    expect([report.decision, existsSync(join(root, 'seen'))]).toEqual(['UNKNOWN', false]);
    expect(JSON.stringify(report.faults)).toContain("looks like a repository of git's own, without a checkout");
  });
});

describe('a module of git’s', () => {
  test.each(['.pace/gates/shop', '.pace/day-1', '.pace/branches', '.pace'])('at %s brings no state', async (place) => {
    const module = join(root, 'module');
    write({ 'pause.yaml': 'reason: evil\nby: evil\n', 'decision.yaml': 'decision: SHIP\n' }, module);
    const inModule = (...args: string[]) => git('-C', module, ...args);
    inModule('init', '--quiet');
    inModule('add', '--all');
    inModule('commit', '--quiet', '--message', 'State');
    commit({ 'pace.config.yaml': `${LOCAL}${JUNIT}gate: { name: shop }\n`, 'report.xml': junitXml('adds') });
    git('submodule', '--quiet', 'add', '--force', `file://${module}`, place);
    git('commit', '--quiet', '--message', 'An innocent module');
    for (const index of ['whole', 'split']) {
      if (index === 'split') git('update-index', '--split-index');
      const { report } = await run();
      const tracked = report.notes.filter((note) => note.includes(`git tracks ${place}/, so that any commit`));
      expect([report.decision, tracked.length]).toEqual(['HOLD', 1]);
    }
  });
});

describe('a command of the judged commit', () => {
  test('cannot open the debugger of the program that judges it', async () => {
    const evidence = 'evidence: [{ name: unit, type: command, run: "kill -USR1 $PPID; exit 1" }]\n';
    commit({ 'pace.config.yaml': `${LOCAL}${evidence}` });
    const main = join(import.meta.dirname, '../../src/main.ts');
    const args = ['--disable-warning=ExperimentalWarning', main, 'gate', '--day', '1'];
    const ran = promisify(execFile)(process.execPath, args, { cwd, env: env() });
    const { code, stderr, stdout } = await ran.then(
      (done) => ({ code: 0, ...done }),
      (failed: { code: number; stderr: string; stdout: string }) => failed,
    );
    expect([code, stdout.includes('HOLD')]).toEqual([1, true]);
    expect(stderr).not.toMatch(/debugger|inspector/i);
  });
});
