/**
 * Looks at all YAML and shell that PACE has or ships, the examples in its pages included, with the linters of their makers. Needs
 * Python (its `venv`), and fetches the linters themselves; the schemas are those that they bring along.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, extname, join } from 'node:path';
import { type Kind, kindOfFile, kindOfText } from './lint/kinds.ts';
import { blocksOf, filledIn, jenkinsScripts, scriptsOf } from './lint/pieces.ts';
import { openLinters } from './lint/tools.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
/** Where the pieces are laid, under names that tell where they come from. */
const desk = mkdtempSync(join(tmpdir(), 'pace-lint-'));
/** Paths on the desk. */
const yaml = new Map<Kind, string[]>();
const shell: string[] = [];
const scripts: string[] = [];
const problems: string[] = [];
let skipped = 0;

function lay(path: string, text: string): string {
  mkdirSync(dirname(join(desk, path)), { recursive: true });
  writeFileSync(join(desk, path), text);
  return path;
}

function layYaml(path: string, text: string, kind: Kind): void {
  const whole = kind === 'component' ? filledIn(text) : kind === 'permissions' ? aroundPermissions(text) : text;
  yaml.set(kind, [...(yaml.get(kind) ?? []), lay(path, whole)]);
  if (kind === 'gitlab' || kind === 'component' || kind === 'bitbucket') layScripts(path, scriptsOf(whole));
}

function layScripts(path: string, texts: readonly string[]): void {
  texts.forEach((text, index) => {
    scripts.push(lay(`${path}.${index + 1}.sh`, text));
  });
}

/** The least workflow that can have them. */
function aroundPermissions(text: string): string {
  return `on: push\n${text}jobs: { any: { runs-on: ubuntu-latest, steps: [{ run: 'true' }] } }\n`;
}

const listing = ['ls-files', '--cached', '--others', '--exclude-standard'];
for (const path of execFileSync('git', listing, { cwd: root, encoding: 'utf8' }).trim().split('\n')) {
  // what tests read may be wrong on purpose
  if (/^(tests|dist)\//.test(path) || !existsSync(join(root, path))) continue;
  if (/\.ya?ml$/.test(path)) {
    const kind = kindOfFile(path);
    if (kind) layYaml(path, read(path), kind);
    else problems.push(`${path}: nobody has told .ci/lint/kinds.ts what this is.`);
  } else if (/\.groovy$|Jenkinsfile$/.test(path)) layScripts(path, jenkinsScripts(read(path)));
  else if (path.endsWith('.md')) layBlocks(path);
  else if (path.endsWith('.sh') || (extname(path) === '' && /^#!.*\b(ba)?sh\n/.test(read(path))))
    shell.push(lay(path, read(path)));
}

function layBlocks(path: string): void {
  for (const { language, text, line } of blocksOf(read(path))) {
    const name = `${path}-line-${line}`;
    if (language === 'yaml') layYaml(`${name}.yml`, text, kindOfText(text));
    if (language === 'sh') scripts.push(lay(`${name}.sh`, text));
    if (language === 'groovy') layScripts(name, jenkinsScripts(text));
  }
}

const linters = openLinters();
const schema = (name: string) => ['--builtin-schema', `vendor.${name}`];
const schemaOfConfig = ['--schemafile', join(root, 'pace.schema.json')];

look('check-jsonschema', schema('github-workflows'), yaml.get('workflow'), yaml.get('permissions'));
look('check-jsonschema', schema('github-actions'), yaml.get('action'));
look('check-jsonschema', schema('gitlab-ci'), yaml.get('gitlab'), yaml.get('component'));
look('check-jsonschema', schema('bitbucket-pipelines'), yaml.get('bitbucket'));
look('check-jsonschema', schema('azure-pipelines'), yaml.get('azure'));
look('check-jsonschema', schemaOfConfig, yaml.get('config'));
look('actionlint', ['-no-color'], yaml.get('workflow'), yaml.get('permissions'));
look(
  'zizmor',
  ['--offline', '--no-progress', '--quiet', '--persona=pedantic', '--color=never'],
  yaml.get('workflow'),
  yaml.get('action'),
);
look('shellcheck', ['--external-sources', '--color=never'], shell);
// a runner has set the variables, and of a component's input only one value is filled in
look('shellcheck', ['--shell=sh', '--exclude=SC2050', '--color=never'], scripts);
rmSync(desk, { recursive: true });

if (skipped > 0) missing();
for (const problem of problems) process.stdout.write(`${problem}\n`);
const asFar = skipped > 0 ? ', as far as it was looked at' : '';
process.stdout.write(
  problems.length > 0 ? 'Something shipped is wrong.\n' : `What is shipped is as it should be${asFar}.\n`,
);
process.exitCode = problems.length === 0 ? 0 : 1;

function look(program: string, options: readonly string[], ...lists: (readonly string[] | undefined)[]): void {
  const files = lists.flatMap((list) => list ?? []);
  if (files.length === 0) return;
  const isHere = linters.has(program);
  process.stdout.write(`${program}, ${files.length} files${isHere ? '' : ': skipped, it is not here'}\n`);
  if (!isHere) skipped += 1;
  else if (!linters.run(program, [...options, ...files], desk))
    problems.push(`${program} has found something, see above.`);
}

/** A linter that cannot be had is a failure where everything is required. */
function missing(): void {
  const reasons = linters.problems.length > 0 ? linters.problems : ['Please remove .lint-tools/ and try again.'];
  if (process.env['PACE_TEST_REQUIRE'] === 'all') problems.push(...reasons);
  else process.stdout.write(`${reasons.join('\n')}\n`);
}
