/** Runs the job of `templates/gate.yml` with the real `gitlab-ci-local` and its shell executor, in a real git repository. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);

export interface JobResult {
  readonly exitCode: number;
  /** Both streams. */
  readonly output: string;
  readonly stdout: string;
}

export interface GitLabProject {
  readonly folder: string;
  /** Of the only commit. */
  readonly sha: string;
  /** Runs one job, with these CI/CD variables. */
  runJob(name: string, variables?: Readonly<Record<string, string>>): Promise<JobResult>;
  /** The whole `.gitlab-ci.yml`, everything included and filled in. */
  preview(): Promise<string>;
  /** The artifacts of a job, by path; of the dotenv report under its own name. */
  artifacts(job: string): Promise<Record<string, string>>;
  dispose(): Promise<void>;
}

/** A repository with these files, which includes the template. Its `origin` is acme/pace-demo. */
export async function gitLabProject(options: {
  files: Readonly<Record<string, string>>;
  /** YAML under `inputs:` of a pipeline that has nothing but the gate. */
  inputs?: string;
  /** The whole `.gitlab-ci.yml`, instead. */
  pipeline?: string;
}): Promise<GitLabProject> {
  const base = await mkdtemp(join(tmpdir(), 'pace-gitlab-job-'));
  const folder = join(base, 'repository');
  const environment = await prepare(base);
  const command = async (program: string, args: readonly string[]): Promise<JobResult> => {
    try {
      const settings = { cwd: folder, env: environment, maxBuffer: 1 << 26, timeout: 120_000 };
      const { stdout, stderr } = await run(program, [...args], settings);
      return { exitCode: 0, stdout, output: stdout + stderr };
    } catch (error) {
      const { code, stdout = '', stderr = '' } = error as { code?: unknown; stdout?: string; stderr?: string };
      if (typeof code !== 'number') throw error;
      return { exitCode: code, stdout, output: stdout + stderr };
    }
  };
  const pipeline = options.pipeline ?? gateOnly(options.inputs ?? '');
  await mkdir(join(folder, 'templates'), { recursive: true });
  await cp(join(root, 'templates/gate.yml'), join(folder, 'templates/gate.yml'));
  await writeFiles(folder, { '.gitlab-ci.yml': pipeline, '.gitignore': '.gitlab-ci-local/\n', ...options.files });
  for (const args of [
    ['init', '--quiet', '--initial-branch=main'],
    // not by ssh: gitlab-ci-local would ask the program of that name
    ['remote', 'add', 'origin', 'https://gitlab.example.org/acme/pace-demo.git'],
    ['add', '--all'],
    ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', 'commit', '--quiet', '--message', 'First'],
  ]) {
    await command('git', args);
  }
  const head = await command('git', ['rev-parse', 'HEAD']);
  const tool = join(root, 'node_modules/.bin/gitlab-ci-local');
  return {
    folder,
    sha: head.stdout.trim(),
    runJob: (name, variables = {}) => command(tool, [...shellExecutor(variables), name]),
    preview: async () => (await command(tool, ['--preview'])).stdout,
    artifacts: (job) => readAll(join(folder, '.gitlab-ci-local/artifacts', job)),
    dispose: () => rm(base, { recursive: true, force: true }),
  };
}

function gateOnly(inputs: string): string {
  const indented = inputs.trim().replace(/^/gm, '      ');
  return `stages: [test, gate]\ninclude:\n  - local: /templates/gate.yml\n    inputs:\n${indented}\n`;
}

/** gitlab-ci-local's own values give way to the variables that are given. */
function shellExecutor(variables: Readonly<Record<string, string>>): string[] {
  const given = { GITLAB_CI: 'true', ...variables };
  return [
    ...['--force-shell-executor', '--shell-isolation', '--ignore-predefined-vars', Object.keys(given).join(',')],
    ...Object.entries(given).flatMap(([name, value]) => ['--variable', `${name}=${value}`]),
  ];
}

/** The environment: a home of its own, this Node first in the path, and something that answers to `rsync`. */
async function prepare(base: string): Promise<Record<string, string>> {
  const [bin, home] = [join(base, 'bin'), join(base, 'home')];
  await mkdir(bin);
  await mkdir(home);
  const path = [dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter);
  if (!path.split(delimiter).some((folder) => existsSync(join(folder, 'rsync')))) {
    const script = join(root, 'tests/support/rsync.ts');
    await writeFile(join(bin, 'rsync'), `#!/bin/sh\nexec "${process.execPath}" "${script}" "$@"\n`);
    await chmod(join(bin, 'rsync'), 0o755);
  }
  return { PATH: `${bin}${delimiter}${path}`, HOME: home, LC_ALL: 'C' };
}

async function writeFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

async function readAll(folder: string): Promise<Record<string, string>> {
  if (!existsSync(folder)) return {};
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const pairs = paths.map(async (path) => [path.slice(folder.length + 1), await readFile(path, 'utf8')] as const);
  return Object.fromEntries(await Promise.all(pairs));
}
