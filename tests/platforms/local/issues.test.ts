import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import type { IssueFilter } from '../../../core/ports/index.ts';
import { connect, usedIn } from '../../../platforms/local/connection.ts';
import { createTracker } from '../../../platforms/local/issues.ts';
import { planList } from '../../../platforms/local/pages.ts';
import { hasWords } from '../../../platforms/local/text-index.ts';
import { issueTrackerContract } from '../../contract/issue-tracker.ts';
import { refusal } from '../../contract/refusal.ts';
import { testWorld } from '../../support/world.ts';

issueTrackerContract(
  'local',
  async () => {
    const cwd = mkdtempSync(join(tmpdir(), 'pace-local-'));
    const world = testWorld({ cwd, env: { PACE_AGENT: 'tester' } });
    return {
      tracker: createTracker(world, {}),
      facts: { manyIssues: true, people: ['tester', 'Ben B.'], anybody: true, oneNamePerState: true },
      putIntoSprint: async (key, sprint) => {
        const db = new DatabaseSync(join(cwd, '.pace/pace.db'));
        db.prepare('UPDATE issue SET sprint = ? WHERE number = ?').run(sprint, Number(key));
        db.close();
      },
      world,
      another: () => createTracker(world, {}),
      tick: () => world.advance(1000),
      dispose: async () => rmSync(cwd, { recursive: true }),
    };
  },
  { server: false },
);

const folders: string[] = [];

function bench(env: Record<string, string> = { PACE_AGENT: 'tester' }) {
  const cwd = mkdtempSync(join(tmpdir(), 'pace-local-'));
  folders.push(cwd);
  const world = testWorld({ cwd, env });
  const read = (path: string) => readFileSync(join(cwd, path), 'utf8');
  return { cwd, world, read, tracker: createTracker(world, {}) };
}

function mark(kind: string, more: object = {}) {
  return { pace: { kind, day: 3, ...more } };
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

describe('an issue of the embedded tracker', () => {
  test('is whole, down to its times, its author and the place where it is', async () => {
    const { tracker, world } = bench();
    const created = await tracker.createIssue({ title: 'One', body: 'Text.', assignees: ['anna', 'ben', 'anna'] });
    world.advance(5000);
    const moved = await tracker.transitionIssue(created.key, { state: 'in_review' });
    const people = ['anna', 'ben'].map((name) => ({ id: name, name }));
    const expected = {
      key: '1',
      url: '.pace/pace.db#1',
      title: 'One',
      body: 'Text.',
      state: 'open',
      stateName: 'Open',
      labels: [],
      assignees: people,
      author: { id: 'tester', name: 'tester' },
      createdAt: Date.parse('2026-03-02T09:00:00Z'),
      updatedAt: Date.parse('2026-03-02T09:00:00Z'),
      metadata: {},
    };
    expect(created).toEqual(expected);
    expect(moved).toEqual({
      ...expected,
      state: 'in_review',
      stateName: 'In review',
      updatedAt: Date.parse('2026-03-02T09:00:05Z'),
    });
  });

  test('keeps any text and any metadata', async () => {
    const { tracker } = bench();
    const text = fc.string({ unit: 'binary', maxLength: 200 });
    await fc.assert(
      fc.asyncProperty(text, fc.dictionary(fc.string(), fc.jsonValue()), async (body, metadata) => {
        const { key } = await tracker.createIssue({ title: 'Any', body, metadata });
        const found = await tracker.getIssue(key);
        expect(found.body).toBe(body);
        expect(JSON.stringify(found.metadata)).toBe(JSON.stringify(metadata));
      }),
      { numRuns: 60 },
    );
  });

  test.each([
    ['an empty title', { title: '  ', body: '' }],
    ['a title of two lines', { title: 'a\nb', body: '' }],
    ['a title above the limit', { title: 'x'.repeat(256), body: '' }],
    ['a body above the limit', { title: 'x', body: 'x'.repeat(1_000_001) }],
    ['metadata above the limit', { title: 'x', body: '', metadata: { x: 'x'.repeat(1_000_000) } }],
    ['an empty label', { title: 'x', body: '', labels: ['a', ''] }],
    ['a label of two lines', { title: 'x', body: '', labels: ['a\nb'] }],
  ])('with %s is refused, and nothing is written', async (_, draft) => {
    const { tracker, cwd } = bench();
    await refusal(() => tracker.createIssue(draft), { kinds: ['validation'], operation: 'createIssue' });
    expect(readdirSync(cwd)).toEqual([]);
  });

  test('cannot grow above the limit', async () => {
    const { tracker } = bench();
    const { key } = await tracker.createIssue({ title: 'x', body: 'x'.repeat(999_000) });
    const call = () => tracker.updateIssue(key, { title: 'New', metadata: { x: 'x'.repeat(2000) } });
    await refusal(call, { kinds: ['validation'], operation: 'updateIssue' });
    expect((await tracker.getIssue(key)).title).toBe('x');
  });

  test('never gets older by a clock that was set back', async () => {
    const { tracker, world } = bench();
    const { key, createdAt } = await tracker.createIssue({ title: 'x', body: '' });
    world.advance(-60_000);
    expect((await tracker.updateIssue(key, { title: 'y' })).updatedAt).toBe(createdAt);
  });

  test('does not take the number of a deleted one', async () => {
    const { tracker, cwd } = bench();
    const { key } = await tracker.createIssue({ title: 'x', body: '' });
    await turn();
    const db = new DatabaseSync(join(cwd, '.pace/pace.db'));
    db.exec('PRAGMA foreign_keys = ON; DELETE FROM issue');
    db.close();
    await refusal(() => tracker.getIssue(key), { kinds: ['not-found'] });
    expect((await tracker.createIssue({ title: 'y', body: '' })).key).toBe('2');
  });
});

describe('the author', () => {
  test('is the agent, else git’s user, else the user of the machine', async () => {
    const agent = bench({ PACE_AGENT: 'forge', USER: 'anna' });
    expect((await agent.tracker.createIssue({ title: 'x', body: '' })).author?.name).toBe('forge');
    const user = bench({ USER: 'anna' });
    expect((await user.tracker.createIssue({ title: 'x', body: '' })).author?.name).toBe('anna');
    const checkout = bench({ USER: 'anna' });
    execFileSync('git', ['init', '--quiet'], { cwd: checkout.cwd });
    execFileSync('git', ['config', 'user.name', 'Anna Git'], { cwd: checkout.cwd });
    expect((await checkout.tracker.createIssue({ title: 'x', body: '' })).author?.name).toBe('Anna Git');
    const nobody = bench({});
    expect('author' in (await nobody.tracker.createIssue({ title: 'x', body: '' }))).toBe(false);
  });
});

describe('the log of changes', () => {
  test('says who changed what, and what was there before', async () => {
    const { tracker, cwd } = bench();
    const { key } = await tracker.createIssue({ title: 'One', body: 'Text.', labels: ['a'] });
    await tracker.updateIssue(key, { title: 'Two', body: 'Text.', labels: ['b', 'a'] });
    await tracker.updateIssue(key, { title: 'Two', labels: ['a', 'b'] });
    await tracker.transitionIssue(key, { state: 'done' });
    await tracker.transitionIssue(key, { state: 'done' });
    await tracker.addComment(key, 'Done.');
    await turn();
    const db = new DatabaseSync(join(cwd, '.pace/pace.db'));
    const events = db.prepare('SELECT kind, actor, before FROM event ORDER BY id').all();
    db.close();
    expect(events.map((event) => [event['kind'], event['actor'], event['before']])).toEqual([
      ['created', 'tester', '{}'],
      ['updated', 'tester', '{"title":"One","labels":["a"]}'],
      ['moved', 'tester', '{"state":"open"}'],
      ['commented', 'tester', '{}'],
    ]);
  });
});

describe('the Markdown files of the gate’s issues', () => {
  test('an escalation has one, which is its address and follows it', async () => {
    const { tracker, world, read } = bench();
    const draft = { title: '[PACE HOLD] Day 3 — tests', body: '## Blocker\n\nTests.\n', labels: ['pace-hold'] };
    const created = await tracker.createIssue({ ...draft, metadata: mark('escalation') });
    expect(created.url).toBe('.pace/day-3/escalation-issue.md');
    const head = '# [PACE HOLD] Day 3 — tests\n\nStatus: Open · Labels: pace-hold\n\n';
    const note = '_Issue 1 of `.pace/pace.db`, written by PACE. Changes to this file are not read._\n\n';
    expect(read(created.url)).toBe(`${head}${note}## Blocker\n\nTests.\n`);
    world.advance(3_600_000);
    await tracker.addComment(created.key, 'Fixed.');
    await tracker.transitionIssue(created.key, { state: 'done' });
    expect(read(created.url)).toBe(
      `${head.replace('Open', 'Done')}${note}## Blocker\n\nTests.\n\n---\n\n**tester**, 2026-03-02 10:00 UTC:\n\nFixed.\n`,
    );
  });

  test('an advisory has one per day and agent', async () => {
    const { tracker, read } = bench();
    const draft = { title: 'Advisory', body: '', metadata: mark('advisory', { agent: 'SENTINEL' }) };
    const { url } = await tracker.createIssue(draft);
    expect(url).toBe('.pace/advisory-day3-sentinel.md');
    expect(read(url)).toContain('# Advisory\n');
  });

  test('a story has one, and its handoff another', async () => {
    const { tracker, read, cwd } = bench();
    const { key, url } = await tracker.createIssue({ title: 'Story', body: '- [ ] a', metadata: mark('story') });
    expect(url).toBe('.pace/day-3/story-ticket.md');
    await tracker.addComment(key, 'Just words.');
    expect(existsSync(join(cwd, '.pace/day-3/story-handoff-comment.md'))).toBe(false);
    await tracker.addComment(key, '### FORGE Handoff — Day 3\n\n**Status:** done');
    await tracker.addComment(key, 'More words.');
    expect(read('.pace/day-3/story-handoff-comment.md')).toBe('### FORGE Handoff — Day 3\n\n**Status:** done\n');
  });

  test.each([
    [{ kind: 'advisory', day: 3, agent: '../../etc/passwd' }, '.pace/advisory-day3--etc-passwd.md'],
    [{ kind: 'advisory', day: 3, agent: '' }, '.pace/advisory-day3-pace.md'],
    [{ kind: 'escalation', day: '../x' }, '.pace/pace.db#1'],
    [{ kind: 'escalation', day: 1.5 }, '.pace/pace.db#1'],
    [{ kind: 'escalation', day: -1 }, '.pace/pace.db#1'],
    [{ kind: 'escalation' }, '.pace/pace.db#1'],
    [{ kind: 'constructor', day: 3 }, '.pace/pace.db#1'],
    ['escalation', '.pace/pace.db#1'],
    [null, '.pace/pace.db#1'],
  ])('stay below .pace whatever the mark says: %j', async (pace, url) => {
    const { tracker } = bench();
    expect((await tracker.createIssue({ title: 'x', body: '', metadata: { pace } })).url).toBe(url);
  });

  test('show the issue that stays when two processes have filed the same fact', async () => {
    const { tracker, read } = bench();
    const metadata = mark('escalation');
    const first = await tracker.createIssue({ title: 'First', body: '', metadata });
    const second = await tracker.createIssue({ title: 'Second', body: '', metadata });
    await tracker.addComment(second.key, 'The same as issue 1.');
    await tracker.transitionIssue(second.key, { state: 'canceled' });
    expect(read(first.url)).toBe(
      '# First\n\nStatus: Open\n\n_Issue 1 of `.pace/pace.db`, written by PACE. Changes to this file are not read._\n',
    );
    await tracker.transitionIssue(first.key, { state: 'canceled' });
    expect(read(first.url)).toContain('# First\n\nStatus: Canceled\n');
  });

  test('that cannot be written are said, and the issue is stored all the same', async () => {
    const { tracker, world, cwd } = bench();
    mkdirSync(join(cwd, '.pace'));
    writeFileSync(join(cwd, '.pace/day-3'), 'a file in the place of the folder');
    const { key } = await tracker.createIssue({ title: 'Stored', body: '', metadata: mark('escalation') });
    expect((await tracker.getIssue(key)).title).toBe('Stored');
    expect(world.lines.length).toBe(1);
    expect(world.lines[0]).toMatch(/^warn: Issue 1 is stored, but its Markdown file is not\. .*day-3/);
  });
});

test('the database may be elsewhere', async () => {
  const { cwd, world } = bench();
  const tracker = createTracker(world, { database: 'data/issues.db' });
  const { url } = await tracker.createIssue({ title: 'x', body: '' });
  expect([url, readdirSync(cwd)]).toEqual(['data/issues.db#1', ['data']]);
  const absolute = createTracker(world, { database: join(cwd, 'other.db') });
  expect((await absolute.createIssue({ title: 'x', body: '' })).url).toBe('other.db#1');
});

describe('lists read from an index', () => {
  const filters: Record<string, IssueFilter> = {
    'without a filter': {},
    'by state': { state: 'open' },
    'by states': { states: ['in_progress', 'done'] },
    'by label': { labels: ['a'] },
    'by label and state': { labels: ['a', 'b'], state: 'closed', createdSince: 1 },
    'by text': { text: 'common', state: 'open' },
    'by assignee': { assignee: 'anna', labels: ['a'] },
    'by what is not there': { milestone: null, parent: null, assignee: null },
    'by update': { labels: ['a'], sort: { by: 'updated', direction: 'desc' } },
    'by priority': { type: 'bug', sort: { by: 'priority', direction: 'asc' } },
  };

  // a set of more issues than are taken whole, so that the order decides
  async function filled() {
    const { tracker, cwd } = bench();
    const draft = { title: 'x', body: 'common', labels: ['a', 'b'], assignees: ['anna'] };
    await tracker.batch?.create?.(Array.from({ length: 1001 }, () => draft));
    await turn();
    return connect(new DatabaseSync(join(cwd, '.pace/pace.db')), { has_words: hasWords() });
  }

  test('whatever they are filtered and sorted by', async () => {
    const db = await filled();
    const slow = /^SCAN (?!.*(INDEX|VIRTUAL TABLE))|TEMP B-TREE/;
    const found = Object.entries(filters).map(([name, filter]) => {
      const { parts, values, start } = planList(db, filter, 0);
      const steps = parts.flatMap((sql) =>
        db.all(`EXPLAIN QUERY PLAN ${sql}`, usedIn(sql, { ...values, ...start, limit: 50 })),
      );
      return [name, steps.map(({ detail }) => String(detail)).filter((detail) => slow.test(detail))];
    });
    db.close();
    expect(found).toEqual(Object.keys(filters).map((name) => [name, []]));
  });
});
