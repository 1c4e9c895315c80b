/** The first law of sync, for every vendor on the wire: a second run changes nothing, there and here, and asks next to nothing. */
import { isDeepStrictEqual } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import type { IssueDraft, IssueTracker } from '../../core/ports/index.ts';
import { collect } from '../../core/tracker/collect.ts';
import { loadPlatform, openTracker, type PlatformName } from '../../platforms/index.ts';
import { paceHere } from '../support/pace-here.ts';
import { TRACKER_SERVERS, type TrackerServer } from '../support/tracker-servers.ts';
import { testWorld } from '../support/world.ts';

/**
 * Requests of a quiet run: the list of what was changed lately. A Jira first tells which of two it is. On Linear and monday a comment
 * changes nothing in that list, and is in one of its own.
 */
const REQUESTS: Readonly<Record<keyof typeof TRACKER_SERVERS, number>> = {
  ...{ github: 1, gitlab: 1, gitea: 1, 'jira cloud': 2, linear: 2, asana: 1, clickup: 1, monday: 2 },
  // a search tells no entity property: each issue of the last minutes before the last change is asked for its own
  'jira data center': 2 + 6,
};

/** As people write it, and as no two trackers keep it. */
const TEXT = [
  '# Why *this*',
  'A __line__ with `code`, a <b>tag</b>, a link to [the page](https://example.org/a_b) and a break\\\nhere.',
  '* one\n* two\n    * below\n1) first\n2) second',
  '- [ ] open\n- [x] done',
  '```ts\nconst a = "*b*";\n```',
  '| a | b |\n|---|:-:|\n| 1 | 2 |',
  '> Said @ada, see #1\n\n***',
].join('\n\n');

/** What the tracker has a place for. */
async function drafted(tracker: IssueTracker, draft: IssueDraft): Promise<IssueDraft> {
  const { unsupported, types } = await tracker.capabilities();
  const held = Object.entries(draft).filter(([field]) => unsupported[field as keyof typeof unsupported] === undefined);
  return Object.fromEntries(
    held.filter(([field, value]) => field !== 'type' || types === undefined || types.includes(String(value))),
  ) as IssueDraft & { title: string };
}

/** Issues with all that two trackers may have to say of one. */
async function fill(tracker: IssueTracker, person: string | undefined, of: string): Promise<void> {
  const create = async (draft: IssueDraft) => tracker.createIssue(await drafted(tracker, draft));
  const epic = await create({ title: `Epic of ${of}`, body: TEXT, type: 'epic' });
  const one = await create({
    ...{ title: `One of ${of}`, body: 'Text', labels: ['bug', of], priority: 1, dueDate: '2026-05-01' },
    ...{ storyPoints: 3, parent: epic.key, ...(person !== undefined && { assignees: [person] }) },
  });
  const two = await create({ title: `Two of ${of}`, body: '' });
  await tracker.updateIssue(two.key, { state: 'done' });
  const { linkTypes } = await tracker.capabilities();
  if (linkTypes.includes('blocks')) await tracker.createLink(two.key, { type: 'blocks', target: one.key });
  await tracker.addComment(one.key, `${TEXT}\n\nWell?`);
  await tracker.addComment(one.key, 'Yes.');
}

async function trackerOf({ env, platform }: Pick<TrackerServer, 'env' | 'platform'>, cwd: string) {
  const world = testWorld({ env: { ...env, PACE_AGENT: 'tester' }, cwd, now: () => Date.now() });
  return openTracker(world, { platform: await loadPlatform(platform as PlatformName) });
}

test.each(Object.entries(REQUESTS) as [keyof typeof TRACKER_SERVERS, number][])(
  'a second run of %s and the embedded tracker changes nothing, and asks %i times',
  async (name, requests) => {
    const server = await TRACKER_SERVERS[name]();
    onTestFinished(() => server.close());
    const here = await paceHere({ env: server.env });
    await fill(await trackerOf(server, here.workspace.path), server.person, 'there');
    await fill(await trackerOf({ env: {}, platform: 'local' }, here.workspace.path), undefined, 'Here');
    const run = () => here.pace('sync', 'bidirectional', server.platform, 'local', '--yes');
    const first = await run();
    expect(first, first.stdout + first.stderr).toMatchObject({ code: 0 });
    const before = await kept(here);
    const from = server.exchanges.length;
    const second = await run();
    const asked = server.exchanges.slice(from).map((one) => one.asked);
    const words = asked.map(({ method, path, query }) => `${method} ${path} ${query}`);
    expect(
      asked.filter((one) => server.isWrite(one)),
      second.stdout,
    ).toEqual([]);
    expect(isDeepStrictEqual(await kept(here), before)).toBe(true);
    expect(second).toMatchObject({ code: 0, stderr: '' });
    expect(words.length, words.join('\n')).toBe(requests);
  },
);

/** A comment changes neither the time of change nor a count there, and no list has those of all issues. */
const TOLD_BY_A_FULL_LOOK: readonly string[] = ['asana', 'clickup'];

test.each(
  (Object.keys(REQUESTS) as (keyof typeof TRACKER_SERVERS)[]).map(
    (name) => [name, TOLD_BY_A_FULL_LOOK.includes(name) ? ['--full'] : []] as const,
  ),
)('a comment on %s on an issue that is else as it was comes over with the next run, once (%j)', async (name, flags) => {
  const server = await TRACKER_SERVERS[name]();
  onTestFinished(() => server.close());
  const here = await paceHere({ env: server.env });
  const there = await trackerOf(server, here.workspace.path);
  const { key } = await there.createIssue({ title: 'Old', body: 'Text' });
  const run = async () => {
    const ran = await here.pace('sync', 'bidirectional', server.platform, 'local', '--yes', '--json', ...flags);
    expect(ran, ran.stdout + ran.stderr).toMatchObject({ code: 0 });
    return JSON.parse(ran.stdout).written as { kind: string }[];
  };
  await run();
  await run();
  await there.addComment(key, 'Said later.');
  expect(await run()).toMatchObject([{ kind: 'comment' }]);
  const local = await trackerOf({ env: {}, platform: 'local' }, here.workspace.path);
  expect(await collect(local.listComments('1'))).toMatchObject([{ body: expect.stringContaining('Said later.') }]);
  expect(await run()).toEqual([]);
});

/** What is remembered, and all issues here. */
async function kept(here: Awaited<ReturnType<typeof paceHere>>): Promise<unknown> {
  const files = Object.entries(await here.workspace.files()).filter(([path]) => path.startsWith('.pace/sync/'));
  return [files, await here.data('issue', 'list', '--backend', 'local', '--state', 'all', '--json')];
}
