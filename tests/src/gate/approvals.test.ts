import { expect, test } from 'vitest';
import { approvalsOf } from '../../../src/gate/approvals.ts';
import { anyParts, checkout, commitIn, outside, reportOf } from './parts.support.ts';

const WANTED = { from: ['ada'], count: 1, allowAuthor: false };
const ENV = { PATH: process.env['PATH'], GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };

function repository(): { cwd: string; sha: string } {
  const cwd = checkout({ 'a.txt': 'a' });
  return { cwd, sha: commitIn(cwd, { name: 'Ada Lovelace', email: 'ada@example.org' }) };
}

const ADA = { id: 'ada@example.org', name: 'Ada Lovelace' };

test('of a change its host is asked, and told who wrote the commit', async () => {
  const around = outside();
  around.commitAuthors = [{ id: 'ada', name: 'Ada' }];
  around.approvals = { by: ['grace'], others: [] };
  const { cwd, sha } = repository();
  const parts = await anyParts(around, { change: {}, cwd, sha, world: { env: ENV } });
  expect(await approvalsOf(parts)(WANTED)).toBe(around.approvals);
  expect(around.calls).toEqual([
    ['commitAuthors', sha],
    ['approvals', { ...WANTED, sha, authors: [{ id: 'ada', name: 'Ada' }, ADA], change: '12' }],
  ]);
});

test('of a day the tracker is asked, with the key of its escalation', async () => {
  const around = outside();
  const { cwd, sha } = repository();
  const parts = await anyParts(around, { cwd, sha, world: { env: ENV } });
  const asked = { ...WANTED, sha, authors: [ADA], day: 3, dayDir: parts.state.agentsDir(3) };
  await approvalsOf(parts)(WANTED);
  await parts.state.save(reportOf({ sha, escalation: { key: 'K-3', url: '', tracker: 'test' } }), undefined);
  await approvalsOf(parts)(WANTED);
  await parts.state.save(reportOf({ sha, escalation: { key: 'K-3', url: '', tracker: 'another' } }), undefined);
  await approvalsOf(parts)(WANTED);
  const given = around.calls.filter(([operation]) => operation === 'approvals').map(([, request]) => request);
  expect(given).toEqual([asked, { ...asked, rememberedKey: 'K-3' }, asked]);
});

test('nobody is asked for the authors when they may approve', async () => {
  const around = outside();
  const parts = await anyParts(around, { sha: 'c0ffee', world: { env: ENV } });
  await approvalsOf(parts)({ ...WANTED, allowAuthor: true });
  expect(around.calls).toEqual([['approvals', expect.objectContaining({ authors: [] })]]);
});

test('what is no commit, and what git does not know, has no author there', async () => {
  const around = outside();
  for (const sha of ['--help', 'HEAD@c0ffee1', 'c0ffee1']) {
    const parts = await anyParts(around, { sha, change: {}, cwd: repository().cwd, world: { env: ENV } });
    await approvalsOf(parts)(WANTED);
    expect(around.calls.at(-1)?.[1]).toMatchObject({ sha, authors: [] });
  }
});

test('nothing is known where the host does not tell the authors', async () => {
  const around = outside();
  around.fails.add('commitAuthors');
  const parts = await anyParts(around, { change: {} });
  expect(await approvalsOf(parts)(WANTED)).toMatchObject({ by: [], others: [], fault: { message: 'It went wrong.' } });
  expect(around.calls.map(([operation]) => operation)).toEqual(['commitAuthors']);
});
