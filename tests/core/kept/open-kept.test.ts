import { execFileSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { keptOf, MAX_KEPT_BYTES, openKept } from '../../../core/kept/open-kept.ts';
import { type TestWorld, testWorld } from '../../support/world.ts';

const TEMPORARY = mkdtempSync(join(tmpdir(), 'pace-kept-'));
afterAll(() => rmSync(TEMPORARY, { recursive: true, force: true }));

let cwd = '';
let world: TestWorld;
beforeEach(() => {
  cwd = mkdtempSync(join(TEMPORARY, 'one-'));
  world = testWorld({ cwd, env: { PATH: process.env['PATH'] } });
});

function put(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, '.pace', name)), { recursive: true });
    writeFileSync(join(cwd, '.pace', name), text);
  }
}

function track(...names: string[]): void {
  execFileSync('git', ['init', '--quiet'], { cwd });
  execFileSync('git', ['add', '--force', ...names.map((name) => join('.pace', name))], { cwd });
}

const onDisk = () =>
  readdirSync(join(cwd, '.pace'), { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(cwd.length + '/.pace/'.length))
    .sort();
const text = (name: string) => readFileSync(join(cwd, '.pace', name), 'utf8');

test('paths are below the folder, and the world’s own is used where it has one', () => {
  const kept = openKept(world);
  expect([kept.root, kept.pathOf(join(cwd, '.pace/day-1/decision.yaml')), kept.pathOf(join(cwd, '.pace'))]).toEqual([
    join(cwd, '.pace'),
    'day-1/decision.yaml',
    '',
  ]);
  expect(keptOf({ ...world, kept })).toBe(kept);
  expect([keptOf(world).root, keptOf(world, '/elsewhere').root]).toEqual([join(cwd, '.pace'), '/elsewhere']);
});

describe('before anything is judged', () => {
  test('what is on the disk is read, written, appended to, moved, removed and listed', () => {
    put({ 'journal.jsonl': 'one\n', 'day-1/decision.yaml': 'x', 'day-1/gate.md': 'x' });
    const kept = openKept(world);
    kept.append('journal.jsonl', 'two\n');
    kept.append('gates/shop/journal.jsonl', 'new\n');
    kept.write('pause.yaml', 'reason: x\n');
    kept.move('day-1/gate.md', 'sprints/a/day-1/gate.md');
    expect([text('journal.jsonl'), text('gates/shop/journal.jsonl'), kept.read('pause.yaml')?.toString()]).toEqual([
      'one\ntwo\n',
      'new\n',
      'reason: x\n',
    ]);
    expect([kept.names(''), kept.names('day-1'), kept.names('none')]).toEqual([
      ['day-1', 'gates', 'journal.jsonl', 'pause.yaml', 'sprints'],
      ['decision.yaml'],
      [],
    ]);
    expect(kept.paths()).toEqual(['day-1/decision.yaml', 'gates/shop/journal.jsonl', 'journal.jsonl', 'pause.yaml']);
    expect([kept.remove('pause.yaml'), kept.remove('pause.yaml'), kept.read('pause.yaml')]).toEqual([
      true,
      false,
      undefined,
    ]);
    kept.remove('day-1/decision.yaml');
    kept.removeFolder('day-1');
    expect([existsSync(join(cwd, '.pace/day-1')), kept.refusal, world.lines]).toEqual([false, undefined, []]);
    // somebody else's change is seen
    put({ 'journal.jsonl': 'theirs' });
    expect(kept.read('journal.jsonl')?.toString()).toBe('theirs');
  });

  test('what cannot be used is kept beside it under the next free name, whole or in part', () => {
    put({ 'a.yaml': 'one', 'a.yaml.unreadable-1': 'older' });
    const kept = openKept(world);
    expect([kept.keepAside('a.yaml'), kept.keepAside('a.yaml', 'part'), kept.keepAside('none')]).toEqual([
      'a.yaml.unreadable-2',
      'a.yaml.unreadable-3',
      undefined,
    ]);
    expect(['a.yaml', ...[1, 2, 3].map((n) => `a.yaml.unreadable-${n}`)].map(text)).toEqual([
      'one',
      'older',
      'one',
      'part',
    ]);
  });

  test('what is too large is not read', () => {
    put({ 'pause.yaml': '' });
    truncateSync(join(cwd, '.pace/pause.yaml'), MAX_KEPT_BYTES);
    expect(openKept(world).read('pause.yaml')?.length).toBe(MAX_KEPT_BYTES);
    truncateSync(join(cwd, '.pace/pause.yaml'), MAX_KEPT_BYTES + 1);
    expect(() => openKept(world).read('pause.yaml')).toThrow(
      ".pace/pause.yaml is larger than 50 MB, and is not PACE's.",
    );
    const kept = openKept(world);
    kept.hold();
    expect(() => kept.read('pause.yaml')).toThrow('is larger than 50 MB');
  });
});

describe('what is set aside unread', () => {
  const big = (path: string) => truncateSync(join(cwd, '.pace', path), MAX_KEPT_BYTES + 1);

  test('lies beside its place, over nothing that is there', () => {
    put({ 'journal.jsonl': '', 'journal.jsonl.unreadable-1': 'older' });
    big('journal.jsonl');
    const kept = openKept(world);
    expect([kept.setAside('journal.jsonl'), kept.setAside('journal.jsonl')]).toEqual([
      'journal.jsonl.unreadable-2',
      undefined,
    ]);
    expect([kept.read('journal.jsonl'), text('journal.jsonl.unreadable-1')]).toEqual([undefined, 'older']);
    expect(lstatSync(join(cwd, '.pace/journal.jsonl.unreadable-2')).size).toBe(MAX_KEPT_BYTES + 1);
  });

  test('is ours to move, when all is held, too: nothing of it is undone', () => {
    put({ 'journal.jsonl': '' });
    big('journal.jsonl');
    const kept = openKept(world);
    kept.hold();
    expect(() => kept.read('journal.jsonl')).toThrow('is larger than 50 MB');
    expect(kept.setAside('journal.jsonl')).toBe('journal.jsonl.unreadable-1');
    kept.append('journal.jsonl', 'new\n');
    kept.undo();
    expect(world.lines).toEqual([]);
    expect(text('journal.jsonl')).toBe('new\n');
    expect(() => kept.read('journal.jsonl.unreadable-1')).toThrow('is larger than 50 MB');
    expect(kept.names('')).toEqual(['journal.jsonl', 'journal.jsonl.unreadable-1']);
  });

  test('stays where git tracks it', () => {
    put({ 'journal.jsonl': 'tracked' });
    track('journal.jsonl');
    expect(openKept(world).setAside('journal.jsonl')).toBeUndefined();
    expect(text('journal.jsonl')).toBe('tracked');
  });
});

describe('where nothing may be kept', () => {
  const NONE = 'PACE keeps no state here, and uses none of earlier runs: ';

  test('what is written stays in memory, whatever is done, and the disk is as it was', () => {
    put({ 'pause.yaml': 'tracked', 'journal.jsonl': 'old\n', 'day-1/decision.yaml': 'old' });
    track('pause.yaml');
    const kept = openKept(world);
    expect([kept.read('pause.yaml'), kept.read('journal.jsonl'), kept.names(''), kept.paths()]).toEqual([
      undefined,
      undefined,
      [],
      [],
    ]);
    kept.write('pause.yaml', 'mine');
    kept.append('journal.jsonl', 'one\n');
    kept.append('journal.jsonl', 'two\n');
    kept.write('pace.db', 'SQL');
    expect(kept.keepAside('journal.jsonl', 'part')).toBe('journal.jsonl.unreadable-1');
    expect(kept.keepAside('journal.jsonl', 'part')).toBe('journal.jsonl.unreadable-2');
    kept.move('journal.jsonl', 'sprints/a/journal.jsonl');
    kept.removeFolder('day-1');
    kept.hold();
    kept.undo();
    expect([kept.read('pause.yaml')?.toString(), kept.read('journal.jsonl')?.toString(), kept.read('pace.db')]).toEqual(
      ['mine', 'one\ntwo\n', undefined],
    );
    expect(kept.names('')).toEqual([
      'journal.jsonl',
      'journal.jsonl.unreadable-1',
      'journal.jsonl.unreadable-2',
      'pause.yaml',
    ]);
    expect([kept.remove('pause.yaml'), kept.remove('day-1/decision.yaml'), kept.read('pause.yaml')]).toEqual([
      true,
      false,
      undefined,
    ]);
    expect(kept.paths()).toEqual(['journal.jsonl', 'journal.jsonl.unreadable-1', 'journal.jsonl.unreadable-2']);
    expect(onDisk().map((name) => [name, text(name)])).toEqual([
      ['day-1/decision.yaml', 'old'],
      ['journal.jsonl', 'old\n'],
      ['pause.yaml', 'tracked'],
    ]);
  });

  test('that is said once, with the first three names and what to do', () => {
    put({ 'pause.yaml': '', 'journal.jsonl': '', 'variables.json': '', 'pace.db': '', 'reviews.json': '' });
    track('.');
    const kept = openKept(world);
    const message = `${NONE}git tracks .pace/journal.jsonl, .pace/pace.db, .pace/pause.yaml and 2 more, so that any commit could have written them.`;
    const remedy = 'Please `git rm -r --cached` what PACE keeps, and add .pace/ to .gitignore.';
    expect([kept.refusal, kept.refusal]).toEqual([
      { message, remedy },
      { message, remedy },
    ]);
    expect(world.lines).toEqual([`warn: ${message} ${remedy}`]);
  });

  test.each(['a file', 'a link', 'a module of git’s'])('the folder itself is tracked: %s', (what) => {
    execFileSync('git', ['init', '--quiet'], { cwd });
    const mode = { 'a file': '100644', 'a link': '120000' }[what] ?? '160000';
    execFileSync('git', ['update-index', '--add', '--cacheinfo', `${mode},${'a'.repeat(40)},.pace`], { cwd });
    const shown = what === 'a module of git’s' ? '.pace/' : '.pace';
    expect(openKept(world).refusal?.message).toBe(
      `${NONE}git tracks ${shown}, so that any commit could have written it.`,
    );
  });

  test('a link that is met on the way is enough', () => {
    mkdirSync(join(cwd, 'elsewhere'));
    put({ 'journal.jsonl': 'x' });
    symlinkSync(join(cwd, 'elsewhere'), join(cwd, '.pace/day-1'));
    const kept = openKept(world);
    expect([kept.refusal, kept.read('journal.jsonl')?.toString()]).toEqual([undefined, 'x']);
    kept.write('day-1/decision.yaml', 'mine');
    expect([
      kept.read('day-1/decision.yaml')?.toString(),
      kept.read('journal.jsonl'),
      readdirSync(join(cwd, 'elsewhere')),
    ]).toEqual(['mine', undefined, []]);
    expect(kept.refusal).toEqual({
      message: `${NONE}.pace/day-1 is a link, and PACE keeps its state in plain files and folders only.`,
      remedy: 'Please remove .pace/day-1: PACE makes what it needs.',
    });
  });

  test.each([
    'day-1',
    'gates',
    'gates/a/b',
    'branches/x',
    'sprints',
    'change-9',
    'sync',
    'journal.jsonl',
    'day-1/decision.yaml',
    'costs.jsonl',
  ])('a link is seen before anything is used: %s', (name) => {
    put({ keep: '' });
    mkdirSync(dirname(join(cwd, '.pace', name)), { recursive: true });
    symlinkSync(cwd, join(cwd, '.pace', name));
    const kept = openKept(world);
    kept.examine();
    expect(kept.refusal?.message).toContain(`.pace/${name} is a link`);
  });

  test.each(['reports', 'day-1/handoff.md', 'plan.yaml', 'day-x', 'notes/day-1', 'pipeline.lock'])(
    'what PACE does not keep may be a link: %s',
    (name) => {
      put({ keep: '' });
      mkdirSync(dirname(join(cwd, '.pace', name)), { recursive: true });
      symlinkSync(cwd, join(cwd, '.pace', name));
      const kept = openKept(world);
      kept.examine();
      expect(kept.refusal).toBeUndefined();
    },
  );
});

describe('what git tracks and PACE does not obey', () => {
  test('is neither read nor written, and the rest is kept', () => {
    put({ 'day-7/review-pr.md': 'Status: merged', 'day-7/gate.md': '' });
    track('day-7');
    const kept = openKept(world);
    expect([kept.refusal, kept.isTracked('day-7/review-pr.md'), kept.isTracked('day-7/decision.yaml')]).toEqual([
      undefined,
      true,
      false,
    ]);
    expect(kept.read('day-7/review-pr.md')).toBeUndefined();
    for (const deed of [
      () => kept.write('day-7/review-pr.md', 'x'),
      () => kept.remove('day-7/review-pr.md'),
      () => kept.append('day-7/review-pr.md', 'x'),
    ]) {
      expect(deed).toThrow('git tracks .pace/day-7/review-pr.md: it is neither read nor written.');
    }
    kept.move('day-7/review-pr.md', 'sprints/a/day-7/review-pr.md');
    kept.hold();
    expect([kept.read('day-7/review-pr.md'), text('day-7/review-pr.md')]).toEqual([undefined, 'Status: merged']);
    kept.write('day-7/decision.yaml', 'x');
    expect(onDisk()).toContain('day-7/decision.yaml');
  });
});

describe('once what is judged may write there', () => {
  function held() {
    put({
      'journal.jsonl': 'one\n',
      'day-1/decision.yaml': 'x',
      'pace.db': 'a',
      'pipeline.lock': 'pid=1\n',
      'day-1/escalation-issue.md': 'x',
    });
    const kept = openKept(world);
    kept.hold();
    return kept;
  }

  test('only what was there is known; the database is the one thing that is read again', () => {
    const kept = held();
    put({ 'journal.jsonl': 'forged', 'pause.yaml': 'forged', 'pace.db': 'b', 'day-2/decision.yaml': 'forged' });
    expect([kept.read('journal.jsonl')?.toString(), kept.read('pause.yaml'), kept.read('pace.db')?.toString()]).toEqual(
      ['one\n', undefined, 'b'],
    );
    expect(kept.names('')).toEqual(['day-1', 'journal.jsonl']);
    expect(kept.paths().sort()).toEqual([
      'day-1/decision.yaml',
      'day-1/escalation-issue.md',
      'journal.jsonl',
      'pace.db',
    ]);
  });

  test('what sync remembers is known too, and what others write there is undone; the lock of a run that goes on is not', () => {
    const [pairs, journal, lock] = ['sync/a--b.jsonl', 'sync/a--b.journal.jsonl', 'sync/a--b.lock'];
    put({ [pairs]: 'pairs\n', [lock]: 'pid=1\n' });
    const kept = held();
    put({ [pairs]: 'forged\n', [journal]: 'forged\n', [lock]: 'pid=2\n', 'sync/c/d.json': '{}' });
    expect([kept.read(pairs)?.toString(), kept.paths().filter((path) => path.startsWith('sync/'))]).toEqual([
      'pairs\n',
      [pairs],
    ]);
    kept.undo();
    expect(onDisk().filter((path) => path.startsWith('sync/'))).toEqual([pairs, lock]);
    expect([text(pairs), text(lock)]).toEqual(['pairs\n', 'pid=2\n']);
  });

  test('what is appended stands behind what was known, not behind what others have written', () => {
    const kept = held();
    kept.append('journal.jsonl', 'two\n');
    put({ 'journal.jsonl': 'one\nforged\n' });
    kept.append('journal.jsonl', 'three\n');
    expect([text('journal.jsonl'), kept.read('journal.jsonl')?.toString()]).toEqual([
      'one\ntwo\nthree\n',
      'one\ntwo\nthree\n',
    ]);
  });

  test('what others have changed, added or taken away is as before, and that is said', () => {
    const kept = held();
    kept.undo();
    expect(world.lines).toEqual([]);
    put({
      'journal.jsonl': 'forged',
      'pause.yaml': 'forged',
      'pace.db': 'b',
      'pipeline.lock': '',
      'day-1/escalation-issue.md': 'y',
      'day-1/gate.md': 'x',
    });
    rmSync(join(cwd, '.pace/day-1/decision.yaml'));
    symlinkSync(cwd, join(cwd, '.pace/day-2'));
    kept.undo();
    expect(onDisk().map((name) => [name, text(name)])).toEqual([
      ['day-1/decision.yaml', 'x'],
      // these are shown to people, or are evidence
      ['day-1/escalation-issue.md', 'y'],
      ['day-1/gate.md', 'x'],
      ['journal.jsonl', 'one\n'],
      ['pace.db', 'b'],
      ['pipeline.lock', ''],
    ]);
    expect(world.lines).toEqual([
      'warn: .pace/day-1/decision.yaml, .pace/day-2, .pace/journal.jsonl and 1 more were changed by what is judged. That was undone, and nothing of it is used.',
    ]);
    kept.undo();
    expect(world.lines.length).toBe(1);
  });

  test('a link in the place of the folder itself is removed, and never what it leads to', () => {
    const kept = held();
    rmSync(join(cwd, '.pace'), { recursive: true });
    mkdirSync(join(cwd, 'elsewhere'));
    writeFileSync(join(cwd, 'elsewhere/journal.jsonl'), 'theirs');
    symlinkSync(join(cwd, 'elsewhere'), join(cwd, '.pace'));
    expect(() => kept.write('day-2/decision.yaml', 'y')).toThrow('.pace is a link');
    kept.undo();
    expect([
      lstatSync(join(cwd, '.pace')).isDirectory(),
      text('journal.jsonl'),
      readFileSync(join(cwd, 'elsewhere/journal.jsonl'), 'utf8'),
    ]).toEqual([true, 'one\n', 'theirs']);
    // what could not be written is known all the same
    expect(kept.read('day-2/decision.yaml')?.toString()).toBe('y');
  });

  test('what could not be undone is said', () => {
    const kept = held();
    rmSync(join(cwd, '.pace/journal.jsonl'));
    mkdirSync(join(cwd, '.pace/journal.jsonl'));
    kept.undo();
    expect(world.lines).toEqual([
      'warn: .pace/journal.jsonl was changed by what is judged. Not all of it could be undone, and nothing of it is used.',
    ]);
    expect(kept.read('journal.jsonl')?.toString()).toBe('one\n');
  });

  test('before that nothing is undone', () => {
    put({ 'pause.yaml': 'x' });
    const kept = openKept(world);
    kept.undo();
    expect([text('pause.yaml'), world.lines]).toEqual(['x', []]);
  });
});

test('folders that lie within one another far deeper than PACE’s ever do are not looked into', () => {
  const deep = (depth: number) => `branches/${Array.from({ length: depth }, () => 'b').join('/')}`;
  const [usual, endless] = [`${deep(90)}/journal.jsonl`, `${deep(150)}/journal.jsonl`];
  for (const path of [usual, endless]) {
    mkdirSync(join(cwd, '.pace', path, '..'), { recursive: true });
    writeFileSync(join(cwd, '.pace', path), '');
  }
  expect(openKept(world).paths()).toEqual([usual]);
});
