/** What is written where, and what is left alone. */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { Issue, IssuePatch, TrackerDriver } from '../../../core/ports/index.ts';
import { collect } from '../../../core/tracker/collect.ts';
import spec_kitty from '../../../platforms/spec_kitty/index.ts';
import { LANTERN, OWL, samplePath } from '../../core/spec-kitty/samples.ts';
import { type KittyBench, kittyBench } from './bench.ts';

const open: KittyBench[] = [];
function bench(...args: Parameters<typeof kittyBench>): KittyBench {
  const made = kittyBench(...args);
  open.push(made);
  return made;
}
afterEach(async () => {
  for (const made of open.splice(0)) await made.dispose();
});

const LOG = 'status.events.jsonl';
const NEEDS = {
  statusContext: 'pace/gate',
  waitsForCi: false,
  opensReviews: false,
  usesVariables: false,
  purposes: [],
};

function snapshot({ cwd }: KittyBench): ReadonlyMap<string, string> {
  const names = readdirSync(cwd, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = names.map((entry) => join(entry.parentPath, entry.name)).filter((path) => !/\.pace|\.git\b/.test(path));
  return new Map(paths.map((path) => [path.slice(cwd.length + 1), readFileSync(path, 'utf8')]));
}

function changed(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  return [...after]
    .filter(([path, text]) => before.get(path) !== text)
    .map(([path]) => path.split('/').at(-1) ?? '')
    .sort();
}

describe('a mission that has ended', () => {
  it('is read as it is', async () => {
    const [wp02, wp01] = await collect(bench('ended').open().listIssues());
    expect(wp01).toMatchObject({
      ...{ key: 'WP01', title: 'Note a call', state: 'done', stateName: 'done', commentCount: 4 },
      ...{ assignees: [{ id: 'ann' }], url: `${OWL}/tasks/WP01-note-a-call.md#WP01` },
      links: [{ type: 'is dependency of', target: 'WP02' }],
      body: '## Objective\n\nOne command writes one call of an owl to the log.',
      sections: [
        { name: 'Subtasks', text: '- [x] T001 Write the call to the file\n- [x] T002 Refuse a call without a place' },
        { name: 'Agent', text: 'claude' },
        { name: 'Tracker references', text: 'OWL-12, #34' },
        { name: 'Activity Log', text: '- 2026-11-30T03:10:00Z – system – Prompt written' },
      ],
    });
    expect(wp01?.createdAt).toBe(Date.parse('2020-11-30T03:10:31.267Z'));
    expect(wp02).toMatchObject({ state: 'canceled', links: [{ type: 'depends on', target: 'WP01' }] });
  });

  it('has its notes as comments, with who wrote them', async () => {
    const comments = await collect(bench('ended').open().listComments('WP01'));
    expect(comments.map(({ body, author }) => [body, author?.name])).toEqual([
      ['Begin', 'claude'],
      ['Ready for review', 'claude'],
      ['Looks right', 'user'],
      ['Done override: Landed by hand', 'user'],
    ]);
  });
});

describe('a move', () => {
  it('appends lines, makes status.json anew, and touches nothing else', async () => {
    const made = bench();
    const before = snapshot(made);
    await made.open().transitionIssue('WP01', { state: 'in_progress' });
    expect(changed(before, snapshot(made))).toEqual([LOG, 'status.json']);
    const old = before.get(`${OWL}/${LOG}`) ?? '';
    expect(made.text(LOG).startsWith(old)).toBe(true);
    const lines = made
      .text(LOG)
      .slice(old.length)
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ from_lane: from, to_lane: to, actor, force }) => [from, to, actor, force])).toEqual([
      ['planned', 'claimed', 'tester', false],
      ['claimed', 'in_progress', 'tester', false],
    ]);
  });

  it('ends a last line that has no end', async () => {
    const made = bench();
    const path = join(made.cwd, OWL, LOG);
    writeFileSync(path, readFileSync(path, 'utf8').trimEnd());
    await made.open().addComment('WP01', 'x');
    expect(
      made
        .text(LOG)
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
        .at(-1),
    ).toMatchObject({ delta: { note: 'x' } });
  });

  it('that needs a review leaves a note, once, and says so', async () => {
    const made = bench();
    const tracker = made.open();
    await expect(tracker.transitionIssue('WP01', { state: 'done' })).rejects.toMatchObject({ kind: 'transition' });
    const after = made.text(LOG);
    expect(after).toContain('PACE: tester has set this to done in a tracker. It stays in planned: ');
    await expect(tracker.updateIssue('WP01', { state: 'done', title: 'Other' })).rejects.toThrow(
      /A note in its log says so/,
    );
    expect(made.text(LOG)).toBe(after);
    expect(await tracker.getIssue('WP01')).toMatchObject({
      ...{ state: 'open', title: 'Note a call', commentCount: 0 },
      sections: expect.arrayContaining([{ name: 'Refused moves', text: expect.stringContaining('set this to done') }]),
    });
    expect(await collect(tracker.listComments('WP01'))).toEqual([]);
  });

  it('that needs a review writes nothing, where that is asked for', async () => {
    const made = bench();
    const before = snapshot(made);
    await expect(made.open({ evidence: 'nothing' }).transitionIssue('WP01', { state: 'done' })).rejects.toThrow(
      /stays in planned/,
    );
    expect(changed(before, snapshot(made))).toEqual([]);
  });

  it('that needs a review is forced with a reason, where that is allowed', async () => {
    const made = bench();
    expect(await made.open({ evidence: 'force' }).transitionIssue('WP01', { state: 'done' })).toMatchObject({
      state: 'done',
    });
    expect(JSON.parse(made.text(LOG).trim().split('\n').at(-1) ?? '')).toMatchObject({
      ...{ from_lane: 'planned', to_lane: 'done', force: true, reason: 'Forced by PACE: set to done by tester' },
    });
  });

  it('to a review waits for the subtasks', async () => {
    const made = bench();
    const tracker = made.open();
    await tracker.transitionIssue('WP01', { state: 'in_progress' });
    await expect(tracker.transitionIssue('WP01', { state: 'in_review' })).rejects.toThrow(
      /not all of its subtasks are done/,
    );
  });

  it('is refused where another machine has written a line of tomorrow', async () => {
    const made = bench();
    const path = join(made.cwd, OWL, LOG);
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll('2020-11-30T03:10:31.5', '2999-11-30T03:10:31.5'));
    await expect(made.open().addComment('WP01', 'x')).rejects.toThrow(/would have no effect/);
  });

  it('knows no other word for a missing review', () => {
    expect(() => bench().open({ evidence: 'maybe' })).toThrow(/a way to deal with a missing review/);
  });
});

describe('a change of a text', () => {
  const patches = fc.record<IssuePatch>(
    {
      title: fc.constantFrom('Other', 'a: b', "it's", '# x', 'yes', '– "q"'),
      body: fc.constantFrom('', 'Text', '---\n\n## Activity Log\nx', '```\nopen', '- [ ] T001', 'ü\n\n\n\nü'),
      labels: fc.subarray(['one', 'two: 2', '#3']),
      priority: fc.constantFrom(0, 3, null),
    },
    { requiredKeys: [] },
  );

  it('changes what it names, and no key of ours comes into the front matter', async () => {
    const made = bench('ended');
    const tracker = made.open();
    await fc.assert(
      fc.asyncProperty(patches, async (patch) => {
        const before = snapshot(made);
        const issue = await tracker.getIssue('WP01');
        const after = await tracker.updateIssue('WP01', patch);
        const { priority, ...rest } = patch;
        expect(after).toMatchObject(rest);
        if (priority !== undefined) expect(after.priority).toBe(priority ?? undefined);
        const same = (['title', 'body', 'labels', 'priority', 'links', 'assignees', 'sections'] as const).filter(
          (name) => patch[name as 'title'] === undefined,
        );
        for (const name of same) expect(after[name]).toEqual(issue[name]);
        expect(changed(before, snapshot(made)).filter((name) => name !== 'WP01-note-a-call.md')).toEqual([]);
        const keys =
          /^---\n([\s\S]*?)\n---\n/.exec(made.text('tasks/WP01-note-a-call.md'))?.[1]?.match(/^\w+(?=:)/gm) ?? [];
        const known = new Set([...ORIGINAL_KEYS, 'priority']);
        expect(keys.filter((key) => !known.has(key))).toEqual([]);
        const once = snapshot(made);
        await tracker.updateIssue('WP01', patch);
        expect(changed(once, snapshot(made))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

const ORIGINAL_KEYS =
  readFileSync(join(samplePath('ended'), 'tasks/WP01-note-a-call.md'), 'utf8').match(/^\w+(?=:)/gm) ?? [];

describe('the mark of sync', () => {
  const markOf = (key: string) => ({ pace_sync: { 'jira example.org 10001': { pair: 'p', id: '7', key } } });
  const references = ({ sections = [] }: Issue) => sections.find(({ name }) => name === 'Tracker references')?.text;

  it('is a tracker reference in the log, beside those of people, as long as it stands', async () => {
    const tracker = bench('ended').open();
    const marked = await tracker.updateIssue('WP01', { setMetadata: markOf('OWL-99') });
    expect(references(marked)).toBe('OWL-12, #34, jira:OWL-99');
    expect(references(await tracker.updateIssue('WP01', { setMetadata: markOf('OWL-98') }))).toBe(
      'OWL-12, #34, jira:OWL-98',
    );
    expect(references(await tracker.updateIssue('WP01', { setMetadata: { pace_sync: null } }))).toBe('OWL-12, #34');
    expect(references(await tracker.createIssue({ title: 'New', body: '', metadata: markOf('OWL-1') }))).toBe(
      'jira:OWL-1',
    );
  });

  it('is written once', async () => {
    const made = bench();
    await made.open().updateIssue('WP01', { setMetadata: markOf('OWL-99') });
    const before = snapshot(made);
    await made.open().updateIssue('WP01', { setMetadata: markOf('OWL-99') });
    expect(changed(before, snapshot(made))).toEqual([]);
  });
});

describe('mistakes', () => {
  it('are told together, each with its place, and nothing is written', async () => {
    const made = bench();
    writeFileSync(join(made.cwd, OWL, 'tasks/WP07-odd.md'), '# No front matter\n');
    writeFileSync(join(made.cwd, OWL, 'tasks/WP08.md'), '---\nwork_package_id: WP01\n---\n');
    writeFileSync(join(made.cwd, OWL, LOG), '{"kind": "pace"}\n{');
    const error = await made
      .open()
      .getIssue('WP01')
      .catch((reason: Error) => reason.message.split('\n'));
    expect(error).toEqual([
      `${OWL}/tasks/WP07-odd.md:1:1: It has no front matter: its first line is not \`---\`.`,
      `${OWL}/${LOG}:1:1: Spec Kitty does not know its kind: "pace".`,
      `${OWL}/${LOG}:2:1: It is not JSON.`,
      `${OWL}/tasks/WP08.md:2:1: Another file has the same \`work_package_id\`.`,
    ]);
  });
});

describe('a path', () => {
  it('leads to the mission that it lies in', async () => {
    const { cwd } = bench();
    const opens = (path: string) => spec_kitty.opensPath({ cwd }, path);
    expect(await opens(OWL)).toEqual({ mission: OWL });
    expect(await opens(`${OWL}/tasks/WP01-note-a-call.md`)).toEqual({ mission: OWL });
    expect(await opens('kitty-specs/none')).toBeUndefined();
    expect(await opens('docs')).toBeUndefined();
  });

  it('need not be given where there is one mission, which may be named without its folder', async () => {
    const made = bench();
    const read = (mission: string) => made.open({ mission }).getIssue('WP01');
    expect((await made.open().getIssue('WP01')).key).toBe('WP01');
    expect((await read('owl-call-log-01M8N6R9')).key).toBe('WP01');
    cpSync(join(made.cwd, OWL), join(made.cwd, 'kitty-specs/012-old'), { recursive: true });
    await expect(made.open().getIssue('WP01')).rejects.toThrow(/several missions/);
    expect((await read('kitty-specs/012-old')).url).toContain('012-old');
    await expect(read('../out')).rejects.toThrow();
  });
});

describe('a mission with a coordination branch', () => {
  const BRANCH = 'kitty/mission-lantern-battery-gauge-01M8N6QV';
  const WORKTREE = '.worktrees/lantern-battery-gauge-01M8N6QV-coord';

  function coordinated(): { made: KittyBench; tracker: TrackerDriver; git: (...args: string[]) => string } {
    const made = bench('target');
    const git = (...args: string[]) => {
      const all = ['-c', 'user.name=dev', '-c', 'user.email=dev@example.org', ...args];
      return execFileSync('git', all, { cwd: made.cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    };
    git('init', '--quiet', '--initial-branch=main');
    git('config', 'user.name', 'dev');
    git('config', 'user.email', 'dev@example.org');
    writeFileSync(join(made.cwd, '.gitignore'), '.worktrees\n.pace\n');
    git('add', '--all');
    git('commit', '--quiet', '--message', 'target');
    git('worktree', 'add', '--quiet', '-b', BRANCH, WORKTREE);
    const there = join(made.cwd, WORKTREE, LANTERN);
    rmSync(there, { recursive: true });
    cpSync(samplePath('coordination'), there, { recursive: true });
    git('-C', WORKTREE, 'add', '--all');
    git('-C', WORKTREE, 'commit', '--quiet', '--message', 'lanes');
    return { made, tracker: made.open(), git };
  }

  it('has its lanes there', async () => {
    expect(await coordinated().tracker.getIssue('WP01')).toMatchObject({ state: 'in_progress', stateName: 'claimed' });
  });

  it('is written in its worktree, and committed there', async () => {
    const { made, tracker, git } = coordinated();
    await tracker.transitionIssue('WP01', { state: 'blocked' });
    expect(await tracker.getIssue('WP01')).toMatchObject({ state: 'blocked' });
    expect(git('status', '--porcelain')).toBe('');
    expect(git('-C', WORKTREE, 'status', '--porcelain')).toBe('');
    expect(git('log', '--format=%s', '-1', BRANCH).trim()).toBe('Record work packages as PACE has set them');
    expect(git('show', '--name-only', '--format=', BRANCH).trim().split('\n')).toEqual([
      `${LANTERN}/${LOG}`,
      `${LANTERN}/status.json`,
    ]);
    expect(
      JSON.parse(readFileSync(join(made.cwd, WORKTREE, LANTERN, 'status.json'), 'utf8')).work_packages.WP01.lane,
    ).toBe('blocked');
  });

  it('leaves what others have staged there to them', async () => {
    const { tracker, git, made } = coordinated();
    writeFileSync(join(made.cwd, WORKTREE, 'own.txt'), 'x');
    git('-C', WORKTREE, 'add', 'own.txt');
    await tracker.addComment('WP02', 'x');
    expect(git('-C', WORKTREE, 'status', '--porcelain').trim()).toBe('A  own.txt');
  });

  it('is read from git where it is not checked out, and then nothing is written', async () => {
    const { made, tracker, git } = coordinated();
    git('worktree', 'remove', '--force', WORKTREE);
    expect(await tracker.getIssue('WP01')).toMatchObject({ stateName: 'claimed' });
    const before = snapshot(made);
    for (const write of [
      () => tracker.transitionIssue('WP01', { state: 'blocked' }),
      () => tracker.addComment('WP01', 'x'),
      () => tracker.updateIssue('WP01', { title: 'Other' }),
      () => tracker.createIssue({ title: 'New', body: '' }),
    ])
      await expect(write()).rejects.toThrow(/not checked out at \.worktrees\/.*nothing was written/);
    expect(changed(before, snapshot(made))).toEqual([]);
    expect(existsSync(join(made.cwd, WORKTREE))).toBe(false);
  });

  it('says which branch is missing', async () => {
    const { tracker, git } = coordinated();
    git('worktree', 'remove', '--force', WORKTREE);
    git('branch', '--quiet', '-D', BRANCH);
    await expect(tracker.getIssue('WP01')).rejects.toThrow(`on the branch ${BRANCH}, which is not here`);
  });

  it('is not taken for one where another branch is checked out at that place', async () => {
    const { tracker, git } = coordinated();
    git('-C', WORKTREE, 'checkout', '--quiet', '-b', 'other');
    await expect(tracker.addComment('WP01', 'x')).rejects.toThrow(/not checked out/);
  });

  it('is told by `pace doctor`', async () => {
    const { tracker, git } = coordinated();
    const words = async () => (await tracker.diagnose?.(NEEDS))?.map(({ check, state }) => `${check}: ${state}`);
    expect(await words()).toEqual(['mission: ok', 'work packages and log: ok', 'status.json: ok']);
    git('worktree', 'remove', '--force', WORKTREE);
    expect(await words()).toEqual(['mission: degraded', 'work packages and log: ok']);
  });
});
