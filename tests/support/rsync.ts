/**
 * Stands in for `rsync` where the machine has none: the three ways in which gitlab-ci-local calls it.
 *
 *     rsync -a --delete-excluded --delete --exclude-from=FILE… --exclude PATTERN… ./ TARGET/
 *     rsync --exclude PATTERN… -rRa --files-from=FILE . TARGET/.
 *     rsync -Ra ./FILE… TARGET/.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';

const plain: string[] = [];
const excluded: string[] = [];
let files: string[] | undefined;
const given = process.argv.slice(2);
while (given.length > 0) {
  const argument = given.shift() ?? '';
  const [, name, value] = /^--([\w-]+)(?:=(.*))?$/.exec(argument) ?? [];
  if (name === 'exclude') excluded.push(value ?? given.shift() ?? '');
  else if (name === 'exclude-from') excluded.push(...lines(value));
  else if (name === 'files-from') files = lines(value);
  else if (name === undefined && !argument.startsWith('-')) plain.push(argument);
}
const target = plain.pop() ?? '';
if (files || plain[0] !== './') copy(files ?? plain);
else {
  rmSync(target, { recursive: true, force: true });
  copy(readdirSync('.'));
}

function lines(file = ''): string[] {
  return readFileSync(file, 'utf8').split('\n').filter(Boolean);
}

function copy(paths: readonly string[]): void {
  for (const path of paths.filter((each) => existsSync(each) && !isExcluded(each))) {
    const to = join(target, normalize(path));
    mkdirSync(dirname(to), { recursive: true });
    cpSync(path, to, { recursive: true, filter: (each) => !isExcluded(each) });
  }
}

/** Patterns are anchored paths or names of folders, as gitlab-ci-local writes them. */
function isExcluded(path: string): boolean {
  const whole = `/${relative('.', path)}/`;
  return excluded.some((pattern) => whole.startsWith(`/${pattern.replace(/^\/|\/?\**$/g, '')}/`));
}
