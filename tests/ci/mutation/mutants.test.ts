import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { instrument, listMutants } from '../../../.ci/mutation/mutants.ts';

let root = '';

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'pace-mutants-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function source(name: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, name)), { recursive: true });
  await writeFile(join(root, name), text);
}

/** The texts that are changed in one function's body, other than the body itself. */
async function changedIn(body: string): Promise<string[]> {
  await source('src/a.ts', `export function f() {\n${body}\n}\n`);
  return (await listMutants(root)).filter(({ kind }) => kind === 'StringLiteral').map(({ original }) => original);
}

describe('the list of mutants', () => {
  test('goes through all roots, in the order of the files', async () => {
    await source('src/b.ts', 'export const b = true;\n');
    await source('platforms/x/a.ts', 'export const a = true;\n');
    await source('core/c.ts', 'export const c = true;\n');
    await source('tests/d.ts', 'export const d = true;\n');
    const files = (await listMutants(root)).map(({ file }) => file);
    expect(files).toEqual(['core/c.ts', 'platforms/x/a.ts', 'src/b.ts']);
  });

  test('can be narrowed to a part', async () => {
    await source('src/b.ts', 'export const b = true;\n');
    await source('platforms/x/a.ts', 'export const a = true;\n');
    expect((await listMutants(root, 'platforms/x/**')).map(({ file }) => file)).toEqual(['platforms/x/a.ts']);
  });

  test('says what is changed into what, also over several lines', async () => {
    await source('src/a.ts', 'export const wide = [\n  1,\n  2,\n];\nexport const no = !wide;\n');
    expect(await listMutants(root)).toEqual([
      expect.objectContaining({ kind: 'ArrayDeclaration', original: '[\n  1,\n  2,\n]', replacement: '[]' }),
      expect.objectContaining({ kind: 'BooleanLiteral', original: '!wide', replacement: 'wide' }),
    ]);
  });

  test('leaves out sentences that only people read', async () => {
    expect(await changedIn("throw new PaceError({ kind: 'validation', message: 'That is no day.' });")).toEqual([
      "'validation'",
    ]);
    expect(await changedIn("throw usageError('Nothing was there.', `Please pass it instead.`);")).toEqual([]);
    expect(await changedIn("world.log.warn(late ? 'It is too late.' : 'It is too early.');")).toEqual([]);
    expect(await changedIn("return z.string().describe('Name of the thing.').default('x');")).toEqual(["'x'"]);
    expect(await changedIn("return { why: 'To read the issues.', name: 'TOKEN' };")).toEqual(["'TOKEN'"]);
  });

  test('keeps every other text', async () => {
    expect(await changedIn("return run('select a from b');")).toEqual(["'select a from b'"]);
    expect(await changedIn("return { title: 'A title that is stored' };")).toEqual(["'A title that is stored'"]);
    expect(await changedIn("world.log.warn(oneOf('a b c'));")).toEqual(["'a b c'"]);
    expect(await changedIn("throw new PaceError({ message: word('not-found') });")).toEqual(["'not-found'"]);
  });
});

test('a drawn mutant stands behind a switch in the instrumented source, and its neighbours keep their text', async () => {
  await source('src/a.ts', "export const first = 'one';\nexport const second = 'two';\n");
  const mutants = await listMutants(root);
  const result = await instrument(
    root,
    mutants.filter(({ original }) => original === "'two'"),
  );
  const text = result.files.get('src/a.ts') ?? '';
  expect(result.mutants).toHaveLength(1);
  expect(text).toContain("export const first = 'one';");
  expect(text).toContain(`export const second = stryMutAct_9fa48("${result.mutants[0]?.id}") ? "" :`);
});

test('every mutant of the list can be switched on, also the removal of a call whose text is left out', async () => {
  await source(
    'src/a.ts',
    "export function f() {\n  log.warn('That is too late.');\n  return [1].filter((n) => n > 0);\n}\n",
  );
  const mutants = await listMutants(root);
  expect(mutants.map(({ kind }) => kind)).toContain('CallExpression');
  const alone = await Promise.all(mutants.map((mutant) => instrument(root, [mutant])));
  expect(alone.map((result) => result.mutants[0]?.replacement)).toEqual(mutants.map(({ replacement }) => replacement));
});
