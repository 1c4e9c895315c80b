import { mkdtemp, readFile, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { createGuard } from '../../../platforms/guard.ts';
import type { Delivery } from '../../../src/gate/delivery.ts';
import { type JournalLine, openJournal, pendingIn, readLines } from '../../../src/gate/journal.ts';
import { testWorld } from '../../support/world.ts';

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'pace-journal-'));
});

async function opened(options: { dir?: string; dryRun?: boolean } = {}) {
  const world = testWorld({ random: Math.random });
  const guard = createGuard(world);
  const journal = await openJournal({ world, dir, guard, dryRun: false, ...options });
  return { world, guard, journal };
}

const pause = (day: number): Delivery => ({ kind: 'pause', day });
const resolve = (day: number): Delivery => ({ kind: 'resolve', day, sha: '' });
const escalate = (day: number): Delivery => ({ kind: 'escalate', day, sha: '', reason: 'x', report: '', jobUrl: '' });

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

  test('what later events make pointless is dropped for good', async () => {
    const { journal } = await opened();
    await journal.begin(pause(1));
    await journal.begin(pause(2));
    await journal.drop(['pause 1', 'pause 9']);
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
    expect(await readFile(`${path}.unreadable`, 'utf8')).toContain('"kind":"pause"');
  });

  test('a last line without its end is still a line', async () => {
    const first = await opened();
    await first.journal.begin(pause(1));
    const path = join(dir, 'journal.jsonl');
    await truncate(path, (await readFile(path)).length - 1);
    await (await opened()).journal.begin(pause(2));
    expect((await opened()).journal.pending()).toHaveLength(2);
  });

  test('lines of a newer version are kept beside, not thrown away', async () => {
    await writeFile(join(dir, 'journal.jsonl'), '{"v":2,"id":"a","intent":{"kind":"pause","day":1}}\n');
    expect((await opened()).journal.pending()).toEqual([]);
    expect(await readFile(join(dir, 'journal.jsonl.unreadable'), 'utf8')).toContain('"v":2');
  });

  test('a journal that cannot be written is a fault; the run goes on from memory', async () => {
    await writeFile(join(dir, 'file'), '');
    const { journal, guard } = await opened({ dir: join(dir, 'file') });
    await journal.begin(pause(1));
    expect(journal.pending()).toHaveLength(1);
    expect(guard.faults.length).toBeGreaterThan(0);
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
        const read = readLines(text);
        const filled = text.split('\n').filter((line) => line.trim() !== '');
        expect(read.lines.length + read.unreadable.length).toBe(filled.length);
        pendingIn(read.lines);
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
