/** What a server with a will of its own has not taken, and what failed after a change: a model must not believe that all is done. */
import { beforeAll, expect, test } from 'vitest';
import { type GitHub, startGitHub } from '../../support/github.ts';
import { type McpHere, mcpHere } from '../../support/mcp.ts';

let github: GitHub;
beforeAll(async () => {
  github = await startGitHub({ people: ['ann'] });
  return () => github.close();
});

async function there(): Promise<McpHere> {
  const config = `platform: { ci: local, tracker: github }
github: { repository: ${github.repository}, api_url: '${github.origin}', server_url: '${github.origin}' }
`;
  const env = { GITHUB_TOKEN: github.token, PACE_AGENT: 'tester' };
  return mcpHere({ files: { 'pace.config.yaml': config }, world: { env, fetch } });
}

const isWrite = ({ method, path }: { method: string; path: string }) =>
  ['POST', 'PATCH'].includes(method) && /\/issues(\/\d+)?$/.test(path);

async function created(here: McpHere, title: string): Promise<{ key: string; bare: object }> {
  const { text } = await here.call('issue_create', { title });
  const [, key = ''] = /^Created (\d+) \(open\)/.exec(text) ?? [];
  return { key, bare: (await github.api('GET', `/repos/${github.repository}/issues/${key}`)) as object };
}

const TELL = 'No argument changes that: please tell the person who started you.';

test('a field that an edit has lost is named', async () => {
  const here = await there();
  await github.api('POST', `/repos/${github.repository}/milestones`, { title: 'V1' });
  const { key, bare } = await created(here, 'Dropped');
  github.trouble(isWrite, { json: bare });
  expect(await here.call('issue_edit', { keys: [key], milestone: 'V1' })).toEqual({
    isError: true,
    text: expect.stringContaining(
      `Changed ${key} (open).\n${key} is changed, but not as a whole, written by PACE, with words of the tracker:\n\`\`\`text\nthe tracker has not taken all of it: milestone. The token may not set it, or it is not kept here.\n\`\`\`\nWhat to do: ${TELL}`,
    ),
  });
  expect((await here.call('issue_edit', { keys: [key], milestone: 'V1' })).isError).toBe(false);
});

test('fields and people that a new issue has lost are named, and that it is there', async () => {
  const here = await there();
  const { bare } = await created(here, 'Bare');
  github.trouble(isWrite, { status: 201, json: bare });
  const { text, isError } = await here.call('issue_create', { title: 'Bare', label: ['lost'] });
  expect(isError).toBe(true);
  expect(text).toMatch(/^Created \d+ \(open\) on /);
  expect(text).toMatch(
    /\n\d+ is created, but not as a whole, written by PACE.*\n```text\nthe tracker has not taken all of it: labels/,
  );
  const stranger = await here.call('issue_create', { title: 'For whom', assignee: ['stranger'] });
  expect(stranger.isError).toBe(true);
  expect(stranger.text).toMatch(/^Created [\s\S]*\nit is not assigned to stranger\. \S+ does not know them as people/);
});

test('a claim that could not be ended after the issue was closed is told', async () => {
  const here = await there();
  const { key } = await created(here, 'Claimed');
  await here.call('issue_claim', { key });
  // neither the comment of the claim can be changed, nor one be written that ends it
  github.trouble(
    ({ method, path }) => path.includes('/comments') && method !== 'GET',
    { status: 403, json: { message: 'Locked.' } },
    2,
  );
  const { text, isError } = await here.call('issue_edit', { keys: [key], state: 'done' });
  expect([isError, text]).toEqual([
    true,
    expect.stringMatching(
      new RegExp(
        `^Changed ${key} \\(done, closed\\)\\.\n${key} is changed, and what followed failed, written by PACE[\\s\\S]+\nWhat to do: .+`,
      ),
    ),
  ]);
});

test('an answer that was lost tells to look with a tool, not with a command', async () => {
  const here = await there();
  github.trouble(({ method, path }) => method === 'POST' && path.endsWith('/issues'), 'reset-before');
  const { text, isError } = await here.call('issue_create', { title: 'Lost "answer"' });
  expect([isError, text]).toEqual([
    true,
    expect.stringContaining(
      '\nWhat to do: Please look before you try again: issue_list with the text "Lost \\"answer\\"" and the state all',
    ),
  ]);
});
