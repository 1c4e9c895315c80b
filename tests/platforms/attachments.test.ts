/** Files of issues on every platform that has them: what is listed, and where the token goes when one is downloaded. */
import { describe, expect, test } from 'vitest';
import type { Attachment, Settings, TrackerDriver } from '../../core/ports/index.ts';
import { collect } from '../../core/tracker/collect.ts';
import type { World } from '../../core/world.ts';
import { createTracker as asana } from '../../platforms/asana/issues.ts';
import { createTracker as clickup } from '../../platforms/clickup/issues.ts';
import { createTracker as gitea } from '../../platforms/gitea/issues.ts';
import { createTracker as github } from '../../platforms/github/issues.ts';
import { createTracker as gitlab } from '../../platforms/gitlab/issues.ts';
import { createTracker as jira } from '../../platforms/jira/issues.ts';
import { createTracker as linear } from '../../platforms/linear/issues.ts';
import { createTracker as monday } from '../../platforms/monday/issues.ts';
import { refusal } from '../contract/refusal.ts';
import { testWorld } from '../support/world.ts';

const AT = '2026-03-01T12:00:00Z';
const UUID = '0123abcd-0000-4000-8000-0123456789ab';
const HASH = '0123456789abcdef0123456789abcdef';
const ANN = { id: 'ann', name: 'Ann' };

interface Platform {
  readonly create: (world: World, settings: Settings) => TrackerDriver | Promise<TrackerDriver>;
  readonly settings: Settings;
  readonly key: string;
  /** By the beginning of the address, or a word of the GraphQL query. */
  readonly answers: Readonly<Record<string, unknown>>;
  readonly listed: readonly Attachment[];
  /** Where the first is got, and the token on the way. */
  readonly asked: readonly (readonly [address: string, authorization: string | null])[];
  /** One that the platform does not keep. */
  readonly foreign?: Attachment;
}

const elsewhere = { id: 'x', name: 'x', url: 'https://evil.test/attachments/x' };
const gitIssue = {
  ...{ number: 1, html_url: 'https://x.test/1', title: 'T', state: 'open', created_at: AT, updated_at: AT },
  ...{ labels: [], assignees: [], user: { login: 'ann', full_name: 'Ann' } },
};
const page = (nodes: readonly unknown[]) => ({ nodes, pageInfo: { hasNextPage: false } });

const PLATFORMS: Readonly<Record<string, Platform>> = {
  gitea: {
    create: gitea,
    settings: { url: 'https://git.test/sub', repository: 'a/b', token: 'secret' },
    key: '1',
    answers: {
      'https://git.test/sub/api/v1/repos/a/b/issues/1/comments': [
        {
          ...{ id: 7, body: 'x', created_at: AT },
          assets: [{ id: 2, name: 'b', browser_download_url: `https://public.test/attachments/${UUID}` }],
        },
      ],
      'https://git.test/sub/api/v1/repos/a/b/issues/1': {
        ...gitIssue,
        assets: [
          {
            ...{ id: 1, name: 'a.log', size: 3, created_at: AT },
            browser_download_url: `https://public.test/attachments/${UUID}`,
          },
        ],
      },
      [`https://git.test/sub/attachments/${UUID}`]: 'file',
    },
    listed: [
      {
        ...{ id: '1', name: 'a.log', url: `https://public.test/attachments/${UUID}`, size: 3 },
        ...{ author: ANN, createdAt: Date.parse(AT) },
      },
      { id: '2', name: 'b', url: `https://public.test/attachments/${UUID}` },
    ],
    asked: [[`https://git.test/sub/attachments/${UUID}`, 'token secret']],
    foreign: elsewhere,
  },
  github: {
    create: github,
    settings: { repository: 'a/b', token: 'secret' },
    key: '1',
    answers: {
      'https://api.github.com/repos/a/b/issues/1/comments': [
        {
          ...{ id: 7, created_at: AT, updated_at: AT, user: { login: 'bob' } },
          body: '[log](https://github.com/user-attachments/files/5/a%20b.log) https://github.com/a/b/issues/2',
        },
      ],
      'https://api.github.com/repos/a/b/issues/1': {
        ...gitIssue,
        body: `![Shot](https://github.com/user-attachments/assets/${UUID}) https://evil.test/user-attachments/assets/1`,
      },
      [`https://github.com/user-attachments/assets/${UUID}`]: { redirect: 'https://store.test/f?s=1' },
      'https://store.test/f?s=1': 'file',
    },
    listed: [
      {
        ...{ id: `https://github.com/user-attachments/assets/${UUID}`, name: 'Shot' },
        ...{ url: `https://github.com/user-attachments/assets/${UUID}`, author: { id: 'ann', name: 'ann' } },
        createdAt: Date.parse(AT),
      },
      {
        ...{ id: 'https://github.com/user-attachments/files/5/a%20b.log', name: 'a b.log' },
        ...{ url: 'https://github.com/user-attachments/files/5/a%20b.log', author: { id: 'bob', name: 'bob' } },
        createdAt: Date.parse(AT),
      },
    ],
    asked: [
      [`https://github.com/user-attachments/assets/${UUID}`, 'token secret'],
      ['https://store.test/f?s=1', null],
    ],
    foreign: { ...elsewhere, url: 'https://github.com/a/b/settings' },
  },
  gitlab: {
    create: gitlab,
    settings: { url: 'https://lab.test/git', project: 'g/p', token: 'secret' },
    key: '1',
    answers: {
      'https://lab.test/git/api/v4/projects/g%2Fp/issues/1/notes': [
        {
          ...{ id: 7, system: false, created_at: AT, author: { username: 'bob', name: 'Bob' } },
          body: `https://lab.test/git/-/project/12/uploads/${HASH}/c.png https://evil.test/g/p/uploads/${HASH}/d`,
        },
      ],
      'https://lab.test/git/api/v4/projects/g%2Fp/issues/1': {
        ...{ iid: 1, id: 5, web_url: 'https://lab.test/git/g/p/-/issues/1', title: 'T', state: 'opened' },
        ...{ labels: [], assignees: [], created_at: AT, updated_at: AT, author: { username: 'ann', name: 'Ann' } },
        description: `![shot](/uploads/${HASH}/a%20b.png)`,
      },
      [`https://lab.test/git/api/v4/projects/g%2Fp/uploads/${HASH}/a%20b.png`]: 'file',
    },
    listed: [
      {
        ...{ id: `https://lab.test/git/g/p/uploads/${HASH}/a%20b.png`, name: 'a b.png' },
        ...{ url: `https://lab.test/git/g/p/uploads/${HASH}/a%20b.png`, author: ANN, createdAt: Date.parse(AT) },
      },
      {
        ...{ id: `https://lab.test/git/-/project/12/uploads/${HASH}/c.png`, name: 'c.png' },
        url: `https://lab.test/git/-/project/12/uploads/${HASH}/c.png`,
        ...{ author: { id: 'bob', name: 'Bob' }, createdAt: Date.parse(AT) },
      },
    ],
    asked: [[`https://lab.test/git/api/v4/projects/g%2Fp/uploads/${HASH}/a%20b.png`, 'secret']],
    foreign: { ...elsewhere, url: 'https://lab.test/git/g/p/-/issues/1' },
  },
  'jira (Cloud)': {
    create: jira,
    settings: { url: 'https://x.atlassian.net', email: 'a@x.test', token: 'secret', project_key: 'P' },
    key: 'P-1',
    answers: {
      'https://x.atlassian.net/rest/api/3/issue/P-1': {
        fields: {
          attachment: [
            {
              ...{ id: '31', filename: 'a.png', size: 9, mimeType: 'image/png', created: AT },
              content: 'https://x.atlassian.net/rest/api/3/attachment/content/31',
              author: { accountId: 'ann', displayName: 'Ann' },
            },
          ],
        },
      },
      'https://x.atlassian.net/rest/api/3/attachment/content/31': { redirect: 'https://media.test/31?token=t' },
      'https://media.test/31?token=t': 'file',
    },
    listed: [
      {
        ...{ id: '31', name: 'a.png', url: 'https://x.atlassian.net/rest/api/3/attachment/content/31', size: 9 },
        ...{ type: 'image/png', author: ANN, createdAt: Date.parse(AT) },
      },
    ],
    asked: [
      ['https://x.atlassian.net/rest/api/3/attachment/content/31', `Basic ${btoa('a@x.test:secret')}`],
      ['https://media.test/31?token=t', null],
    ],
  },
  'jira (Data Center)': {
    create: jira,
    settings: { url: 'https://jira.test/j', token: 'secret', project_key: 'P', deployment: 'data-center' },
    key: 'P-1',
    answers: {
      'https://jira.test/j/rest/api/2/issue/P-1': {
        fields: {
          attachment: [{ id: '31', filename: 'a', content: 'https://other.test/secure/attachment/31/a%20b.png' }],
        },
      },
      'https://jira.test/j/secure/attachment/31/a%20b.png': 'file',
    },
    listed: [{ id: '31', name: 'a', url: 'https://other.test/secure/attachment/31/a%20b.png' }],
    asked: [['https://jira.test/j/secure/attachment/31/a%20b.png', 'Bearer secret']],
    foreign: elsewhere,
  },
  asana: {
    create: asana,
    settings: { api_url: 'https://asana.test/api', token: 'secret', project: '12' },
    key: '34',
    answers: {
      'https://asana.test/api/attachments?': {
        data: [
          {
            ...{ gid: '5', name: 'a.pdf', size: 4, created_at: AT, resource_subtype: 'asana' },
            permanent_url: 'https://app.asana.test/5',
          },
          { gid: '6', name: 'doc', view_url: 'https://drive.test/6', resource_subtype: 'gdrive' },
        ],
      },
      'https://asana.test/api/attachments/5': {
        data: { gid: '5', resource_subtype: 'asana', download_url: 'https://s3.test/5?sig=1' },
      },
      'https://asana.test/api/attachments/6': {
        data: { gid: '6', resource_subtype: 'gdrive', download_url: 'https://drive.test/6' },
      },
      'https://s3.test/5?sig=1': 'file',
    },
    listed: [
      { id: '5', name: 'a.pdf', url: 'https://app.asana.test/5', size: 4, createdAt: Date.parse(AT) },
      { id: '6', name: 'doc', url: 'https://drive.test/6' },
    ],
    asked: [
      ['https://asana.test/api/attachments/5', 'Bearer secret'],
      ['https://s3.test/5?sig=1', null],
    ],
    foreign: { id: '6', name: 'doc', url: 'https://drive.test/6' },
  },
  clickup: {
    create: clickup,
    settings: { api_url: 'https://clickup.test/api', token: 'pk_secret', list: '12' },
    key: '86abc',
    answers: {
      'https://clickup.test/api/v2/task/86abc': {
        id: '86abc',
        attachments: [
          {
            ...{
              id: '9.png',
              title: 'a.png',
              url: 'https://t1.p.clickup-attachments.com/9.png',
              size: '5',
              mimetype: 'image/png',
            },
            ...{ date: '1772366400000', user: { id: 183, username: 'Ann' } },
          },
          { id: '8', title: 'gone', url: 'https://t1.p.clickup-attachments.com/8', deleted: true },
        ],
      },
      'https://t1.p.clickup-attachments.com/9.png': 'file',
    },
    listed: [
      {
        ...{
          id: '9.png',
          name: 'a.png',
          url: 'https://t1.p.clickup-attachments.com/9.png',
          size: 5,
          type: 'image/png',
        },
        ...{ author: { id: '183', name: 'Ann' }, createdAt: 1_772_366_400_000 },
      },
    ],
    asked: [['https://t1.p.clickup-attachments.com/9.png', null]],
    foreign: { ...elsewhere, url: 'https://clickup-attachments.com.evil.test/9.png' },
  },
  linear: {
    create: linear,
    settings: { api_url: 'https://linear.test/graphql', token: 'lin_api_secret', team: 'ENG' },
    key: 'ENG-1',
    answers: {
      'comments(': { issue: { comments: page([]) } },
      'title url createdAt': {
        issue: {
          attachments: page([
            { id: 'p', title: 'PR 3', url: 'https://github.com/a/b/pull/3', createdAt: AT, creator: null },
            { id: 'm', title: 'PACE', url: 'https://github.com/pace-gate/pace#metadata', createdAt: AT },
          ]),
        },
      },
      'description priority': {
        issue: {
          ...{ id: 'i', identifier: 'ENG-1', url: 'https://linear.test/1', title: 'T', createdAt: AT, updatedAt: AT },
          ...{ state: { name: 'Todo', type: 'unstarted' }, labels: page([]), attachments: page([]) },
          description: '![shot.png](https://uploads.linear.app/w/1)',
        },
      },
      'https://uploads.linear.app/w/1': 'file',
    },
    listed: [
      { id: 'p', name: 'PR 3', url: 'https://github.com/a/b/pull/3', createdAt: Date.parse(AT) },
      {
        ...{ id: 'https://uploads.linear.app/w/1', name: 'shot.png', url: 'https://uploads.linear.app/w/1' },
        createdAt: Date.parse(AT),
      },
    ],
    asked: [['https://uploads.linear.app/w/1', 'lin_api_secret']],
    foreign: { id: 'p', name: 'PR 3', url: 'https://github.com/a/b/pull/3' },
  },
  monday: {
    create: monday,
    settings: { api_url: 'https://monday.test/v2', token: 'secret', board: '12' },
    key: '34',
    answers: {
      public_url: { assets: [{ public_url: 'https://files.test/7?sig=1' }] },
      'assets_source: all': {
        items: [
          {
            ...{ state: 'active', board: { id: '12' } },
            assets: [
              {
                ...{ id: '7', name: 'a.png', url: 'https://acme.test/7', file_size: 6, created_at: '2026-03-01' },
                uploaded_by: { id: '70', name: 'Ann' },
              },
            ],
          },
        ],
      },
      'https://files.test/7?sig=1': 'file',
    },
    listed: [
      {
        ...{ id: '7', name: 'a.png', url: 'https://acme.test/7', size: 6 },
        ...{ author: { id: '70', name: 'Ann' }, createdAt: Date.parse('2026-03-01') },
      },
    ],
    asked: [
      ['https://monday.test/v2', 'secret'],
      ['https://files.test/7?sig=1', null],
    ],
  },
};

async function bench({ create, settings, answers }: Platform) {
  const asked: [string, string | null][] = [];
  const world = testWorld({
    fetch: async (input, init) => {
      const request = new Request(input, init);
      asked.push([request.url, request.headers.get('authorization') ?? request.headers.get('private-token')]);
      const body = request.method === 'POST' ? await request.text() : '';
      const found = Object.entries(answers).find(([sign]) =>
        sign.startsWith('https:') ? request.url.startsWith(sign) : body.includes(sign),
      );
      if (!found) return Response.json({ message: `nothing planned for ${request.url} ${body}` }, { status: 404 });
      return answerOf(found[1], body !== '');
    },
  });
  return { asked, driver: await create(world, settings) };
}

function answerOf(answer: unknown, isGraphQl: boolean): Response {
  if (answer === 'file') return new Response(new Uint8Array([0, 255]));
  const { redirect } = answer as { redirect?: string };
  if (redirect) return new Response(null, { status: 302, headers: { location: redirect } });
  return Response.json(isGraphQl ? { data: answer } : answer);
}

describe.each(Object.entries(PLATFORMS))('%s', (_, platform) => {
  test('lists the files of an issue', async () => {
    const { driver } = await bench(platform);
    expect(await collect(driver.listAttachments?.(platform.key) ?? none())).toEqual(platform.listed);
  });

  test('gets a file, and shows the token to nobody else', async () => {
    const { driver, asked } = await bench(platform);
    const wanted = platform.listed.at(platform.settings['team'] === undefined ? 0 : 1) ?? elsewhere;
    expect(await driver.readAttachment?.(wanted)).toEqual(new Uint8Array([0, 255]));
    expect(asked.map(([url, token]) => [url.replace(/\?opt_fields=.*$/, ''), token])).toEqual(platform.asked);
  });

  test('asks nobody for what it does not keep', async ({ skip }) => {
    const { foreign } = platform;
    if (!foreign) return skip('all of its files have addresses of their own, without the token');
    const { driver, asked } = await bench(platform);
    const call = async () => driver.readAttachment?.(foreign);
    const { remedy } = await refusal(call, { kinds: ['unsupported'], operation: 'readAttachment' });
    expect(remedy).toContain(foreign.url);
    expect(asked.map(([url]) => new URL(url).origin)).not.toContain(new URL(foreign.url).origin);
  });
});

test('a file of monday that is gone is missed when it is read, and not when files are listed', async () => {
  const { monday } = PLATFORMS;
  if (!monday) throw new Error('monday is one of them');
  const { driver } = await bench({ ...monday, answers: { public_url: { assets: [] } } });
  await expect(driver.readAttachment?.(elsewhere)).rejects.toMatchObject({ operation: 'readAttachment' });
});

async function* none(): AsyncGenerator<Attachment> {}
