import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { Intent, Pair, SyncState } from '../../../src/sync/pair.ts';
import { NO_REST, stateFileBytes } from '../../../src/sync/state-file.ts';
import { type LoadedState, openSyncStore, type SyncStoreOptions } from '../../../src/sync/store.ts';
import { turnedState } from '../../../src/sync/turned.ts';
import { type TestWorld, testWorld } from '../../support/world.ts';
import { conflict, ENDS, pair, stateOf } from './states.support.ts';

const TEMPORARY = mkdtempSync(join(tmpdir(), 'pace-sync-store-'));
afterAll(() => rmSync(TEMPORARY, { recursive: true, force: true }));

let world: TestWorld;
beforeEach(() => {
  world = testWorld({ cwd: mkdtempSync(join(TEMPORARY, 'one-')) });
});

const FILE = '.pace/sync/github-octo-repo--jira-PROJ.jsonl';
const JOURNAL = FILE.replace('.jsonl', '.journal.jsonl');
const LOCK = FILE.replace('.jsonl', '.lock');
const at = (path: string) => join(world.cwd, path);
const text = (path: string) => readFileSync(at(path), 'utf8');
const names = () => (existsSync(at('.pace/sync')) ? readdirSync(at('.pace/sync')).sort() : []);
function put(path: string, content: string | Buffer): void {
  mkdirSync(dirname(at(path)), { recursive: true });
  writeFileSync(at(path), content);
}

const load = (ends = ENDS, options: SyncStoreOptions = {}) => openSyncStore(world, options).load(ends);
async function loaded<T>(work: (store: LoadedState) => T, ends = ENDS, options: SyncStoreOptions = {}): Promise<T> {
  const store = await load(ends, options);
  try {
    return work(store);
  } finally {
    await store.close();
  }
}
const save = (state: SyncState) => loaded((store) => store.save(state));
const intent = (id: string, of = '1'): Intent => ({
  id,
  pair: of,
  side: 'b',
  kind: 'create',
  at: 5,
  about: { title: 'A title' },
});

test('two ends that are new have nothing, and nothing is written for that', async () => {
  await loaded(({ state, isTurned, open, aside, doubles, file, save: keep }) => {
    expect([state, isTurned, open, aside, doubles, file]).toEqual([stateOf([]), false, [], [], [], FILE]);
    expect(keep(state)).toBe(false);
  });
  expect(names()).toEqual([]);
});

test('what was saved is there for the next run, which writes nothing when nothing changed', async () => {
  const state = stateOf([pair('1'), pair('2')], {
    watermarks: { a: { seen: 1, scope: 's' } },
    conflicts: [conflict('c')],
  });
  expect(await save(state)).toBe(true);
  const before = { text: text(FILE), stat: statSync(at(FILE), { bigint: true }) };
  await loaded((store) => {
    expect(store.state).toEqual(state);
    expect(store.save(store.state)).toBe(false);
    // made anew, letter for letter the same
    expect(store.save(structuredClone(store.state))).toBe(false);
  });
  const { ino, mtimeNs } = statSync(at(FILE), { bigint: true });
  expect([text(FILE), ino, mtimeNs]).toEqual([before.text, before.stat.ino, before.stat.mtimeNs]);
  expect(names()).toEqual(['github-octo-repo--jira-PROJ.jsonl']);
});

test('a file that a person has put in another form is left so until something changes', async () => {
  await save(stateOf([pair('1'), pair('2')]));
  const [header = '', one = '', two = ''] = text(FILE).split('\n');
  const formatted = `${header.replaceAll(':', ': ')}\n\n${two}\n${JSON.stringify(JSON.parse(one)).replace('"pair"', ' "pair"')}`;
  put(FILE, formatted);
  expect(await loaded((store) => store.save(store.state))).toBe(false);
  expect(text(FILE)).toBe(formatted);
});

test('the ends are found by their ids, named either way round, whatever they and the file are called', async () => {
  const state = stateOf([pair('1')]);
  await save(state);
  renameSync(at(FILE), at('.pace/sync/other.jsonl'));
  const renamed = { a: { ...ENDS.a, name: 'github octo/moved' }, b: ENDS.b };
  await loaded(({ state: found, isTurned, file, save: keep }) => {
    expect([isTurned, file, found]).toEqual([false, '.pace/sync/other.jsonl', { ...state, ends: renamed }]);
    // a name is no reason to write
    expect(keep(found)).toBe(false);
  }, renamed);
  await loaded(
    ({ isTurned, state: found, save: keep }) => {
      expect([isTurned, found.ends]).toEqual([true, renamed]);
      expect(keep({ ...found, said: ['x'] })).toBe(true);
    },
    { a: renamed.b, b: renamed.a },
  );
  expect(names()).toEqual(['other.jsonl']);
  expect(JSON.parse(text('.pace/sync/other.jsonl').split('\n')[0] ?? '').ends).toEqual(renamed);
});

test('files of other ends have other names, also where disks take upper and lower case for the same', async () => {
  await save(stateOf([pair('1')]));
  const others = { a: { id: 'github 8', name: 'github octo-repo' }, b: { id: 'jira 3', name: 'Jira proj' } };
  await loaded((store) => store.save({ ...store.state, said: ['x'] }), others);
  const odd = { a: { id: '1', name: '../../etc/日本' }, b: { id: '2', name: '…' } };
  await loaded((store) => store.save({ ...store.state, said: ['x'] }), odd);
  expect(names()).toEqual([
    'etc--tracker.jsonl',
    'github-octo-repo--Jira-proj-2.jsonl',
    'github-octo-repo--jira-PROJ.jsonl',
  ]);
  expect(await loaded(({ state }) => state.said, others)).toEqual(['x']);
  expect(await loaded(({ state }) => state.pairs.size)).toBe(1);
});

test('a file has the same name whichever end is named first', async () => {
  await loaded((store) => store.save({ ...store.state, said: ['x'] }), { a: ENDS.b, b: ENDS.a });
  expect(names()).toEqual(['github-octo-repo--jira-PROJ.jsonl']);
  expect(await loaded(({ isTurned }) => isTurned)).toBe(true);
});

test('a journal of another machine, which has named the ends the other way round, is gone on with', async () => {
  await save(stateOf([pair('1')]));
  const file = text(FILE);
  await loaded((store) => store.begin(intent('i')));
  const journal = text(JOURNAL);
  const turned = { a: ENDS.b, b: ENDS.a };
  for (const path of [FILE, JOURNAL]) rmSync(at(path));
  await loaded((store) => store.begin({ ...intent('i'), side: 'a' }), turned);
  put(FILE, file);
  expect(text(JOURNAL)).not.toBe(journal);
  await loaded((store) => {
    expect(store.open).toEqual([intent('i')]);
    store.end('i', pair('2'));
  });
  await loaded(({ state, open }) => expect([[...state.pairs.keys()], open]).toEqual([['1', '2'], []]));
  expect(world.lines).toEqual([]);
});

test('what opens a tracker is remembered with the next change, and stays', async () => {
  const opened = { a: { ...ENDS.a, backend: 'hub' }, b: ENDS.b };
  await loaded((store) => store.save({ ...store.state, said: ['x'] }), opened);
  await loaded(({ state, save: keep }) => {
    expect(state.ends).toEqual(opened);
    expect(keep(state)).toBe(false);
  });
  const other = { a: { ...ENDS.a, backend: 'github' }, b: ENDS.b };
  expect(await loaded((store) => store.save(store.state), other)).toBe(false);
  expect(await loaded((store) => store.save({ ...store.state, said: [] }), other)).toBe(true);
  expect(openSyncStore(world).list()[0]?.loaded?.state.ends).toEqual(other);
});

test('a tracker is not synced with itself', async () => {
  await expect(load({ a: ENDS.a, b: { ...ENDS.a, name: 'another name' } })).rejects.toMatchObject({
    kind: 'validation',
  });
});

describe('two files of the same ends', () => {
  const turned = { a: ENDS.b, b: ENDS.a };
  /** Of another machine, which has named the ends the other way round, and was killed at its second issue. */
  async function twin(): Promise<void> {
    await loaded((store) => store.save(turnedState(stateOf([pair('2')]))), turned);
    await loaded((store) => store.begin({ ...intent('i', '3'), side: 'a' }), turned);
    renameSync(at(FILE), at('.pace/sync/twin.jsonl'));
    renameSync(at(JOURNAL), at('.pace/sync/twin.journal.jsonl'));
  }
  const known = ({ state, open, isTurned }: Pick<LoadedState, 'state' | 'open' | 'isTurned'>) => [
    ...[[...state.pairs.values()], open, isTurned, state.ends],
  ];
  const both = [[pair('1'), pair('2')], [intent('i', '3')], false, ENDS];

  test('become one, with the journal of either, when a run may write', async () => {
    await twin();
    put('.pace/sync/a.jsonl', stateFileBytes({ state: stateOf([pair('1')]), rest: NO_REST, journal: undefined }));
    expect(names()).toEqual(['a.jsonl', 'twin.journal.jsonl', 'twin.jsonl']);
    expect(await loaded(known)).toEqual(both);
    expect(names()).toEqual(['a.journal.jsonl', 'a.jsonl']);
    await loaded((store) => {
      expect(known(store)).toEqual(both);
      store.end('i', pair('3'));
      store.save({ ...store.state, pairs: new Map([...store.state.pairs, ['3', pair('3')]]) });
    });
    expect([names(), await loaded(({ state }) => [...state.pairs.keys()])]).toEqual([['a.jsonl'], ['1', '2', '3']]);
  });

  test('are read as one by a look, which leaves them', async () => {
    await twin();
    put('.pace/sync/a.jsonl', stateFileBytes({ state: stateOf([pair('1')]), rest: NO_REST, journal: undefined }));
    const before = names();
    expect(await loaded(known, ENDS, { onlyReads: true })).toEqual(both);
    const listed = openSyncStore(world, { onlyReads: true }).list();
    expect(listed.map(({ file, loaded: its }) => [file, [...(its?.state.pairs.keys() ?? [])]])).toEqual([
      ['.pace/sync/a.jsonl', ['1', '2']],
    ]);
    expect(names()).toEqual(before);
  });

  test('that a run was killed at become the same one once more', async () => {
    await twin();
    put('.pace/sync/a.jsonl', stateFileBytes({ state: stateOf([pair('1')]), rest: NO_REST, journal: undefined }));
    const [file, journal] = ['.pace/sync/twin.jsonl', '.pace/sync/twin.journal.jsonl'].map((path) => [
      path,
      text(path),
    ]);
    await loaded(known);
    for (const [path = '', content = ''] of [file ?? [], journal ?? []]) put(path, content);
    expect(await loaded(known)).toEqual([[pair('1'), pair('2')], ...both.slice(1)]);
    expect(names()).toEqual(['a.journal.jsonl', 'a.jsonl']);
  });

  test('stay where another run has one of them', async () => {
    await twin();
    const other = await load(turned);
    put('.pace/sync/a.jsonl', stateFileBytes({ state: stateOf([pair('1')]), rest: NO_REST, journal: undefined }));
    const before = names();
    const second = testWorld({ cwd: world.cwd, self: { ...world.self, pid: 4712, isRunning: () => true } });
    await expect(openSyncStore(second).load(ENDS)).rejects.toThrow('Another run is syncing');
    expect(names()).toEqual(before);
    await other.close();
    expect(await loaded(known)).toEqual(both);
  });
});

test('a file that cannot be read may be that of two ends that seem to be new; of others it is in nobody’s way', async () => {
  await save(stateOf([pair('1')]));
  put('.pace/sync/broken.jsonl', '{"kind":"sy');
  expect(await loaded(({ state }) => state.pairs.size)).toBe(1);
  const others = { a: { id: 'x', name: 'x' }, b: { id: 'y', name: 'y' } };
  await expect(load(others)).rejects.toThrow('The first line of .pace/sync/broken.jsonl cannot be read');
});

test('what is not understood is told, stays, and keeps its issues from being written to', async () => {
  await save(stateOf([pair('1'), pair('2'), pair('3'), pair('4', { a: { ...pair('3').a } })]));
  const lines = text(FILE).split('\n');
  const broken = lines[1]?.slice(0, -9) ?? '';
  put(FILE, [lines[0], broken, ...lines.slice(2)].join('\n'));
  await loaded(({ state, aside, doubles, isAside, save: keep }) => {
    expect([...state.pairs.keys()]).toEqual(['2', '3', '4']);
    expect(aside.map(({ pair: of, error }) => [of, error.message.split('.jsonl')[1]?.slice(0, 3)])).toEqual([
      ['1', ':2:'],
    ]);
    expect(doubles).toEqual([{ side: 'a', id: 'a-3', pairs: ['3', '4'] }]);
    const asked = [['a', 'a-1'], ['b', 'b-1'], ['a', 'a-3'], ['b', 'b-3'], ['a', 'a-2']] as const; // biome-ignore format: one thought
    expect(asked.map(([side, id]) => isAside(side, id))).toEqual([true, true, true, false, false]);
    expect(keep(state)).toBe(false);
    expect(keep({ ...state, said: ['x'] })).toBe(true);
  });
  expect(text(FILE)).toContain(`${broken}\n`);
});

describe('the journal', () => {
  test('each line is on the disk before the next step, and the journal is gone once the file is saved', async () => {
    await loaded((store) => {
      store.begin(intent('i1'));
      expect(text(JOURNAL).split('\n').map((line) => (line === '' ? '' : JSON.parse(line).kind))).toEqual(['journal', 'begin', '']); // biome-ignore format: one thought
      store.end('i1', pair('1'));
      expect(text(JOURNAL).trimEnd().split('\n')).toHaveLength(3);
      expect(existsSync(at(FILE))).toBe(false);
      expect(store.save(stateOf([pair('1')]))).toBe(true);
      expect(names()).toEqual(['github-octo-repo--jira-PROJ.jsonl', 'github-octo-repo--jira-PROJ.lock']);
    });
    expect(await loaded(({ state }) => state)).toEqual(stateOf([pair('1')]));
  });

  test('a run that was killed has left what it had ended, and what nobody knows about, also before the first save', async () => {
    const killed = await load();
    killed.begin(intent('i1'));
    killed.end('i1', pair('1'), conflict('c1'));
    killed.begin(intent('i2', '2'));
    await killed.close();
    expect(existsSync(at(FILE))).toBe(false);
    await loaded(({ state, open, end, save: keep }) => {
      expect([state, open]).toEqual([stateOf([pair('1')], { conflicts: [conflict('c1')] }), [intent('i2', '2')]]);
      end('i2', undefined);
      expect(keep(state)).toBe(true);
    });
    expect(await loaded(({ state, open }) => [state.pairs.size, open])).toEqual([1, []]);
    expect(names()).toEqual(['github-octo-repo--jira-PROJ.jsonl']);
  });

  test('an intent that is still open outlives the save, and a quiet run after it writes nothing', async () => {
    await loaded((store) => {
      store.begin(intent('i1'));
      store.end('i1', pair('1'));
      store.begin(intent('i2', '2'));
      store.save(stateOf([pair('1')]));
    });
    const before = text(JOURNAL);
    expect(before.trimEnd().split('\n')).toHaveLength(2);
    expect(await loaded(({ open, state, save: keep }) => [open, keep(state)])).toEqual([[intent('i2', '2')], false]);
    expect(text(JOURNAL)).toBe(before);
    await loaded((store) => {
      store.end('i2', pair('2'));
      store.save(stateOf([pair('1'), pair('2')]));
    });
    expect(names()).toEqual(['github-octo-repo--jira-PROJ.jsonl']);
  });

  test('a run that was killed between the save and the end of the journal does nothing twice', async () => {
    const store = await load();
    store.begin(intent('i1'));
    store.end('i1', pair('1'));
    store.begin(intent('i2', '2'));
    const journal = text(JOURNAL);
    // the pair has gone on since its line was written
    const later = { ...pair('1'), comments: [{ a: '1', b: '2' }] };
    store.save(stateOf([later]));
    put(JOURNAL, journal);
    await store.close();
    await loaded((next) => {
      expect([next.state, next.open]).toEqual([stateOf([later]), [intent('i2', '2')]]);
      next.begin(intent('i3', '1'));
      next.end('i3', pair('1'));
    });
    // what was added since counts
    expect(await loaded(({ state, open }) => [state.pairs.get('1'), open])).toEqual([pair('1'), [intent('i2', '2')]]);
  });

  test('an end without a begin counts, and a begin that stands behind its end does not', async () => {
    const store = await load();
    store.end('i0', pair('1'));
    store.begin(intent('i1'));
    store.end('i1', pair('1', { comments: [{ a: '1', b: '2' }] }));
    store.begin(intent('i1'));
    store.end('i1', pair('1', { comments: [{ a: '1', b: '2' }, { a: '3', b: '4' }] })); // biome-ignore format: one thought
    store.begin(intent('i1'));
    await store.close();
    expect(await loaded(({ state, open }) => [state.pairs.get('1')?.comments.length, open])).toEqual([2, []]);
  });

  test('that of other trackers is told and put aside; a look alone leaves it where it is', async () => {
    const others = { a: { id: 'x', name: 'x 1' }, b: { id: 'y', name: 'y 1' } };
    const foreign = await load(others);
    foreign.begin(intent('i9'));
    await foreign.close();
    await save(stateOf([pair('1')]));
    renameSync(at('.pace/sync/x-1--y-1.journal.jsonl'), at(JOURNAL));
    expect(await loaded(({ open }) => open, ENDS, { onlyReads: true })).toEqual([]);
    expect(existsSync(at(JOURNAL))).toBe(true);
    expect(await loaded(({ open, save: keep }) => [open, keep(stateOf([pair('1')]))])).toEqual([[], false]);
    expect(names()).toEqual([
      'github-octo-repo--jira-PROJ.journal.jsonl.unreadable-1',
      'github-octo-repo--jira-PROJ.jsonl',
    ]);
    expect(world.lines.at(-1)).toMatch(/^warn: .* tells of other trackers \(x 1 and y 1\)/);
  });

  test('a line of it that cannot be used is told, and kept beside it when the journal ends', async () => {
    const store = await load();
    store.begin(intent('i1'));
    await store.close();
    put(JOURNAL, `${text(JOURNAL)}{"kind":"end","intent":"i1","pair":{"kind":"pair","id":"1","a":{"id":"a-1"\n`);
    await loaded(({ aside, open, isAside, end, save: keep }) => {
      expect([aside.map(({ pair: of }) => of), open.length, isAside('a', 'a-1')]).toEqual([['1'], 1, true]);
      end('i1', pair('1'));
      keep(stateOf([pair('1')]));
    });
    expect(names()).toEqual([
      'github-octo-repo--jira-PROJ.journal.jsonl.unreadable-1',
      'github-octo-repo--jira-PROJ.jsonl',
    ]);
    expect(text(`${JOURNAL}.unreadable-1`)).toContain('"a":{"id":"a-1"\n');
  });

  test('whose it is must be known, and one of a newer PACE is left to that', async () => {
    await save(stateOf([pair('1')]));
    put(JOURNAL, '{"kind":"begin"}\n');
    await expect(load()).rejects.toThrow('nobody knows which writes an earlier run has not finished');
    put(JOURNAL, '{"kind":"journal","version":2}\n');
    await expect(load()).rejects.toMatchObject({ kind: 'unsupported' });
    expect(names()).not.toContain('github-octo-repo--jira-PROJ.lock');
  });

  test('a long one is taken over into the file on the way', async () => {
    const body = 'x'.repeat(300_000);
    const big = (id: string): Pair => pair(id, { base: { a: { body }, b: { body } } });
    const ids = Array.from({ length: 20 }, (_, index) => `p${index}`);
    const store = await load();
    store.begin(intent('open', 'nobody'));
    for (const id of ids) {
      store.begin(intent(`i-${id}`, id));
      store.end(`i-${id}`, big(id));
    }
    expect(existsSync(at(FILE))).toBe(true);
    expect(statSync(at(JOURNAL)).size).toBeLessThan(4_300_000);
    await store.close();
    const [pairs, open] = await loaded(({ state, open: left }) => [state.pairs, left] as const);
    expect([...pairs.keys()].sort()).toEqual([...ids].sort());
    expect([pairs.get('p3'), open]).toEqual([big('p3'), [intent('open', 'nobody')]]);
  });
});

describe('killed anywhere', () => {
  const short = (id: string, comments: number): Pair => {
    const half = { id, key: id, url: '' };
    return { id, a: half, b: half, comments: Array.from({ length: comments }, (_, n) => ({ a: `${n}`, b: `é${n}` })) };
  };
  const seen = ({ state, open }: Pick<LoadedState, 'state' | 'open'>) => ({
    pairs: [...state.pairs].map(([id, { comments }]) => [id, comments.length]),
    open: open.map(({ id }) => id),
  });

  /** What a run of three writes has on the disk, and what is true after each of its lines. */
  async function history() {
    await save(stateOf([short('1', 0)]));
    const store = await load();
    const truths = [{ pairs: [['1', 0]], open: [] as string[], size: 0 }];
    const now = (pairs: [string, number][], open: string[]) =>
      truths.push({ pairs, open, size: statSync(at(JOURNAL)).size });
    store.begin(intent('i1', '1'));
    now([['1', 0]], ['i1']);
    store.end('i1', short('1', 1));
    now([['1', 1]], []);
    store.begin(intent('i2', '2'));
    now([['1', 1]], ['i2']);
    store.begin(intent('i3', '1'));
    now([['1', 1]], ['i2', 'i3']);
    store.end('i3', short('1', 2));
    now([['1', 2]], ['i2']);
    store.end('i2', short('2', 1));
    now([['1', 2], ['2', 1]], []); // biome-ignore format: one thought
    const journal = readFileSync(at(JOURNAL));
    await store.close();
    return { truths, journal };
  }

  test('at every byte of the journal: what is loaded was true before that line, or is after it', async () => {
    const { truths, journal } = await history();
    for (let length = 0; length <= journal.length; length += 1) {
      put(JOURNAL, journal.subarray(0, length));
      const store = await load(ENDS, { onlyReads: true });
      const around = [truths.findLast(({ size }) => size <= length), truths.find(({ size }) => size >= length)];
      expect(around.map((truth) => ({ pairs: truth?.pairs, open: truth?.open }))).toContainEqual(seen(store));
      expect(store.aside).toEqual([]);
    }
  });

  test('what the next run adds behind half a line can be read, and so can all before it', async () => {
    const { truths, journal } = await history();
    for (const { size } of truths) {
      for (const length of [size - 2, size - 1, size, size + 1, size + 30]) {
        if (length < 0 || length > journal.length) continue;
        put(JOURNAL, journal.subarray(0, length));
        const before = await loaded((store) => {
          store.begin(intent('next', '3'));
          return seen(store);
        });
        const after = await load(ENDS, { onlyReads: true });
        expect([seen(after), after.aside]).toEqual([{ ...before, open: [...before.open, 'next'] }, []]);
      }
    }
  });
});

describe('one run at a time', () => {
  test('a second one is told at once who has the file; another pair of trackers is free', async () => {
    const first = await load();
    const second = testWorld({ cwd: world.cwd, self: { ...world.self, pid: 4712, isRunning: () => true } });
    await expect(openSyncStore(second).load(ENDS)).rejects.toMatchObject({
      kind: 'conflict',
      message:
        'Another run is syncing github octo/repo and jira PROJ in this folder (pid 4711 on test-machine since 2026-03-02T09:00:00.000Z). Nothing was synced.',
      remedy: `Please start it again when that run has ended. If no other run is under way, remove ${LOCK}.`,
    });
    const turned = openSyncStore(second).load({ a: ENDS.b, b: { ...ENDS.a, name: 'renamed' } });
    // nothing was saved yet, so that the other name is free: both would make a file
    await (await turned).close();
    const others = await openSyncStore(second).load({ a: ENDS.a, b: { id: 'z', name: 'z' } });
    await others.close();
    await first.close();
    await (await openSyncStore(second).load(ENDS)).close();
  });

  test('once the file is there, the other way round is the same file', async () => {
    await save(stateOf([pair('1')]));
    const first = await load();
    const second = testWorld({ cwd: world.cwd, self: { ...world.self, pid: 4712, isRunning: () => true } });
    const turned = { a: ENDS.b, b: { ...ENDS.a, name: 'renamed' } };
    await expect(openSyncStore(second).load(turned)).rejects.toMatchObject({ kind: 'conflict' });
    await first.close();
  });

  test('who waits sees what the first one has saved meanwhile, under the name that it has then', async () => {
    const first = await load();
    const second = testWorld({
      cwd: world.cwd,
      self: { ...world.self, pid: 4712, isRunning: () => true },
      sleep: async () => {
        first.save(stateOf([pair('1')]));
        renameSync(at(FILE), at('.pace/sync/renamed.jsonl'));
        await first.close();
      },
    });
    const store = await openSyncStore(second, { waitSeconds: 60 }).load(ENDS);
    expect([store.file, store.state.pairs.size]).toEqual(['.pace/sync/renamed.jsonl', 1]);
    expect(names()).toEqual(['renamed.jsonl', 'renamed.lock']);
    await store.close();
  });

  test('what a killed run has left is taken over', async () => {
    await load();
    const second = testWorld({ cwd: world.cwd, self: { ...world.self, pid: 4712, isRunning: (pid) => pid === 4712 } });
    await (await openSyncStore(second).load(ENDS)).close();
    expect(names()).toEqual([]);
  });

  test('a look takes no lock, and writes nothing', async () => {
    await save(stateOf([pair('1')]));
    const first = await load();
    await loaded(
      (look) => {
        expect(look.state).toEqual(stateOf([pair('1')]));
        expect(() => look.begin(intent('i1'))).toThrow('opened to be read only');
        expect(() => look.end('i1', undefined)).toThrow('opened to be read only');
        expect(() => look.save(look.state)).toThrow('opened to be read only');
      },
      ENDS,
      { onlyReads: true },
    );
    await first.close();
  });
});

describe('where nothing would be remembered nothing begins', () => {
  test('git tracks what lies there', () => {
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...args], { cwd: world.cwd });
    git('init', '--quiet');
    put('.pace/sync/x.jsonl', '{}');
    git('add', '--force', '.');
    expect(() => openSyncStore(world)).toThrow(
      expect.objectContaining({
        kind: 'configuration',
        message: expect.stringMatching(/^Sync would not remember what it does\. .*git tracks \.pace\/sync\/x\.jsonl/),
        remedy: expect.stringContaining('git rm -r --cached'),
      }),
    );
  });

  test('a link stands in the way, before the run or in the middle of it', async () => {
    const store = await load();
    store.begin(intent('i1'));
    await store.close();
    const elsewhere = mkdtempSync(join(TEMPORARY, 'elsewhere-'));
    const again = await load();
    renameSync(at('.pace/sync'), join(elsewhere, 'sync'));
    execFileSync('ln', ['-s', join(elsewhere, 'sync'), at('.pace/sync')]);
    expect(() => again.begin(intent('i2'))).toThrow('would not remember');
    expect(() => again.save(stateOf([pair('1')]))).toThrow('would not remember');
    expect(() => openSyncStore(world)).toThrow('would not remember');
  });
});

test('credentials do not reach the disk, neither in the file nor in the journal, and the next run is quiet all the same', async () => {
  world = testWorld({ cwd: world.cwd, redact: (given) => given.replaceAll('s3cr"et', '***') });
  const secret = pair('1', { base: { a: { body: 'so s3cr"et' }, b: { body: 'so s3cr"et' } } });
  await loaded((store) => {
    store.begin({ ...intent('i1'), about: { body: 's3cr"et' } });
    store.end('i1', secret);
    expect(text(JOURNAL)).not.toContain('s3cr');
    store.save(stateOf([secret]));
  });
  expect(text(FILE)).toContain('so ***');
  expect(await loaded((store) => store.save(stateOf([secret])))).toBe(false);
});

test('all that is kept is listed, also what cannot be used', async () => {
  await save(stateOf([pair('1')]));
  const others = await load({ a: { id: 'x', name: 'x' }, b: { id: 'y', name: 'y' } });
  others.begin(intent('i1'));
  put('.pace/sync/broken.jsonl', '{}');
  put('.pace/sync/unlike anything.jsonl', '{}');
  const list = openSyncStore(world).list();
  expect(list.map(({ file, loaded: of, error }) => [file, of?.state.pairs.size, of?.open.length, error?.kind])).toEqual(
    [
      ['.pace/sync/broken.jsonl', undefined, undefined, 'validation'],
      [FILE, 1, 0, undefined],
      ['.pace/sync/x--y.jsonl', 0, 1, undefined],
    ],
  );
  expect(openSyncStore(world).known().map(({ a, b }) => [a.id, b.id])).toEqual([[ENDS.a.id, ENDS.b.id], ['x', 'y']]); // biome-ignore format: a row each
  await others.close();
});
