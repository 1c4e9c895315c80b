/**
 * `npm run platform:new -- mytracker ["My Tracker"]`: the folder of a new platform with its test, its page and its line in the
 * registry. Everything is green but the contract suite, which tells what is still to be written. See docs/adding-a-platform.md.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

const root = process.cwd();
const templates = join(import.meta.dirname, 'new-platform');

const { positionals } = parseArgs({ allowPositionals: true });
const [name = '', title = titleOf(name)] = positionals;

/** Template → where it goes. */
const files: Readonly<Record<string, string>> = {
  'index.ts.txt': `platforms/${name}/index.ts`,
  'api.ts.txt': `platforms/${name}/api.ts`,
  'refusals.ts.txt': `platforms/${name}/refusals.ts`,
  'issues.ts.txt': `platforms/${name}/issues.ts`,
  'wire.ts.txt': `platforms/${name}/wire.ts`,
  'server.ts.txt': `tests/support/${name}.ts`,
  'contract.test.ts.txt': `tests/platforms/${name}/contract.test.ts`,
  'wire.test.ts.txt': `tests/platforms/${name}/wire.test.ts`,
  'page.md.txt': `docs/platforms/${name}.md`,
};

const REGISTRY = 'platforms/index.ts';

refuseWhatCannotBe();
for (const [template, path] of Object.entries(files))
  write(path, filled(readFileSync(join(templates, template), 'utf8')));
write(REGISTRY, withLine(readFileSync(join(root, REGISTRY), 'utf8')));
execFileSync(process.execPath, [join(root, '.ci', 'generate.ts')], { cwd: root, stdio: 'inherit' });
process.stdout.write(
  `${[
    `Wrote ${Object.values(files).join(', ')}, and a line in ${REGISTRY}.`,
    `Next: npx vitest run --config tests/vitest.config.ts tests/platforms/${name}`,
    'and docs/adding-a-platform.md.',
  ].join('\n')}\n`,
);

/** All the reasons at once, and nothing half-written. */
function refuseWhatCannotBe(): void {
  const problems = [
    /^[a-z][a-z0-9]{1,30}$/.test(name)
      ? ''
      : `"${name}" is not a name for a platform: please use small letters and digits.`,
    ...Object.values(files).map((path) => (existsSync(join(root, path)) ? `${path} is there already.` : '')),
  ].filter(Boolean);
  if (problems.length === 0) return;
  process.stderr.write(`${[...problems, 'Usage: npm run platform:new -- mytracker "My Tracker"'].join('\n')}\n`);
  process.exit(2);
}

function filled(template: string): string {
  return template
    .replaceAll('__NAME__', name.toUpperCase())
    .replaceAll('__Camel__', titleOf(name))
    .replaceAll('__Title__', title)
    .replaceAll('__name__', name);
}

/** The registry is in the order of the alphabet, so that two who add a platform do not meet in the same line. */
function withLine(registry: string): string {
  const line = (platform: string) => `  ${platform}: () => import('./${platform}/index.ts'),\n`;
  const [block = ''] = /(?:^ {2}\w+: \(\) => import\('\.\/\w+\/index\.ts'\),\n)+/m.exec(registry) ?? [];
  const names = [...block.matchAll(/^ {2}(\w+):/gm)].map(([, found = '']) => found);
  if (names.length === 0) throw new Error(`The registry is not where it was in ${REGISTRY}.`);
  return registry.replace(block, [...names, name].sort().map(line).join(''));
}

function titleOf(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}
