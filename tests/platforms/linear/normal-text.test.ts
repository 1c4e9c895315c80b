import { afterEach, describe, expect, test } from 'vitest';
import { createTracker } from '../../../platforms/linear/issues.ts';
import { type Linear, startLinear } from '../../support/linear.ts';
import { testWorld } from '../../support/world.ts';
import { settingsFor } from './bench.ts';

const servers: Linear[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function bench(settings = {}) {
  const server = await startLinear();
  servers.push(server);
  return { server, tracker: await createTracker(testWorld(), settingsFor(server, settings)) };
}

// seen in workspaces that another tool kept in step: each made it write for ever. https://github.com/jlevy/tbd
describe('a text that Linear writes anew is the text that was sent', () => {
  test.each([
    ['bullets', '- a\n- b\n  - c', '* a\n\n* b\n\n  * c'],
    ['lists right below a text', 'a\n1. b\n2. c', 'a\n\n1. b\n\n2. c'],
    ['where links lead', '[a](https://example.org/b)', '[a](<https://example.org/b>)'],
    ['addresses of the web', 'https://example.org/a', '[https://example.org/a](<https://example.org/a>)'],
    ['domains', 'see skills.sh', 'see [skills.sh](<http://skills.sh>)'],
    ['addresses of mail', 'to agents@example.org', 'to [agents@example.org](<mailto:agents@example.org>)'],
    [
      'addresses in code',
      '```yaml\nto: agents@example.org\n```',
      '```yaml\nto: [agents@example.org](<mailto:agents@example.org>)\n```',
    ],
    ['indentation', 'a\n\n  b', 'a\n\nb'],
    ['empty lines', 'a\n\n\n\nb', 'a\n\nb'],
    ['comments', 'a\n\n<!-- c -->\n\nb', 'a\n\nb'],
    ['emphasis', '_a_ __b__', '*a* **b**'],
  ])('%s', async (_, sent, kept) => {
    const { tracker } = await bench();
    const { key, body } = await tracker.createIssue({ title: 'A', body: sent });
    expect(body).toBe(kept);
    const of = tracker.normalText?.of ?? String;
    expect(of((await tracker.getIssue(key)).body)).toBe(of(sent));
    expect(of((await tracker.addComment(key, sent)).body)).toBe(of(sent));
  });
});

describe('what Linear knows for ever', () => {
  test('an issue keeps its id when it moves to another team and is called otherwise', async () => {
    const { server, tracker } = await bench();
    const { key, id } = await tracker.createIssue({ title: 'A', body: '' });
    server.moveAway(key);
    const moved = await tracker.getIssue(key);
    expect(moved.key).not.toBe(key);
    expect(moved.id).toBe(id);
    expect(id).toBe(server.space.issues[0]?.id);
  });

  test('its place is the team, with the project where there is one', async () => {
    const { server, tracker } = await bench();
    const [team] = server.space.teams;
    const [project] = server.space.projects;
    expect(await tracker.containerId?.()).toBe(team?.id);
    const inProject = await createTracker(testWorld(), settingsFor(server, { project: 'Website' }));
    expect(await inProject.containerId?.()).toBe(`${team?.id}/${project?.id}`);
    expect(server.exchanges.length).toBe(2);
  });

  test('people have their addresses of mail', async () => {
    const { tracker } = await bench();
    const { author } = await tracker.createIssue({ title: 'A', body: '' });
    expect(author).toEqual({ id: 'ada', name: 'Ada Lovelace', email: 'ada@example.org' });
  });
});
