import { dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { JudgedCommit } from '../../../../core/ports/index.ts';
import type { World } from '../../../../core/world.ts';
import github from '../../../../platforms/github/index.ts';
import local from '../../../../platforms/local/index.ts';
import { judgedByJob, judgedCommit } from '../../../../src/gate/identity/judged-commit.ts';
import { newWorkspace } from '../../../support/workspace.ts';
import { testWorld } from '../../../support/world.ts';
import { CHANGE } from '../parts.support.ts';

const OTHER = 'b'.repeat(40);
const judged: JudgedCommit = { sha: 'a'.repeat(40), note: 'The token can only read.' };
const host = { listChecks: async () => [] };
const change = { ...CHANGE, sha: 'c'.repeat(40) };

/** In a checkout with one commit, or in a folder that is none. */
async function inFolder(
  isCheckout: boolean,
  work: (found: (more: object) => ReturnType<typeof judgedCommit>, head: string, world: World) => Promise<void>,
): Promise<void> {
  const workspace = await newWorkspace({}, { git: isCheckout });
  const env = { PATH: process.env['PATH'], HOME: workspace.path, GIT_CEILING_DIRECTORIES: dirname(workspace.path) };
  const world = testWorld({ cwd: workspace.path, env });
  const nothing = { host: undefined, wanted: undefined, judged: undefined, change: undefined };
  try {
    const head = isCheckout ? await workspace.git('rev-parse', 'HEAD') : '';
    await work((more) => judgedCommit({ world, ...nothing, ...more }), head, world);
  } finally {
    await workspace.dispose();
  }
}

describe('the judged commit', () => {
  test('is the named one, else the head of the change, else that of the job, else that of the checkout', async () => {
    await inFolder(true, async (found, head) => {
      expect(await found({ wanted: 'main', change, judged })).toEqual({ sha: head, notes: [] });
      expect(await found({ change, judged })).toEqual({ sha: change.sha, notes: [] });
      expect(await found({ change: CHANGE, judged })).toEqual({ sha: judged.sha, notes: [judged.note] });
      expect(await found({ judged })).toEqual({ sha: judged.sha, notes: [judged.note] });
      expect(await found({})).toEqual({ sha: head, notes: [] });
      expect(await found({ wanted: '', judged: { sha: OTHER } })).toEqual({ sha: OTHER, notes: [] });
    });
  });

  test('is none where there is none, and that is noted beside what the host has to say', async () => {
    const none = 'There is no commit here: findings are not tied to one.';
    await inFolder(false, async (found) => {
      expect(await found({})).toEqual({ sha: '', notes: [none] });
      expect(await found({ judged: { sha: '', note: 'x' } })).toEqual({ sha: '', notes: ['x', none] });
    });
  });

  test('that is named in full may be unknown to a shallow checkout, where a host can be asked about it', async () => {
    await inFolder(true, async (found) => {
      for (const wanted of [OTHER, 'b'.repeat(64)]) expect(await found({ wanted, host })).toEqual({ sha: wanted, notes: [] });
      for (const more of [{ host: {} }, {}]) await expect(found({ wanted: OTHER, ...more })).rejects.toMatchObject({ kind: 'validation' });
    });
  }); // biome-ignore format: one line

  test.each(['bbbbbbb', 'b'.repeat(41), 'nowhere', '--all', '-', 'B'.repeat(40)])('%j is refused, whatever the host knows', async (wanted) => {
    await inFolder(true, async (found) => {
      await expect(found({ wanted, host, judged })).rejects.toMatchObject({
        ...{ kind: 'validation', message: `"${wanted}" is not a commit in this checkout.` },
        remedy: expect.stringContaining('fetch more history'),
      });
    });
  }); // biome-ignore format: one line

  test('that is refused is not repeated at length', async () => {
    await inFolder(false, async (found) => {
      await expect(found({ wanted: 'x'.repeat(200) })).rejects.toThrow(`"${'x'.repeat(100)}" is not`);
    });
  });
});

describe('what the job tells', () => {
  const BUILT = { BUILDKITE: 'true', BUILDKITE_COMMIT: OTHER, BUILDKITE_BRANCH: 'main' };
  const none = { judgedCommit: async () => undefined };
  const told = { judgedCommit: async () => judged };
  const PULL = { BUILDKITE_PULL_REQUEST: '12', BUILDKITE_BRANCH: 'login', BUILDKITE_PULL_REQUEST_BASE_BRANCH: 'main' };
  const by = (
    env: Record<string, string>,
    host: typeof told | typeof none | undefined,
    platform = github as typeof local | typeof github,
  ) => judgedByJob(testWorld({ env }), host, { platform });

  test('is what the host says of it, and in a service that hosts no code what that says', async () => {
    expect(await by(BUILT, told)).toBe(judged);
    for (const host of [none, undefined]) expect(await by(BUILT, host)).toEqual({ sha: OTHER, branch: 'main' });
    expect(await by({ ...BUILT, ...PULL }, none)).toEqual({ sha: OTHER, change: CHANGE });
    expect(await by({}, none)).toBeUndefined();
    expect(await by({ CI: 'true' }, none)).toBeUndefined();
  });

  test('is more than the checkout tells, where the code has no host', async () => {
    expect(await by({ ...BUILT, ...PULL }, told, local)).toEqual({ sha: OTHER, change: CHANGE });
    expect(await by({}, told, local)).toBe(judged);
  });

  test('has the commit of the checkout where the service tells none', async () => {
    const service = { ...BUILT, BUILDKITE_COMMIT: 'HEAD' };
    expect(await by(service, told, local)).toEqual({ sha: judged.sha, branch: 'main' });
    await inFolder(true, async (_, head, world) => {
      const here = testWorld({ ...world, env: { ...world.env, ...service } });
      expect(await judgedByJob(here, none, { platform: github })).toEqual({ sha: head, branch: 'main' });
    });
    await inFolder(false, async (_, __, world) => {
      const here = testWorld({ ...world, env: { ...world.env, ...service } });
      expect(await judgedByJob(here, none, { platform: github })).toBeUndefined();
    });
  });
});
