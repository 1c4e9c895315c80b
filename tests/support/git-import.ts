/** Commits for a test's repository, all by one process: a checkout, an `add` and a `commit` for each take most of a test's time. */
import { execFile } from 'node:child_process';

export interface NewCommit {
  /** The whole name of the reference that comes to stand on it. */
  readonly ref: string;
  readonly message: string;
  /** Hashes, or the places of earlier ones in the list. */
  readonly parents?: readonly (string | number)[];
  /** Beside what its first parent has. */
  readonly files?: Readonly<Record<string, string>>;
  /** Files and folders of its first parent. */
  readonly removes?: readonly string[];
}

/** Their hashes, in their order. Neither index nor checkout is touched. https://git-scm.com/docs/git-fast-import */
export async function importCommits(cwd: string, commits: readonly NewCommit[]): Promise<string[]> {
  const asked = commits.map((_, place) => `get-mark :${place + 1}\n`).join('');
  const stream = Buffer.concat([...commits.map(commitText), Buffer.from(`${asked}done\n`)]);
  return (await fastImport(cwd, stream)).trim().split('\n');
}

function fastImport(cwd: string, stream: Buffer): Promise<string> {
  const env = { PATH: process.env['PATH'] ?? '', HOME: cwd, GIT_CONFIG_NOSYSTEM: '1' };
  return new Promise((resolve, reject) => {
    const child = execFile('git', ['fast-import', '--quiet', '--done', '--force'], { cwd, env }, (error, stdout) =>
      error ? reject(error) : resolve(stdout),
    );
    child.stdin?.end(stream);
  });
}

function commitText({ ref, message, parents = [], files = {}, removes = [] }: NewCommit, place: number): Buffer {
  const [first, ...others] = parents.map((parent) => (typeof parent === 'number' ? `:${parent + 1}` : parent));
  const now = Math.floor(Date.now() / 1000);
  return Buffer.from(
    [
      `commit ${ref}\nmark :${place + 1}\ncommitter A Person <person@example.org> ${now} +0000\n${data(message)}`,
      // without it the reference would be gone on with
      first === undefined ? 'deleteall\n' : `from ${first}\n`,
      ...others.map((other) => `merge ${other}\n`),
      ...removes.map((path) => `D ${path}\n`),
      ...Object.entries(files).map(([path, text]) => `M 100644 inline ${path}\n${data(text)}`),
      '\n',
    ].join(''),
  );
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}
