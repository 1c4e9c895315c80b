/**
 * Builds `dist/` (or `--out DIR`) from scratch: TypeScript to JavaScript, then one bundle with a chunk per platform and per heavy
 * part. The bundler neither compiles with this TypeScript nor empties its output, hence the steps. What is shorter starts sooner.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, globSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { minifySync } from 'rolldown/utils';

const root = join(import.meta.dirname, '..');
const { values } = parseArgs({ options: { out: { type: 'string', default: join(root, 'dist') } } });
const out = resolve(values.out);
const entry = join(root, 'build', 'entry');
const COMMONJS = `${JSON.stringify({ type: 'commonjs' })}\n`;
const ENTRY = "#!/usr/bin/env node\nimport(/* webpackMode: 'eager' */ '../src/main.js');\n";
const bin = (name: string) => join(root, 'node_modules', '.bin', name);
const run = (command: string, args: string[]) =>
  execFileSync(command, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });

for (const folder of [join(root, 'build'), out]) rmSync(folder, { recursive: true, force: true });
// types are checked by `npm run typecheck`, over the tests too, which have no part in the bundle
run(bin('tsc'), ['-p', 'tsconfig.json', '--noCheck', '--noEmit', 'false', '--outDir', 'build']);
bundleTogether();
withoutUnusedParts('@actions/core');
// as CommonJS, which Node loads chunk by chunk in less time: for that the bundler asks the package of the entry
mkdirSync(entry);
writeFileSync(join(entry, 'package.json'), COMMONJS);
writeFileSync(join(entry, 'main.js'), ENTRY);
run(bin('ncc'), ['build', join(entry, 'main.js'), '--out', out, '--license', 'licenses.txt', '--quiet']);
writeFileSync(join(out, 'package.json'), COMMONJS);

for (const name of readdirSync(out)) {
  const path = join(out, name);
  const text = withoutForeignCode(readFileSync(path, 'utf8'));
  // the bundler keeps trailing blanks of what it bundles, and a last line without an end
  writeFileSync(path, `${(name.endsWith('.js') ? shorter(name, text) : text).trimEnd()}\n`);
}

/**
 * Small parts that one command uses together would be a file each, and Node takes longer to find a file than to read it. What a
 * platform is stands in one chunk, what a verb of issues needs in another; the platforms themselves stay apart, and so do the verbs
 * that bring a library along.
 */
function bundleTogether(): void {
  const parts = [
    { from: /^platforms\/index\.js$/, to: /^\.\/\w+\/index\.js$/, chunk: 'platforms' },
    {
      from: /^src\/cli\.js$|^src\/(?:cli|tracker|commands)\//,
      to: /\/(?:cli|tracker)\/|^\.\/(?!gate|output|alone|pausing|sprint|backend|completion|issue-transfer)/,
      chunk: 'issues',
    },
  ];
  for (const file of globSync('{core,src,platforms}/**/*.js', { cwd: join(root, 'build') })) {
    const part = parts.find(({ from }) => from.test(file));
    if (!part) continue;
    const path = join(root, 'build', file);
    const named = (whole: string, target: string) =>
      part.to.test(target) ? `import(/* webpackChunkName: "${part.chunk}" */ '${target}')` : whole;
    writeFileSync(path, readFileSync(path, 'utf8').replace(/\bimport\('(\.[^']+)'\)/g, named));
  }
}

/**
 * A copy of the package that says what its authors could: its files do nothing by being loaded, so that the bundler leaves out
 * those that nothing of ours calls. Here they are an HTTP client, which costs more than the rest of a start.
 */
function withoutUnusedParts(name: string): void {
  const copy = join(root, 'build', 'node_modules', name);
  cpSync(join(root, 'node_modules', name), copy, { recursive: true });
  const description = join(copy, 'package.json');
  writeFileSync(description, JSON.stringify({ ...JSON.parse(readFileSync(description, 'utf8')), sideEffects: false }));
}

/** The same program without blanks, comments and long local names; in ASCII, which Node reads in half the space. */
function shorter(name: string, text: string): string {
  const { code, errors } = minifySync(name, text, {
    module: false,
    // functions and classes keep their names, for stack traces
    compress: { keepNames: { function: true, class: true } },
    mangle: { keepNames: true },
    codegen: { asciiOnly: true, legalComments: 'inline' },
  });
  const [error] = errors;
  if (error) throw new Error(`${name} could not be made shorter: ${error.message}`);
  return code.replace(/^(#!.*\n)?/, `$&${madeOf(text)}`);
}

/** A line of comment that names our own files which the chunk holds or uses, as far as the bundler tells. */
function madeOf(text: string): string {
  const files = [...text.matchAll(/^;?\/\/ (?:CONCATENATED|EXTERNAL) MODULE: \.\/(build\/\S+)/gm)].map(
    ([, file]) => file,
  );
  return files.length === 0 ? '' : `// ${[...new Set(files)].sort().join(' ')}\n`;
}

/** What fdir tries to load at run time would come from whatever folder the bundle lies in; fdir works without it. */
function withoutForeignCode(text: string): string {
  const clean = text.replace(/__require\.resolve\("picomatch"\);\s*pm = __require\("picomatch"\);/, '');
  const left = /__require(?:\.resolve)?\("[^"]*"\)/.exec(clean);
  if (left) throw new Error(`The bundle would load code from outside: ${left[0]}`);
  return clean;
}
