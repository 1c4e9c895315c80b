/** What agents beside each other see at the command line: claims, changes that were not taken, and what was done in part. */
import { beforeAll, describe, expect, test } from 'vitest';
import { type GitHub, startGitHub } from '../../support/github.ts';
import { loopback } from '../../support/loopback.ts';
import { type PaceHere, paceHere } from '../../support/pace-here.ts';

describe('claims on the embedded tracker', () => {
  let here: PaceHere;
  async function withIssues(count: number): Promise<void> {
    here = await paceHere();
    for (let number = 1; number <= count; number += 1) await here.pace('issue', 'create', `Issue ${number}`);
  }
  const said = async (...words: string[]) => {
    const { code, stdout, stderr } = await here.pace('issue', ...words);
    return [code === 0, stdout || stderr];
  };

  test('are listed, renewed and end with the issue', async () => {
    await withIssues(3);
    expect(await said('claims')).toEqual([true, 'No claims.\n']);
    expect(await said('claims', '--expired')).toEqual([true, 'No claim has expired.\n']);
    await said('claim', '2', '--as', 'ann', '--for', '1h');
    await said('claim', '3', '--as', 'ben', '--for', '1s');
    const claims = (await here.data('issue', 'claims', '--json')) as { key: string; agent: string }[];
    expect(claims.map(({ key, agent }) => [key, agent])).toContainEqual(['2', 'ann']);
    expect(await said('renew', '2', '--as', 'ben')).toEqual([
      false,
      expect.stringMatching(/^Error: 2 is claimed by ann until /),
    ]);
    expect(await said('renew', '1', '--as', 'ben')).toEqual([
      false,
      'Error: 1 is not claimed by ben.\nThe claim may have ended by itself: please claim the issue again, and check the name of the agent.\n',
    ]);
    expect(await said('renew', '2', '--as', 'ann', '--for', '2h')).toEqual([
      true,
      expect.stringMatching(/^2 is claimed by ann until /),
    ]);
    await said('close', '2');
    expect(await said('reopen', '2')).toEqual([true, expect.stringContaining('Reopened 2')]);
    expect(await said('claim', '2', '--as', 'ben')).toEqual([true, expect.stringMatching(/^2 is claimed by ben /)]);
  });

  test('are refused of what is closed or in review, in whichever way it came there', async () => {
    await withIssues(2);
    await said('transition', '1', 'in_review');
    expect(await said('claim', '1')).toEqual([
      false,
      'Error: 1 is in review (In review): only an open issue can be claimed.\nPlease take another issue, or open this one again first.\n',
    ]);
    await said('claim', '2', '--as', 'ann', '--for', '1d');
    await said('edit', '2', '--state', 'done');
    expect(await said('claim', '2', '--as', 'ben')).toEqual([
      false,
      expect.stringMatching(/^Error: 2 is closed \(Done\)/),
    ]);
    expect(await here.data('issue', 'show', '2', '--json', 'claim')).toEqual({ claim: null });
  });

  test('a dry run says what would be sent, and refuses what would be refused', async () => {
    await withIssues(2);
    const planned = (await here.data('issue', 'claim', '1', '--start', '--dry-run', '--json')) as { sent: object }[];
    expect(planned.map(({ sent }) => sent)).toEqual([
      { agent: 'tester', until: expect.stringMatching(/^\d{4}-.*Z$/), state: 'in_progress' },
    ]);
    expect(await said('renew', '1', '--dry-run')).toEqual([false, expect.stringMatching(/^Error: 1 is not claimed/)]);
    await said('close', '2');
    expect(await said('claim', '2', '--dry-run')).toEqual([false, expect.stringMatching(/^Error: 2 is closed/)]);
    expect(await said('claims')).toEqual([true, 'No claims.\n']);
  });
});

test('keys that are given several times are worked once', async () => {
  const here = await paceHere();
  await here.pace('issue', 'create', 'One');
  const { stdout } = await here.pace('issue', 'close', '1', '#1', '1', '--comment', 'Once.');
  expect(stdout).toBe('Closed 1: One (Done)\n.pace/pace.db#1\n');
  const comments = (await here.data('issue', 'comment', '1', '--list', '--json', 'body')) as unknown[];
  expect(comments).toEqual([{ body: 'Once.' }]);
});

describe('on a server that has a will of its own', () => {
  let github: GitHub;
  beforeAll(async () => {
    github = await startGitHub({ people: ['ann'] });
    return () => github.close();
  });

  async function there(): Promise<PaceHere> {
    const config = `platform: { ci: local, tracker: github }
github: { repository: ${github.repository}, api_url: '${github.origin}', server_url: '${github.origin}' }
`;
    return paceHere({ files: { 'pace.config.yaml': config }, env: { GITHUB_TOKEN: github.token } });
  }

  test('a close that is refused leaves no word and no label behind', async () => {
    const here = await there();
    const { key } = (await here.data('issue', 'create', 'Refused', '--json', 'key')) as { key: string };
    const isClosing = ({ method, path }: { method: string; path: string }) =>
      method === 'PATCH' && path.endsWith(`/issues/${key}`);
    github.trouble(isClosing, { status: 422, json: { message: 'Validation Failed' } }, 2);
    expect((await here.pace('issue', 'close', key, '--comment', 'Done.')).code).toBe(6);
    const edit = await here.pace('issue', 'edit', key, '--state', 'done', '--add-label', 'left');
    expect(edit.code).toBe(6);
    const shown = await here.data('issue', 'show', key, '--json', 'state,labels,comments');
    expect(shown).toEqual({ state: 'open', labels: [], comments: [] });
  });

  test('a word that could not be said after the change is told', async () => {
    const here = await there();
    const { key } = (await here.data('issue', 'create', 'Locked', '--json', 'key')) as { key: string };
    github.trouble(({ path, method }) => method === 'POST' && path.endsWith('/comments'), {
      status: 403,
      json: { message: 'Unable to create comment because issue is locked.' },
    });
    const { code, stderr } = await here.pace('issue', 'close', key, '--comment', 'Done.');
    expect([code, stderr]).toEqual([64, expect.stringMatching(new RegExp(`^Warning: ${key} is closed, but: `, 'm'))]);
    expect(await here.data('issue', 'show', key, '--json', 'state')).toEqual({ state: 'done' });
  });

  test('fields that were not taken are named, of new issues and of changed ones', async () => {
    const here = await there();
    await here.pace('milestone', 'create', 'V1');
    const isWrite = ({ method, path }: { method: string; path: string }) =>
      ['POST', 'PATCH'].includes(method) && /\/issues(\/\d+)?$/.test(path);
    const { key } = (await here.data('issue', 'create', 'Dropped', '--json', 'key')) as { key: string };
    const bare = await github.api('GET', `/repos/${github.repository}/issues/${key}`);
    github.trouble(isWrite, { json: bare as object });
    const edited = await here.pace('issue', 'edit', key, '--milestone', 'V1');
    expect([edited.code, edited.stderr]).toEqual([
      64,
      expect.stringContaining(
        `Warning: ${key}: the tracker has not taken all of it: milestone. The token may not set it, or it is not kept here.`,
      ),
    ]);
    github.trouble(isWrite, { status: 201, json: bare as object });
    const created = await here.pace('issue', 'create', 'Dropped', '--milestone', 'V1');
    expect([created.code, created.stderr]).toEqual([
      64,
      expect.stringContaining('has not taken all of it: milestone.'),
    ]);
    const assigned = await here.pace('issue', 'edit', key, '--add-assignee', 'stranger', '--add-assignee', 'ann');
    expect([assigned.code, assigned.stderr]).toEqual([64, expect.stringContaining('assignees (stranger)')]);
    expect(await here.data('issue', 'show', key, '--json', 'assignees')).toEqual({
      assignees: [{ id: 'ann', name: 'ann' }],
    });
  });

  test.each([
    ['reset-after', /Created|may have been created all the same/],
    ['reset-before', /may have been created all the same/],
  ] as const)('an answer to create that was lost (%s) says that the issue may be there', async (trouble, words) => {
    const here = await there();
    github.trouble(({ method, path }) => method === 'POST' && path.endsWith('/issues'), trouble);
    const { code, stderr } = await here.pace('issue', 'create', 'Lost "answer"');
    expect([code, stderr]).toEqual([4, expect.stringMatching(words)]);
    expect(stderr).toContain('Please look before you try again: pace issue search "Lost \\"answer\\""');
  });

  test.each([
    ['nothing', { status: 201, text: '' }],
    ['an error in a good answer', { status: 200, json: { message: 'Server Error' } }],
    ['a list', { status: 200, json: [] }],
  ] as const)('an answer to create that makes no sense (%s) says so too', async (_, trouble) => {
    const here = await there();
    const isCreation = ({ method, path }: { method: string; path: string }) =>
      method === 'POST' && path.endsWith('/issues');
    github.trouble(isCreation, trouble);
    const one = await here.pace('issue', 'create', 'Odd answer', '--json');
    expect([one.code, one.stderr]).toEqual([8, expect.stringContaining('may have been created all the same.')]);
    expect(one.stderr).toContain('pace issue search');
    github.trouble(isCreation, trouble);
    const many = await here.pipe('- { title: Odd answer }', 'issue', 'create', '--file', '-');
    expect([many.code === 0, many.stderr]).toEqual([
      false,
      expect.stringContaining('may have been created all the same.'),
    ]);
  });

  test('a server that was never reached has created nothing', async () => {
    const closed = await loopback({});
    await closed.close();
    const gone = await paceHere({
      files: {
        'pace.config.yaml': `platform: { ci: local, tracker: github }\ngithub: { repository: o/r, api_url: '${closed.origin}' }\n`,
      },
      env: { GITHUB_TOKEN: github.token },
    });
    const { code, stderr } = await gone.pace('issue', 'create', 'Never sent');
    expect([code, stderr]).toEqual([4, expect.stringContaining('ECONNREFUSED')]);
    expect(stderr).not.toContain('may have been created');
  });
});
