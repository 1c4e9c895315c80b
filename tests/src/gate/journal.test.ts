import { mkdir, mkdtemp, readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { createFaults } from '../../../core/faults.ts';
import { type Delivery, subjectOf } from '../../../src/gate/delivery.ts';
import { openJournal } from '../../../src/gate/journal.ts';
import {
  compacted,
  type JournalLine,
  type PendingDelivery,
  pendingIn,
  readJournalLines,
} from '../../../src/gate/journal-line.ts';
import { testWorld } from '../../support/world.ts';

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'pace-journal-'));
});

async function opened(options: { dir?: string; dryRun?: boolean } = {}) {
  const world = testWorld({ random: Math.random });
  const faults = createFaults(world);
  const journal = await openJournal({ world, dir, faults, dryRun: false, ...options });
  return { world, faults, journal };
}

const pause = (day: number): Delivery => ({ kind: 'pause', day });
const resolve = (day: number): Delivery => ({ kind: 'resolve', day, sha: '' });
const escalate = (day: number): Delivery => ({ kind: 'escalate', day, sha: '', reason: 'x', report: '', jobUrl: '' });

const status = (sha: string, context: string): Delivery => ({
  ...{ kind: 'status', day: 1, sha },
  status: { context, state: 'success', description: '' },
});

test('no credential comes to lie in the journal, nor beside it', async () => {
  const world = testWorld({ redact: (text) => text.replaceAll('hunter2', '***') });
  await writeFile(join(dir, 'journal.jsonl'), 'torn hunter2\n');
  const journal = await openJournal({ world, dir, faults: createFaults(world), dryRun: false });
  const id = await journal.begin({
    ...escalate(1),
    reason: 'because of hunter2',
    jobUrl: 'https://x/hunter2',
  } as Delivery);
  await journal.failed(id, 'hunter2 was refused');
  expect(journal.pending()).toMatchObject([{ delivery: { reason: 'because of ***' }, reason: '*** was refused' }]);
  const files = await readdir(dir);
  expect(files.sort()).toEqual(['journal.jsonl', 'journal.jsonl.unreadable-1']);
  for (const file of files) {
    const text = await readFile(join(dir, file), 'utf8');
    expect([text.includes('***'), text.includes('hunter2')]).toEqual([true, false]);
  }
});

describe('what is pending', () => {
  test('has an intent and no end; what failed keeps its reason; the order stays', async () => {
    const { journal } = await opened();
    await journal.begin(pause(1));
    await journal.done(await journal.begin(resolve(2)), 'true');
    await journal.failed(await journal.begin(pause(3)), 'the host\nis down');
    const left = (await opened()).journal.pending().map(({ delivery, reason }) => [delivery, reason]);
    expect(left).toEqual([
      [pause(1), ''],
      [pause(3), 'the host is down'],
    ]);
  });

  test('of one subject only the last intent counts', async () => {
    const { journal } = await opened();
    await journal.failed(await journal.begin(escalate(3)), 'down');
    await journal.begin(resolve(3));
    expect(journal.pending().map(({ delivery }) => delivery)).toEqual([resolve(3)]);
    await journal.done(await journal.begin(escalate(3)), 'url');
    expect(journal.pending()).toEqual([]);
  });

  test.each<[string, Delivery, Delivery, number]>([
    ['the same ids in another order', { kind: 'clear-advisories', day: 1, ids: ['a', 'b'] }, { kind: 'clear-advisories', day: 2, ids: ['b', 'a'] }, 1],
    ['other ids', { kind: 'clear-advisories', day: 1, ids: ['a'] }, { kind: 'clear-advisories', day: 1, ids: ['a', 'b'] }, 2],
    ['another agent', { kind: 'push-advisories', day: 1, agent: 'a', items: [] }, { kind: 'push-advisories', day: 1, agent: 'b', items: [] }, 2],
    ['the same agent with other items', { kind: 'push-advisories', day: 1, agent: 'a', items: [] }, { kind: 'push-advisories', day: 1, agent: 'a', items: [{ id: 'x', finding: 'y' }] }, 1],
    ['another day', pause(1), pause(2), 2],
    ['another kind', { kind: 'story', day: 1 }, { kind: 'handoff', day: 1 }, 2],
    ['another commit', status('a', 'gate'), status('b', 'gate'), 2],
    ['another status of one commit', status('a', 'gate'), status('a', 'other'), 2],
    ['the same status of one commit', status('a', 'gate'), status('a', 'gate'), 1],
  ])('%s: that makes as many subjects as it should', async (_, one, other, count) => {
    const { journal } = await opened();
    await journal.begin(one);
    await journal.begin(other);
    expect(journal.pending()).toHaveLength(count);
    expect(journal.pending().at(-1)?.delivery).toEqual(other);
  }); // biome-ignore format: a table

  test('what later events make pointless is dropped for good', async () => {
    const { journal } = await opened();
    await journal.begin(pause(1));
    await journal.begin(pause(2));
    await journal.drop(({ day }) => day === 1 || day === 9);
    expect((await opened()).journal.pending().map(({ delivery }) => delivery)).toEqual([pause(2)]);
  });
});

describe('the file', () => {
  test('a line that was torn by a crash is kept beside, the rest is used, and the next line is whole', async () => {
    const first = await opened();
    await first.journal.begin(pause(1));
    await first.journal.begin(pause(2));
    const path = join(dir, 'journal.jsonl');
    await truncate(path, (await readFile(path)).length - 10);
    const second = await opened();
    expect(second.journal.pending().map(({ delivery }) => delivery)).toEqual([pause(1)]);
    expect(second.world.lines).toEqual([expect.stringContaining('journal.jsonl.unreadable')]);
    await second.journal.begin(pause(3));
    expect((await opened()).journal.pending().map(({ delivery }) => delivery)).toEqual([pause(1), pause(3)]);
    expect(await readFile(`${path}.unreadable-1`, 'utf8')).toContain('"kind":"pause"');
  });

  test('a last line without its end is still a line', async () => {
    const first = await opened();
    await first.journal.begin(pause(1));
    const path = join(dir, 'journal.jsonl');
    await truncate(path, (await readFile(path)).length - 1);
    await (await opened()).journal.begin(pause(2));
    expect((await opened()).journal.pending()).toHaveLength(2);
  });

  test('holds one line for each step, in order, without a gap, also in a folder that is not there yet', async () => {
    const path = join(dir, 'new', 'journal.jsonl');
    const { journal, world, faults } = await opened({ dir: join(dir, 'new') });
    const first = await journal.begin(pause(1));
    await journal.done(first, 'true');
    const again = (await opened({ dir: join(dir, 'new') })).journal;
    const second = await again.begin(resolve(2));
    await again.failed(second, 'down');
    await again.drop(({ kind }) => kind === 'resolve');
    const lines = [
      { id: first, intent: pause(1) },
      { id: first, done: 'true' },
      { id: second, intent: resolve(2) },
      { id: second, failed: 'down' },
      { id: second, dropped: 'later events' },
    ].map(({ id, ...rest }) => `${JSON.stringify({ v: 1, id, at: new Date(world.now()).toISOString(), ...rest })}\n`);
    expect(await readFile(path, 'utf8')).toBe(lines.join(''));
    expect(await readdir(join(dir, 'new'))).toEqual(['journal.jsonl']);
    expect([faults.list, world.lines]).toEqual([[], []]);
  });

  test('a last line without its end gets one, once', async () => {
    const path = join(dir, 'journal.jsonl');
    await writeFile(path, '{"v":1,"id":"a","at":"","intent":{"kind":"pause","day":1}}');
    const { journal } = await opened();
    await journal.begin(pause(2));
    await journal.begin(pause(3));
    expect((await readFile(path, 'utf8')).split('\n').map((line) => line.slice(0, 6))).toEqual([
      ...Array(3).fill('{"v":1'),
      '',
    ]);
  });

  test('what cannot be read is kept as it stood, and counted', async () => {
    const path = join(dir, 'journal.jsonl');
    const good = '{"v":1,"id":"a","at":"","intent":{"kind":"pause","day":1}}';
    await writeFile(path, `no json\n\n${good}\n{"v":1,"id":"b","inte`);
    const { journal, world, faults } = await opened();
    expect(world.lines).toEqual([expect.stringMatching(/^warn: 2 lines of \.pace\/journal\.jsonl could not be read/)]);
    expect(await readFile(`${path}.unreadable-1`, 'utf8')).toBe('no json\n{"v":1,"id":"b","inte\n');
    expect(await readFile(path, 'utf8')).toBe(`${good}\n`);
    await journal.begin(pause(2));
    expect((await readFile(path, 'utf8')).split('\n').map((line) => line.slice(0, 6))).toEqual([
      '{"v":1',
      '{"v":1',
      '',
    ]);
    expect(faults.list).toEqual([]);
    await writeFile(path, 'no json\n');
    expect((await opened()).world.lines).toEqual([expect.stringMatching(/^warn: A line of /)]);
  });

  test('a dry run leaves even what cannot be read where it is', async () => {
    const path = join(dir, 'journal.jsonl');
    await writeFile(path, 'no json\n');
    const { journal } = await opened({ dryRun: true });
    for (let day = 1; day < 450; day += 1) await journal.begin(pause(day));
    await journal.compact();
    expect([await readdir(dir), await readFile(path, 'utf8')]).toEqual([['journal.jsonl'], 'no json\n']);
  });

  test('a journal that cannot be read is a fault of its own', async () => {
    await mkdir(join(dir, 'journal.jsonl'));
    const { journal, faults } = await opened();
    expect(journal.pending()).toEqual([]);
    await journal.begin(pause(1));
    expect(faults.list.map(({ operation }) => operation)).toEqual(['readJournal', 'writeJournal']);
  });

  test('one that is larger than any of PACE is moved aside unread, once, and a new one is begun', async () => {
    const file = join(dir, 'journal.jsonl');
    await writeFile(file, '');
    // without a byte on the disk
    await truncate(file, 600 * 1024 * 1024);
    const { journal, world, faults } = await opened();
    await journal.done(await journal.begin(pause(1)), 'true');
    await journal.begin(pause(2));
    expect(world.lines).toEqual([
      expect.stringMatching(
        /^warn: .*journal\.jsonl is larger than 50 MB, and is not PACE's\. It was not read, is kept as journal\.jsonl\.unreadable-1, and a new one is begun\.$/,
      ),
    ]);
    expect((await stat(join(dir, 'journal.jsonl.unreadable-1'))).size).toBe(600 * 1024 * 1024);
    const next = await opened();
    expect(next.journal.pending().map(({ delivery }) => delivery)).toEqual([pause(2)]);
    expect([faults.list, next.faults.list, next.world.lines]).toEqual([[], [], []]);
  });

  test('one that is too large stays where it is in a dry run, and that is a fault', async () => {
    await writeFile(join(dir, 'journal.jsonl'), '');
    await truncate(join(dir, 'journal.jsonl'), 600 * 1024 * 1024);
    const { journal, faults } = await opened({ dryRun: true });
    await journal.begin(pause(1));
    expect(faults.list.map(({ operation }) => operation)).toEqual(['readJournal']);
    expect(await readdir(dir)).toEqual(['journal.jsonl']);
  });

  test('lines that cannot be put aside stay, and that is a fault', async () => {
    // there is room for the journal's name, and none for a longer one
    const long = 4094 - '/journal.jsonl'.length;
    const deep = join(dir, 'x'.repeat(200).concat('/').repeat(20)).slice(0, long).replace(/\/$/, 'x');
    await mkdir(deep, { recursive: true });
    await writeFile(join(deep, 'journal.jsonl'), 'no json\n');
    const { faults } = await opened({ dir: deep });
    expect(faults.list.map(({ operation }) => operation)).toEqual(['readJournal']);
    expect(await readFile(join(deep, 'journal.jsonl'), 'utf8')).toBe('no json\n');
  });

  test('lines that were put aside before stay where they are', async () => {
    await writeFile(join(dir, 'journal.jsonl'), 'no json\n');
    await writeFile(join(dir, 'journal.jsonl.unreadable-1'), 'older\n');
    expect((await opened()).world.lines).toEqual([expect.stringContaining('kept in journal.jsonl.unreadable-2')]);
    expect(await readFile(join(dir, 'journal.jsonl.unreadable-1'), 'utf8')).toBe('older\n');
  });

  test('is left alone below 400 lines; from there on what is pending stays, and the last 100 lines', async () => {
    const path = join(dir, 'journal.jsonl');
    const lines = Array.from({ length: 200 }, (_, day) => [
      JSON.stringify({ v: 1, id: `${day}`, at: '', intent: pause(day) }),
      JSON.stringify({ v: 1, id: `${day}`, at: '', done: 'true' }),
    ]).flat();
    const [first = '', ...others] = lines.filter((_, index) => index !== 1);
    await writeFile(path, `${[first, ...others].join('\n')}\n`);
    await (await opened()).journal.compact();
    expect((await readFile(path, 'utf8')).trim().split('\n')).toEqual([first, ...others]);
    await writeFile(path, `${[first, ...others, 'no json', others.at(-1)].join('\n')}\n`);
    await (await opened()).journal.compact();
    expect((await readFile(path, 'utf8')).trim().split('\n')).toEqual([first, ...others.slice(-99), others.at(-1)]);
  });

  test('lines of a newer version are kept beside, not thrown away', async () => {
    await writeFile(join(dir, 'journal.jsonl'), '{"v":2,"id":"a","intent":{"kind":"pause","day":1}}\n');
    expect((await opened()).journal.pending()).toEqual([]);
    expect(await readFile(join(dir, 'journal.jsonl.unreadable-1'), 'utf8')).toContain('"v":2');
  });

  test('a journal that cannot be written is a fault; the run goes on from memory', async () => {
    await writeFile(join(dir, 'file'), '');
    const { journal, faults } = await opened({ dir: join(dir, 'file') });
    await journal.begin(pause(1));
    expect(journal.pending()).toHaveLength(1);
    expect(faults.list.length).toBeGreaterThan(0);
  });

  test('a dry run writes none', async () => {
    const { journal } = await opened({ dryRun: true });
    await journal.begin(pause(1));
    await expect(readFile(join(dir, 'journal.jsonl'))).rejects.toThrow();
  });

  test('a long one is shortened, and nothing that is pending is lost', async () => {
    const { journal } = await opened();
    await journal.begin(pause(1));
    for (let day = 2; day < 250; day += 1) await journal.done(await journal.begin(pause(day)), 'true');
    await journal.compact();
    expect((await readFile(join(dir, 'journal.jsonl'), 'utf8')).split('\n').length).toBeLessThan(110);
    expect((await opened()).journal.pending().map(({ delivery }) => delivery)).toEqual([pause(1)]);
  });
});

describe('a line', () => {
  const line = { v: 1, id: 'a', at: '' };
  test.each([
    null,
    7,
    'text',
    [],
    {},
    line,
    { ...line, v: 2, done: 'true' },
    { ...line, id: 7, done: 'true' },
    { ...line, id: 'x'.repeat(101), done: 'true' },
    { ...line, at: 7, done: 'true' },
    { v: 1, id: 'a', done: 'true' },
    { ...line, intent: { kind: 'status', day: 1 }, done: 'true' },
    { ...line, done: true },
    { ...line, failed: null },
    { ...line, dropped: 1 },
    { ...line, intent: null },
    { ...line, intent: 'pause' },
    { ...line, intent: { kind: 'pause' } },
    { ...line, intent: { kind: 'pause', day: '1' } },
    { ...line, intent: { kind: 'toString', day: 1 } },
    { ...line, intent: { kind: ['pause'], day: 1 } },
    { ...line, intent: { day: 1 } },
  ])('that is %j cannot be read', (odd) => {
    const raw = JSON.stringify(odd);
    expect(readJournalLines(`${raw}\n \t\n`)).toEqual({ lines: [], unreadable: [raw] });
  });

  test.each([{ done: '' }, { failed: 'x' }, { dropped: 'x' }, { intent: { kind: 'pause', day: 1 } }])(
    'with %j can',
    (rest) => {
      expect(readJournalLines(JSON.stringify({ ...line, ...rest }))).toEqual({
        lines: [{ ...line, ...rest }],
        unreadable: [],
      });
    },
  );
});

test('a line of a million characters is read, a longer one is not; nor is a journal of more than 32 million', () => {
  const [before, after] = ['{"v":1,"id":"a","at":"","done":"', '"}'];
  const whole = (length: number) => `${before}${'x'.repeat(length - before.length - after.length)}${after}`;
  expect(readJournalLines(whole(1_000_000)).lines).toHaveLength(1);
  expect(readJournalLines(whole(1_000_001))).toEqual({ lines: [], unreadable: [whole(1_000_001)] });
  const long = `${whole(1_000_000)}\n`.repeat(31).concat(`${' '.repeat(999_969)}`);
  expect(long).toHaveLength(32_000_000);
  expect(readJournalLines(long).lines).toHaveLength(31);
  expect(readJournalLines(`${long} `)).toEqual({ lines: [], unreadable: [`${long} `] });
});

test('behind ten thousand lines that cannot be read nothing is, and all of it is kept', () => {
  const line = '{"v":1,"id":"a","at":"","done":"x"}';
  const read = (bad: number) => readJournalLines(`${line}\n${'{\n'.repeat(bad)}${line}\n\n`);
  expect(read(10_000).lines).toHaveLength(2);
  const { lines, unreadable } = read(10_001);
  expect(lines).toHaveLength(1);
  expect(unreadable).toHaveLength(10_001);
  expect(unreadable.at(-1)).toBe(`{\n${line}\n\n`);
});

test('the reason of a failure is one line, cut', () => {
  const failed = `the host\nis down ${'x'.repeat(600)}`;
  const [line] = readJournalLines(JSON.stringify({ v: 1, id: 'a', at: '', failed })).lines;
  expect(line).toEqual({ v: 1, id: 'a', at: '', failed: `${`the host is down ${'x'.repeat(600)}`.slice(0, 499)}…` });
});

describe('for any content', () => {
  const anyLine = fc.oneof(
    fc.record({ kind: fc.constantFrom('pause', 'review'), day: fc.nat(3) }).map((intent) => ({ intent })),
    fc.constantFrom({ done: 'true' }, { failed: 'no' }, { dropped: 'x' }),
  );
  const anyLines = fc
    .array(fc.tuple(fc.constantFrom('a', 'b', 'c'), anyLine))
    .map((all) => all.map(([id, rest]) => ({ v: 1, id, at: '', ...rest }) as JournalLine));

  test('reading never throws, and nothing is lost: every line is either read or kept as unreadable', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), anyLines, fc.nat(200), (noise, lines, cut) => {
        const whole = `${lines.map((line) => JSON.stringify(line)).join('\n')}\n${noise}`;
        const text = whole.slice(0, Math.max(0, whole.length - cut));
        const read = readJournalLines(text);
        const filled = text.split('\n').filter((line) => line.trim() !== '');
        expect(read.lines.length + read.unreadable.length).toBe(filled.length);
        pendingIn(read.lines);
      }),
    );
  });

  test('what is pending is what a look at all others for every line would find', () => {
    fc.assert(
      fc.property(anyLines, (lines) => {
        expect(pendingIn(lines).map(({ id, delivery, reason }) => ({ id, delivery, reason }))).toEqual(plainly(lines));
      }),
    );
  });

  /** Line by line, as it is meant; far too slow for a long journal. */
  function plainly(lines: readonly JournalLine[]): Omit<PendingDelivery, 'tries'>[] {
    const pending = new Map<string, Omit<PendingDelivery, 'tries'>>();
    for (const line of lines) {
      const known = pending.get(line.id);
      if ('intent' in line) {
        for (const [id, { delivery }] of pending)
          if (subjectOf(delivery) === subjectOf(line.intent)) pending.delete(id);
        pending.set(line.id, { id: line.id, delivery: line.intent, reason: '' });
      } else if (!('failed' in line)) pending.delete(line.id);
      else if (known) pending.set(line.id, { ...known, reason: line.failed });
    }
    return [...pending.values()];
  }

  test('shortening it changes nothing of what is pending', () => {
    fc.assert(
      fc.property(anyLines, fc.nat(5), (all, last) => {
        // as it is written: an id stands for one intent
        const isFirst = ({ id }: JournalLine, index: number) =>
          all.findIndex((other) => other.id === id && 'intent' in other) === index;
        const lines = all.filter((line, index) => !('intent' in line) || isFirst(line, index));
        const once = pendingIn(lines).map(({ id, delivery, reason }) => ({ id, delivery, reason }));
        const short = compacted(lines, last);
        expect(pendingIn(short).map(({ id, delivery, reason }) => ({ id, delivery, reason }))).toEqual(once);
        const failures = short.slice(0, Math.max(0, short.length - last)).filter((line) => 'failed' in line);
        expect(failures.length).toBeLessThanOrEqual(once.length);
      }),
    );
  });

  test('at most one delivery of a subject is pending, and none that has ended after its intent', () => {
    fc.assert(
      fc.property(anyLines, (lines) => {
        const pending = pendingIn(lines);
        const subjects = pending.map(({ delivery }) => `${delivery.kind} ${delivery.day}`);
        expect(new Set(subjects).size).toBe(subjects.length);
        for (const { id } of pending) {
          const own = lines.filter((line) => line.id === id);
          const lastIntent = own.findLastIndex((line) => 'intent' in line);
          expect(own.slice(lastIntent + 1).some((line) => 'done' in line || 'dropped' in line)).toBe(false);
        }
      }),
    );
  });

  test('a journal read twice, as after a merge of two copies, says the same as read once', () => {
    fc.assert(
      fc.property(anyLines, (lines) => {
        const unique = lines.filter(
          (line, index) =>
            lines.findIndex((other) => other.id === line.id && 'intent' in other === 'intent' in line) === index,
        );
        const once = pendingIn(unique).length;
        expect(pendingIn([...unique, ...unique.filter((line) => !('intent' in line))]).length).toBeLessThanOrEqual(
          once,
        );
      }),
    );
  });
});
