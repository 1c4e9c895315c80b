import { afterEach, describe, expect, it } from 'vitest';
import { resolveSettings } from '../../../core/drivers/settings.ts';
import { checkedAnswers } from '../../../core/tracker/checked-answers.ts';
import { collect } from '../../../core/tracker/collect.ts';
import jira from '../../../platforms/jira/index.ts';
import { type Jira, type JiraOptions, startJira } from '../../support/jira.ts';
import { testWorld } from '../../support/world.ts';

const open: Jira[] = [];

afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

async function start(options: JiraOptions = {}) {
  const server = await startJira(options);
  open.push(server);
  const world = testWorld();
  const given = {
    JIRA_URL: server.url,
    JIRA_EMAIL: server.email,
    JIRA_TOKEN: server.token,
    JIRA_PROJECT_KEY: server.projectKey,
    JIRA_DEPLOYMENT: options.deployment ?? 'Cloud',
  };
  const { settings } = resolveSettings({ platform: jira, side: 'tracker', env: given });
  const another = async () => {
    const driver = await jira.createTracker?.(world, settings);
    if (!driver) throw new Error('Jira has a tracker');
    return checkedAnswers(driver, 'Jira', world.log);
  };
  const tracker = await another();
  const { key } = await tracker.createIssue({ title: 'One', body: '' });
  const [issue] = server.issues;
  if (!issue) throw new Error('there is an issue');
  return { server, world, tracker, another, key, issue };
}

const WARNING = {
  type: 'panel',
  attrs: { panelType: 'warning' },
  content: [{ type: 'paragraph', content: [{ type: 'mention', attrs: { id: 'a', text: '@Ada' } }] }],
};
const shot = {
  type: 'mediaSingle',
  attrs: { layout: 'center' },
  content: [{ type: 'media', attrs: { type: 'file', id: 'm', collection: '', alt: 'shot.png' } }],
};
const line = (text: string) => ({ type: 'paragraph', content: [{ type: 'text', text }] });
const documentOf = (...content: object[]) => ({ version: 1, type: 'doc', content });

describe('A text that people have written in Jira Cloud', () => {
  it('keeps what Markdown has no words for when another part is edited', async () => {
    const { tracker, world, key, issue } = await start();
    issue.description = documentOf(WARNING, line('old'), shot);
    const { body } = await tracker.getIssue(key);
    expect(body).toBe('> @Ada\n\nold\n\n(shot.png)');
    const { body: after } = await tracker.updateIssue(key, { body: body.replace('old', 'new') });
    expect(after).toBe('> @Ada\n\nnew\n\n(shot.png)');
    expect(issue.description).toEqual(documentOf(WARNING, line('new'), shot));
    expect(world.lines.filter((said) => said.startsWith('warn'))).toEqual([]);
  });

  it('says what is lost although its name is still there', async () => {
    const { tracker, world, key, issue } = await start();
    issue.description = documentOf(shot);
    await tracker.updateIssue(key, { body: 'See (shot.png).' });
    expect(issue.description).toEqual(documentOf(line('See (shot.png).')));
    expect(world.lines.filter((said) => said.startsWith('warn'))).toEqual([
      'warn: The text of PACE-1 loses what Markdown has no words for: mediaSingle “(shot.png)”, media “(shot.png)”.',
    ]);
  });

  it('can be emptied, which asks for nothing', async () => {
    const { tracker, server, key, issue } = await start();
    issue.description = documentOf(WARNING);
    const before = server.exchanges.length;
    await tracker.updateIssue(key, { body: '' });
    expect(issue.description).toBeNull();
    expect(server.exchanges.slice(before).map(({ asked }) => asked.method)).toEqual(['PUT', 'GET']);
  });

  it('is a comment, too', async () => {
    const { tracker, key, issue } = await start();
    const { id } = await tracker.addComment(key, 'x');
    const [comment] = issue.comments;
    if (!comment) throw new Error('there is a comment');
    comment.body = documentOf(WARNING, line('old'));
    const { body } = (await tracker.updateComment?.(key, id, '> @Ada\n\nnew')) ?? {};
    expect(body).toBe('> @Ada\n\nnew');
    expect(comment.body).toEqual(documentOf(WARNING, line('new')));
  });

  it('is not made up for a comment that is not there', async () => {
    const { tracker, key } = await start();
    const edit = tracker.updateComment?.(key, '999', 'x') ?? Promise.resolve();
    await expect(edit).rejects.toMatchObject({ kind: 'not-found', operation: 'updateComment' });
  });
});

describe('A text that people have written in Jira Data Center', () => {
  it('keeps its own words where nothing was changed', async () => {
    const { tracker, world, key, issue } = await start({ deployment: 'Data Center' });
    const text = 'Ask [~mia]:\n{panel:bgColor=#fff}\nkept\n{panel}\n\n!shot.png|thumbnail!\n';
    issue.description = text;
    const { body } = await tracker.getIssue(key);
    await tracker.updateIssue(key, { body: body.replace('Ask', 'Please ask') });
    expect(issue.description).toBe('Please ask [~mia]:\n\n{panel:bgColor=#fff}\nkept\n{panel}\n\n!shot.png|thumbnail!');
    expect(world.lines.filter((said) => said.startsWith('warn'))).toEqual([]);
  });

  it('tells the priorities of a site where createmeta is refused', async () => {
    for (const status of [400, 403, 404]) {
      const priorities = ['Blocker', 'Critical', 'Major', 'Minor', 'Trivial'];
      const { server, tracker, another, world } = await start({ deployment: 'Data Center', priorities });
      await tracker.createIssue({ title: 'Two', body: '' });
      const fresh = server.exchanges.length;
      server.trouble(
        ({ path }) => path.includes('createmeta'),
        { status, json: { errorMessages: [], errors: {} } },
        100,
      );
      const found = await collect((await another()).listIssues());
      expect(found.map(({ key, priority }) => [key, priority])).toEqual([
        ['PACE-2', 2],
        ['PACE-1', 2],
      ]);
      const asked = server.exchanges.slice(fresh).map(({ asked: { path } }) => path.replace(/^.*\/rest\/api\/2/, ''));
      expect(asked.filter((path) => path === '/priority')).toHaveLength(1);
      expect(world.lines.filter((said) => said.startsWith('warn'))).toEqual([]);
    }
  });

  it('has no priority where nobody tells what the words mean', async () => {
    const { server, another } = await start({ deployment: 'Data Center', priorities: ['Now', 'Later', 'Never'] });
    server.trouble(
      ({ path }) => /createmeta|priority$/.test(path),
      { status: 403, json: { errorMessages: ['no'] } },
      100,
    );
    expect((await collect((await another()).listIssues())).map(({ key, priority }) => [key, priority])).toEqual([
      ['PACE-1', undefined],
    ]);
  });
});

describe('One odd issue of Jira', () => {
  it.each([
    ['without a status', { status: null }, { state: 'open', stateName: '(unknown)' }],
    ['whose status has no category', { status: { name: 'Odd' } }, { state: 'open', stateName: 'Odd' }],
    ['whose reporter is nobody', { creator: { displayName: 'Ada' } }, { author: { id: '(no id)', name: 'Ada' } }],
    ['without a summary', { summary: null }, { title: '(no title)' }],
    ['without labels', { labels: null, fixVersions: null, issuelinks: null, priority: null }, { labels: [] }],
  ])('is shown in a list, %s', async (_, change, shown) => {
    const { server, tracker, world } = await start();
    await tracker.createIssue({ title: 'Two', body: '' });
    const spoil = (issue: { key: string; fields: object }) =>
      issue.key === 'PACE-1' ? { ...issue, fields: { ...issue.fields, ...change } } : issue;
    server.trouble(
      ({ path }) => path.endsWith('/search/jql'),
      (answer) => {
        const found = answer.json as { issues: { key: string; fields: object }[] };
        return { ...answer, json: { ...found, issues: found.issues.map(spoil) } };
      },
    );
    const found = await collect(tracker.listIssues());
    expect(found.map(({ key }) => key)).toEqual(['PACE-2', 'PACE-1']);
    expect(found[1]).toMatchObject(shown);
    expect(world.lines.filter((said) => said.startsWith('warn'))).toHaveLength('labels' in change ? 0 : 1);
  });
});
