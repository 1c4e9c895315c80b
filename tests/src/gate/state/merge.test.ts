import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { type Files, mergeState } from '../../../../src/gate/state/merge.ts';

type Texts = Readonly<Record<string, string>>;

const filesOf = (texts: Texts): Files =>
  new Map(Object.entries(texts).map(([path, text]) => [path, Buffer.from(text)]));
const textsOf = (files: Files): Texts => Object.fromEntries([...files].map(([path, bytes]) => [path, String(bytes)]));

function merge(base: Texts, mine: Texts, theirs: Texts) {
  const { files, replaced } = mergeState({ base: filesOf(base), mine: filesOf(mine), theirs: filesOf(theirs) });
  return { files: textsOf(files), replaced };
}

test('what one side alone changed, added or removed is as that side has it', () => {
  const base = { same: '1', 'mine changed': '1', 'theirs changed': '1', 'mine removed': '1', 'theirs removed': '1' };
  const mine = { same: '1', 'mine changed': '2', 'theirs changed': '1', 'theirs removed': '1', 'mine added': '1' };
  const theirs = { same: '1', 'mine changed': '1', 'theirs changed': '2', 'mine removed': '1', 'theirs added': '1' };
  expect(merge(base, mine, theirs)).toEqual({
    files: { 'mine added': '1', 'mine changed': '2', same: '1', 'theirs added': '1', 'theirs changed': '2' },
    replaced: [],
  });
});

test('a file that one changed and the other removed stays', () => {
  expect(merge({ a: '1', b: '1' }, { a: '2' }, { b: '2' }).files).toEqual({ a: '2', b: '2' });
});

test('a file that both changed in the same way is no conflict', () => {
  expect(merge({ 'pace.db': '1' }, { 'pace.db': '2' }, { 'pace.db': '2' })).toEqual({
    files: { 'pace.db': '2' },
    replaced: [],
  });
});

test('of any other file the newest run wins, and that is said', () => {
  expect(merge({ 'pace.db': '1' }, { 'pace.db': '2' }, { 'pace.db': '3' })).toEqual({
    files: { 'pace.db': '2' },
    replaced: ['pace.db'],
  });
});

describe('decision.yaml', () => {
  const decision = (attempt: number, sha: string) => stringify({ decision: 'HOLD', attempt, sha });
  test.each([
    ['the later attempt', decision(1, 'mine'), decision(2, 'theirs'), 'theirs'],
    ['the later attempt', decision(3, 'mine'), decision(2, 'theirs'), 'mine'],
    ['of the same attempt the run that ended last', decision(2, 'mine'), decision(2, 'theirs'), 'mine'],
    ['the one that can be read', 'decision: HO', decision(1, 'theirs'), 'theirs'],
  ])('is that of %s', (_, mine, theirs, expected) => {
    const path = 'day-1/decision.yaml';
    const { files, replaced } = merge({}, { [path]: mine }, { [path]: theirs });
    expect([parse(files[path] ?? '').sha, replaced]).toEqual([expected, []]);
  });
});

test('attempts.yaml has every attempt of both, by number', () => {
  const path = 'day-1/attempts.yaml';
  const attempt = (run: number, outcome: string) => ({
    run,
    date: '2026-03-02',
    cost_usd: 0,
    outcome,
    hold_reason: '',
  });
  const list = (...entries: object[]) => ({ [path]: stringify(entries) });
  const { files } = merge(
    list(attempt(1, 'HOLD')),
    list(attempt(1, 'HOLD'), attempt(3, 'SHIP'), attempt(2, 'HOLD')),
    list(attempt(1, 'HOLD'), attempt(2, 'UNKNOWN')),
  );
  expect(parse(files[path] ?? '')).toEqual([
    attempt(1, 'HOLD'),
    attempt(2, 'UNKNOWN'),
    attempt(2, 'HOLD'),
    attempt(3, 'SHIP'),
  ]);
});

test('journal.jsonl has the lines of both in order, each once, without those that one has settled', () => {
  const { files } = merge(
    { 'journal.jsonl': '{"n":1}\n{"n":2}\n' },
    { 'journal.jsonl': '{"n":2}\n{"n":"mine"}\n' },
    { 'journal.jsonl': '{"n":1}\n{"n":2}\n{"n":"theirs"}\n' },
  );
  expect(files['journal.jsonl']).toBe('{"n":2}\n{"n":"theirs"}\n{"n":"mine"}\n');
});

describe('advisory_backlog.yaml', () => {
  const path = 'advisory_backlog.yaml';
  const item = (id: string, finding: string, status: string) => ({ id, day_raised: 1, agent: 'scan', finding, status });
  const side = (entries: object[], day = 1) => ({
    [path]: stringify(entries),
    [`day-${day}/decision.yaml`]: 'decision: SHIP',
  });
  const merged = (base: object[] | undefined, mine: Texts, theirs: Texts) =>
    parse(merge(base ? { [path]: stringify(base) } : {}, mine, theirs).files[path] ?? '');

  test('what one side cleared, opened or raised holds', () => {
    const base = [item('scan-day1-1', 'a', 'open'), item('scan-day1-2', 'b', 'cleared')];
    const mine = [
      item('scan-day1-1', 'a', 'cleared'),
      item('scan-day1-2', 'b', 'cleared'),
      item('scan-day2-3', 'c', 'open'),
    ];
    const theirs = [item('scan-day1-1', 'a', 'open'), item('scan-day1-2', 'b', 'open'), item('x-day2-3', 'd', 'open')];
    expect(merged(base, side(mine), side(theirs))).toEqual([
      item('scan-day1-1', 'a', 'cleared'),
      item('scan-day1-2', 'b', 'open'),
      item('x-day2-3', 'd', 'open'),
      item('scan-day2-3', 'c', 'open'),
    ]);
  });

  test.each([
    [2, 1, 'cleared'],
    [1, 2, 'open'],
    [1, 1, 'open'],
  ])('cleared on day %i and open on day %i with nothing known before: %s', (mine, theirs, status) => {
    const [cleared, open] = [[item('scan-day1-1', 'a', 'cleared')], [item('scan-day1-1', 'a', 'open')]];
    expect(merged(undefined, side(cleared, mine), side(open, theirs))).toEqual([item('scan-day1-1', 'a', status)]);
  });

  test('one id for two concerns becomes two ids, and two ids for one concern become one', () => {
    const mine = [item('scan-day1-1', 'mine', 'open'), item('scan-day1-2', 'both', 'open')];
    const theirs = [item('scan-day1-1', 'both', 'open'), item('scan-day1-2', 'theirs', 'open')];
    expect(merged(undefined, side(mine), side(theirs))).toEqual([...theirs, item('scan-day1-3', 'mine', 'open')]);
  });
});

describe('attempts and backlogs that one side cannot read', () => {
  const attempts = 'day-1/attempts.yaml';
  const good = (run: number) => stringify([{ run, outcome: 'HOLD' }]);
  test.each([
    ['mine', good(1), '{', good(1)],
    ['theirs', '{', good(2), good(2)],
    ['mine, as nobody can read either', '{', '[', '{'],
  ])('are those of %s', (_, mine, theirs, expected) => {
    for (const path of [attempts]) expect(merge({}, { [path]: mine }, { [path]: theirs }).files[path]).toBe(expected);
    const backlog = 'advisory_backlog.yaml';
    const item = stringify([{ id: 'a-day1-1', agent: 'a', finding: 'x', status: 'open' }]);
    const [own, other, wanted] = [mine, theirs, expected].map((text) => (text.startsWith('-') ? item : text));
    expect(merge({}, { [backlog]: own ?? '' }, { [backlog]: other ?? '' }).files[backlog]).toBe(wanted);
  });
});

describe('a status that both sides changed', () => {
  const path = 'advisory_backlog.yaml';
  const one = (status: string) =>
    stringify([{ id: 'scan-day1-1', day_raised: 1, agent: 'scan', finding: 'a', status }]);
  test.each([
    ['open', 'open', 'cleared', 'cleared'],
    ['open', 'cleared', 'open', 'cleared'],
    ['cleared', 'open', 'cleared', 'open'],
    ['cleared', 'cleared', 'open', 'open'],
    ['open', 'cleared', 'cleared', 'cleared'],
  ])('was %s, is %s here and %s there: %s', (before, mine, theirs, expected) => {
    const { files } = merge({ [path]: one(before) }, { [path]: `${one(mine)}# m` }, { [path]: `${one(theirs)}# t` });
    expect(parse(files[path] ?? '')[0].status).toBe(expected);
  });

  test('an entry that one side took out is out, also where the other one keeps it', () => {
    const two = (finding: string) => ({
      id: `scan-day1-${finding}`,
      day_raised: 1,
      agent: 'scan',
      finding,
      status: 'open',
    });
    const sides = (base: string[], mine: string[], theirs: string[]) => {
      const text = (all: string[]) => ({ [path]: stringify(all.map(two)) });
      return parse(merge(text(base), text(mine), text(theirs)).files[path] ?? '').map(
        ({ finding }: { finding: string }) => finding,
      );
    };
    expect(sides(['1', '2'], ['2', '3'], ['1', '2', '4'])).toEqual(['2', '4', '3']);
    expect(sides(['1', '2'], ['1', '2', '3'], ['2', '4'])).toEqual(['2', '4', '3']);
  });
});

test('an id that is taken gets the next one that is free', () => {
  const path = 'advisory_backlog.yaml';
  const item = (id: string, finding: string) => ({ id, day_raised: 1, agent: 'scan', finding, status: 'open' });
  const theirs = [item('scan-day1-1', 'a'), item('scan-day1-4', 'b')];
  const mine = [item('scan-day1-1', 'c'), item('scan-day1-4', 'd'), item('SCAN-day1-9', 'b')];
  const { files } = merge({}, { [path]: stringify(mine) }, { [path]: stringify(theirs) });
  expect(
    parse(files[path] ?? '').map(({ id, finding }: { id: string; finding: string }) => `${id} ${finding}`),
  ).toEqual([...['scan-day1-1 a', 'scan-day1-4 b', 'scan-day1-3 c', 'scan-day1-5 d']]);
});

test.each(['day-1/sub/decision.yaml', 'xday-1/decision.yaml', 'day-1/decision.yamlx', 'sub/journal.jsonl'])(
  '%s is merged as any other file, and what it replaced is said',
  (path) => {
    expect(merge({}, { [path]: 'decision: HOLD' }, { [path]: 'decision: SHIP\nattempt: 9' })).toEqual({
      files: { [path]: 'decision: HOLD' },
      replaced: [path],
    });
  },
);

const texts = fc.dictionary(
  fc.constantFrom('day-1/decision.yaml', 'day-1/attempts.yaml', 'advisory_backlog.yaml', 'journal.jsonl', 'pace.db'),
  fc.oneof(
    fc.string({ maxLength: 30 }),
    fc.json({ maxDepth: 2 }),
    fc.constantFrom('- run: 1\n  outcome: x\n', '[]', 'decision: SHIP\n'),
  ),
);

test('any content: no error; the same again gives the same; a side that equals the base gives the other side', () => {
  fc.assert(
    fc.property(texts, texts, texts, (base, mine, theirs) => {
      const once = merge(base, mine, theirs).files;
      expect(merge(theirs, once, theirs).files).toEqual(once);
      expect(merge(base, mine, base).files).toEqual(mine);
      expect(merge(base, base, theirs).files).toEqual(theirs);
      for (const path of Object.keys({ ...mine, ...theirs }))
        if (base[path] === undefined) expect(once[path]).toBeDefined();
    }),
  );
});
