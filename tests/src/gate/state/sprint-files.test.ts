import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createFaults } from '../../../../core/faults.ts';
import type { BacklogItem } from '../../../../src/gate/backlog.ts';
import { openJournal } from '../../../../src/gate/journal.ts';
import { filedNote, fileEarlierSprints } from '../../../../src/gate/state/sprint-files.ts';
import { createState, type State } from '../../../../src/gate/state/state.ts';
import { sprintFolder } from '../../../../src/plan/sprint-id.ts';
import { testWorld } from '../../../support/world.ts';
import { checkout, reportOf } from '../parts.support.ts';

const item = (id: string, status: BacklogItem['status']): BacklogItem => ({
  ...{ id, day_raised: 1, agent: 'scan', finding: id, status },
});

interface Checkout {
  readonly cwd: string;
  /** Every file below `.pace`. */
  files(): string[];
  read(name: string): string;
  in(sprint: string, folder?: string): State;
  /** What is undelivered for this folder. */
  pending(folder?: string): Promise<string[]>;
}

function place(files: Readonly<Record<string, string>> = {}): Checkout {
  const cwd = checkout(files);
  const pace = join(cwd, '.pace');
  return {
    cwd,
    files: () =>
      readdirSync(pace, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(pace.length + 1))
        .sort(),
    read: (name) => readFileSync(join(pace, name), 'utf8'),
    in: (sprint, folder = '') => createState(testWorld({ cwd }), { sprint, folder }),
    pending: async (folder = '') => (await journalIn(cwd, folder)).pending().map(({ delivery }) => `${delivery.kind} ${delivery.day}`),
  };
} // biome-ignore format: one line

function journalIn(cwd: string, folder = '') {
  const world = testWorld({ cwd, random: Math.random });
  return openJournal({ world, dir: join(cwd, '.pace', folder), faults: createFaults(world), dryRun: false });
}

/** A sprint of these days, with a delivery left over. */
async function decided({ cwd, in: inSprint }: Checkout, sprint: string, days: readonly number[], folder = '') {
  const state = inSprint(sprint, folder);
  for (const day of days) await state.save(reportOf({ day, sprint }), undefined);
  await (await journalIn(cwd, folder)).begin({ kind: 'story', day: days[0] ?? 0 });
  return state;
}

const DAYS = ['day-1/attempts.yaml', 'day-1/decision.yaml', 'day-2/attempts.yaml', 'day-2/decision.yaml'];
const under = (folder: string, names: readonly string[]) => names.map((name) => `${folder}/${name}`);

describe('a sprint that is over', () => {
  test('is filed once, with its journal, and that is noted', async () => {
    const one = place();
    await decided(one, 'Sprint 1', [1, 2]);
    const state = one.in('Sprint 2');
    const filed = await fileEarlierSprints(state, 'Sprint 2');
    expect(filed).toEqual({ sprints: ['Sprint 1'], days: 2 });
    expect(one.files()).toEqual(under(`sprints/${sprintFolder('Sprint 1')}`, [...DAYS, 'journal.jsonl']));
    expect([await state.decidedDays(), await state.keptDays(), await one.pending()]).toEqual([[], [], []]);
    expect(filedNote(filed, 'Sprint 2')).toBe(
      'The sprint is now Sprint 2: 2 days of the sprint Sprint 1 were filed under .pace/sprints/. Open advisories go on.',
    );
    const again = await fileEarlierSprints(state, 'Sprint 2');
    expect([again, filedNote(again, 'Sprint 2')]).toEqual([{ sprints: [], days: 0 }, undefined]);
  });

  test('leaves the days of the present one where they are, and its journal', async () => {
    const one = place();
    await decided(one, 'b', [1, 2]);
    const before = one.files();
    expect(await fileEarlierSprints(one.in('b'), 'b')).toEqual({ sprints: [], days: 0 });
    expect([one.files(), await one.pending()]).toEqual([before, ['story 1']]);
  });

  test('has days that are no folder of a gate, a branch or a change', async () => {
    const one = place();
    const change = reportOf({ sprint: 'a', day: null, subject: { kind: 'change', id: '12' } });
    await one.in('a').save(change, undefined);
    await decided(one, 'a', [1], 'branches/next');
    expect(await fileEarlierSprints(one.in('b'), 'b')).toEqual({ sprints: [], days: 0 });
    expect(one.files()).toContain('change-12/decision.yaml');
    await fileEarlierSprints(one.in('b', 'branches/next'), 'b');
    expect(one.files()).toContain('branches/next/sprints/a/day-1/decision.yaml');
  });

  test('hands its open advisories on, and files the whole list', async () => {
    const one = place();
    const state = await decided(one, 'a', [1]);
    await state.saveBacklog([item('x', 'open'), item('y', 'cleared')]);
    const next = one.in('b');
    await fileEarlierSprints(next, 'b');
    expect((await next.backlog()).map(({ id }) => id)).toEqual(['x']);
    expect(one.read('sprints/a/advisory_backlog.yaml')).toContain('id: y');
    expect(next.faults).toEqual([]);
  });

  test('without advisories has no list of them', async () => {
    const one = place();
    await decided(one, 'a', [1]);
    await fileEarlierSprints(one.in('b'), 'b');
    expect(one.files().filter((name) => name.includes('backlog'))).toEqual([]);
  });

  test('leaves what agents have written: it may be of the new sprint already', async () => {
    const own = { 'day-1/story-ticket.yaml': 'key: K-1\n', 'day-1/escalated': '', 'day-1/costs.jsonl': '{}\n' };
    const agents = { 'day-1/story.md': 'As a user', 'day-1/gate-report.yaml': 'decision: SHIP\n', 'day-1/sub/notes.md': '' };
    const files = Object.entries({ ...own, ...agents }).map(([name, text]) => [`.pace/${name}`, text] as const);
    const one = place(Object.fromEntries(files));
    await decided(one, 'a', [1]);
    await fileEarlierSprints(one.in('b'), 'b');
    expect(one.files().filter((name) => !name.startsWith('sprints/'))).toEqual(Object.keys(agents).sort());
    expect(one.files()).toEqual(expect.arrayContaining(under('sprints/a', Object.keys(own))));
  }); // biome-ignore format: one line

  test('of several sprints each is filed by itself', async () => {
    const one = place();
    for (const [day, sprint] of [[1, 'a'], [2, ''], [3, 'a']] as const) await one.in(sprint).save(reportOf({ day, sprint }), undefined);
    const filed = await fileEarlierSprints(one.in('b'), 'b');
    expect(filed).toEqual({ sprints: ['a', ''], days: 3 });
    expect(one.files().filter((name) => name.endsWith('decision.yaml'))).toEqual([
      ...[`sprints/a/day-1/decision.yaml`, 'sprints/a/day-3/decision.yaml'],
      `sprints/${sprintFolder('')}/day-2/decision.yaml`,
    ]);
    expect(filedNote(filed, '')).toBe(
      'The sprint has changed: 3 days of the sprint a, without a name were filed under .pace/sprints/. Open advisories go on.',
    );
    expect(filedNote({ sprints: ['a'], days: 1 }, 'b')).toContain('1 day of the sprint a was filed');
  }); // biome-ignore format: one line
});

describe('a sprint that is taken up again', () => {
  test('gets its days back, and what was undelivered of them; the other one is filed in its place', async () => {
    const one = place();
    await decided(one, 'a', [1, 2]);
    await fileEarlierSprints(one.in('b'), 'b');
    await decided(one, 'b', [3]);
    const again = one.in('a');
    expect(await fileEarlierSprints(again, 'a')).toEqual({ sprints: ['b'], days: 1 });
    expect([await again.decidedDays(), await again.attempts(1)]).toMatchObject([[1, 2], [{ run: 1 }]]);
    expect(await one.pending()).toEqual(['story 1']);
    const other = one.in('b');
    await fileEarlierSprints(other, 'b');
    expect([await other.decidedDays(), await one.pending()]).toEqual([[3], ['story 3']]);
  });

  test('has its deliveries before those that came meanwhile without a day being decided', async () => {
    const one = place();
    await decided(one, 'a', [1]);
    await fileEarlierSprints(one.in('b'), 'b');
    await (await journalIn(one.cwd)).begin({ kind: 'handoff', day: 9 });
    await fileEarlierSprints(one.in('a'), 'a');
    expect(await one.pending()).toEqual(['story 1', 'handoff 9']);
    expect(one.files()).not.toContain('sprints/a/journal.jsonl');
  });

  test('does not lose what agents have written of it', async () => {
    const one = place({ '.pace/sprints/a/day-1/story.md': 'mine', '.pace/sprints/a/day-1/decision.yaml': 'decision: SHIP\nsprint: a\n' });
    await fileEarlierSprints(one.in('a'), 'a');
    expect(one.files()).toEqual(['day-1/decision.yaml', 'day-1/story.md']);
  }); // biome-ignore format: one line
});

describe('a run that was cut off while it filed', () => {
  test('is finished by the next one, and nothing is moved over another file', async () => {
    const one = place();
    await decided(one, 'a', [1, 2]);
    const text = one.read('journal.jsonl');
    // cut off behind the journal and the first file
    const first = place({
      '.pace/sprints/a/journal.jsonl': text,
      '.pace/sprints/a/day-1/attempts.yaml': 'filed before',
    });
    for (const day of [1, 2]) await first.in('a').save(reportOf({ day, sprint: 'a' }), undefined);
    await fileEarlierSprints(first.in('b'), 'b');
    expect(first.read('sprints/a/day-1/attempts.yaml')).toBe('filed before');
    expect(first.files()).toContain('sprints/a/day-1/decision.yaml');
    expect(first.read('sprints/a/journal.jsonl')).toBe(text);
  });

  test('leaves the decision until all else of its day is filed, so that the next one knows', async () => {
    const one = place();
    await decided(one, 'a', [1]);
    const state = one.in('b');
    // the folder cannot be made, as a file lies there
    writeFileSync(join(one.cwd, '.pace/sprints'), '');
    await expect(fileEarlierSprints(state, 'b')).rejects.toThrow();
    expect(existsSync(join(one.cwd, '.pace/day-1/decision.yaml'))).toBe(true);
  });

  test('appends a journal to the one that is filed, also where the last line was torn', async () => {
    const line = (id: string) => `{"v":1,"id":"${id}","at":"","intent":{"kind":"story","day":${id}}}`;
    const one = place({ '.pace/sprints/a/journal.jsonl': line('1'), '.pace/journal.jsonl': `${line('2')}\n` });
    await one.in('a').save(reportOf({ day: 1, sprint: 'a' }), undefined);
    await fileEarlierSprints(one.in('b'), 'b');
    expect(one.read('sprints/a/journal.jsonl')).toBe(`${line('1')}\n${line('2')}\n`);
    expect(one.files()).not.toContain('journal.jsonl');
  });
});

test.each(['sprints', 'sprints/A'])('nothing is filed through a link out of the workspace: %s', async (link) => {
  const where = place();
  await decided(where, 'A', [1]);
  const outside = mkdtempSync(join(tmpdir(), 'pace-outside-'));
  if (link !== 'sprints') mkdirSync(join(where.cwd, '.pace/sprints'));
  symlinkSync(outside, join(where.cwd, '.pace', link));
  const state = where.in('B');
  await fileEarlierSprints(state, 'B');
  expect(state.kept.refusal?.message).toContain('is a link');
  expect([readdirSync(outside), await where.in('A').decidedDays()]).toEqual([[], [1]]);
});

test('a sprint that is taken up again leaves no folder among those that are over', async () => {
  const where = place();
  await decided(where, 'A', [1]);
  for (const sprint of ['B', 'A']) await fileEarlierSprints(where.in(sprint), sprint);
  expect(existsSync(join(where.cwd, '.pace/sprints/A'))).toBe(false);
});
