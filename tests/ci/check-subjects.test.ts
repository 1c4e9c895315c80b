import { spawnSync } from 'node:child_process';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { newWorkspace, type Workspace } from '../support/workspace.ts';

const SCRIPT = join(import.meta.dirname, '..', '..', '.ci', 'check-subjects');
let workspace: Workspace;
afterEach(() => workspace.dispose());

/** A branch with these subjects, which comes from a main branch with long ones. */
async function branch(...subjects: string[]): Promise<{ code: number | null; said: string }> {
  workspace = await newWorkspace();
  await cp(SCRIPT, join(workspace.path, '.ci', 'check-subjects'));
  await workspace.commit('x'.repeat(100));
  await workspace.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
  for (const subject of subjects) await workspace.commit(subject);
  return check();
}

function check(): { code: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync('bash', [join(workspace.path, '.ci', 'check-subjects')], {
    encoding: 'utf8',
  });
  return { code: status, said: stdout + stderr };
}

test('the subjects of a branch have at most 72 characters, whatever their bytes', async () => {
  expect(await branch('ü'.repeat(72), 'Short')).toEqual({ code: 0, said: '' });
});

test('a longer one is told with its length', async () => {
  const { code, said } = await branch('Short', `Long ${'y'.repeat(68)}`, 'Short again');
  expect([code, said]).toEqual([1, expect.stringMatching(/^[0-9a-f]+ has a subject of 73 characters, .*: Long y+\n$/)]);
});

test('without a main branch to compare with, that is said', async () => {
  await branch('z'.repeat(100));
  await workspace.git('update-ref', '-d', 'refs/remotes/origin/main');
  expect(check()).toEqual({ code: 0, said: expect.stringContaining('no subject is looked at') });
});
