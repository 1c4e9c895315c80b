/** Writes every generated file; with `--check` it only compares, and exits 1 when one differs. */
import { glob, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadPlatform, platformNames } from '../platforms/index.ts';
import { generatedFiles } from '../src/reference/files.ts';
import { verdictPage } from '../tests/verdict/page.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

async function readOr(path: string): Promise<string | undefined> {
  try {
    return await readFile(join(root, path), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

async function pages(): Promise<{ path: string; content: string }[]> {
  const found: { path: string; content: string }[] = [];
  for await (const path of glob(['README.md', 'docs/**/*.md'], { cwd: root })) {
    const content = path === join('docs', 'configuration.md') ? undefined : await readOr(path);
    if (content !== undefined) found.push({ path, content });
  }
  return found;
}

async function outdated(): Promise<{ path: string; content: string }[]> {
  const action = await readOr('action.yml');
  const files = [
    ...generatedFiles({
      platforms: await Promise.all(platformNames.map(loadPlatform)),
      pages: await pages(),
      ...(action === undefined ? {} : { action }),
    }),
    { path: 'docs/verdict.md', content: verdictPage() },
  ];
  const current = await Promise.all(files.map(({ path }) => readOr(path)));
  return files.filter(({ content }, index) => content !== current[index]);
}

const stale = await outdated();
const names = stale.map(({ path }) => path).join(', ');
if (process.argv.includes('--check')) {
  process.stdout.write(
    stale.length === 0
      ? 'Generated files are up to date.\n'
      : `Out of date: ${names}. Please run \`npm run generate\`.\n`,
  );
  process.exitCode = stale.length === 0 ? 0 : 1;
} else {
  for (const { path, content } of stale) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
  process.stdout.write(stale.length === 0 ? 'Nothing to write.\n' : `Wrote ${names}.\n`);
}
