import { describe, expect, test } from 'vitest';
import { createWaivers } from '../../../../../src/gate/waivers.ts';
import { heads, lines } from '../workspace.support.ts';
import { at, log, read, result, run } from './logs.support.ts';

const told = async (one: object, settings: object = {}) => lines(await read({ 's.sarif': log(one) }, settings));
const CLEAN = 'PASS scan | Tool: nothing that counts was found';
const note = (text: string, more: object = {}) => ({ message: { text }, ...more });

describe('a run without results', () => {
  const NEVER = 'FAIL was run | Tool in s.sarif has no results, not even an empty list.';

  test.each<[string, unknown, object, string]>([
    ['has found nothing where it succeeded', undefined, { invocations: [{ executionSuccessful: true }] }, CLEAN],
    ['has found nothing where it succeeded and says null', null, { invocations: [{ executionSuccessful: true }] }, CLEAN],
    ['never ran where nothing says more', undefined, {}, NEVER],
    ['never ran where null is all that it says', null, {}, NEVER],
    ['never ran where there was no invocation', undefined, { invocations: [] }, NEVER],
    ['never ran where its invocation does not say how it ended', undefined, { invocations: [{ exitCode: 0 }] }, NEVER],
    ['never ran where success is only a word', undefined, { invocations: [{ executionSuccessful: 'true' }] }, NEVER],
  ])('%s', async (_, results, more, expected) => {
    expect(await told(run(results, more))).toEqual([expected]);
  }); // biome-ignore format: a table

  test('is none that succeeded where one of its invocations did not', async () => {
    const invocations = [{ executionSuccessful: true }, { executionSuccessful: false }];
    expect(await told(run(undefined, { invocations }))).toEqual([
      NEVER,
      'FAIL Tool ran to its end | s.sarif: The scan did not succeed.',
    ]);
  });
});

describe('a run that keeps something elsewhere', () => {
  const elsewhere = (words: string) =>
    `FAIL reading s.sarif @s.sarif | s.sarif: ${words}, which PACE does not read. Have the scanner write them inline.`;
  const invocations = [{ executionSuccessful: true }];

  test.each<[object, string]>([
    [{ results: [{}] }, 'It keeps its results in other files'],
    [{ driver: {} }, 'It keeps its driver in other files'],
    [{ extensions: [{}] }, 'It keeps its extensions in other files'],
    [{ invocations: {}, results: [{}] }, 'It keeps its results and invocations in other files'],
  ])('%j cannot be judged, whatever is inline', async (externalPropertyFileReferences, words) => {
    for (const results of [undefined, []])
      expect(await told(run(results, { invocations, externalPropertyFileReferences }))).toEqual([elsewhere(words)]);
  });

  test('is judged where that does not matter, or is nothing', async () => {
    for (const externalPropertyFileReferences of [{ artifacts: [{}] }, { results: [], driver: null }, [], 'x'])
      expect(await told(run([], { externalPropertyFileReferences }))).toEqual([CLEAN]);
  });

  test('in the log beside it cannot be judged either', async () => {
    const beside = (inlineExternalProperties: unknown) =>
      read({ 's.sarif': { ...log(run(undefined, { invocations })), inlineExternalProperties } });
    expect(lines(await beside([{ results: [result()] }]))).toEqual([
      elsewhere('The log keeps parts of its runs in `inlineExternalProperties`'),
    ]);
    for (const nothing of [[], null, {}]) expect(lines(await beside(nothing))).toEqual([CLEAN]);
  });

  test('still fails by what is inline', async () => {
    const externalPropertyFileReferences = { results: [{}] };
    expect(heads(await read({ 's.sarif': log(run([result()], { externalPropertyFileReferences })) }))).toEqual([
      'FAIL reading s.sarif @s.sarif',
      'FAIL R1',
    ]);
  });
});

describe('how an invocation ended', () => {
  const failed = (details = '') => `FAIL Tool ran to its end | s.sarif: The scan did not succeed${details}.`;

  test.each<[string, object, unknown[], string[]]>([
    ['is its own word, also beside results', { executionSuccessful: false }, [result()], [failed(), 'FAIL R1 | found']],
    ['is its own word, whatever the exit code', { executionSuccessful: true, exitCode: 1, exitSignalName: 'x' }, [], [CLEAN]],
    ['is no success where it was never started', { processStartFailureMessage: 'no such file' }, [], [failed(' (no such file)')]],
    ['is no success where a signal ended it', { exitSignalName: 'SIGKILL' }, [], [failed(' (SIGKILL)')]],
    ['is no success where there is only an exit code', { exitCode: 2 }, [], [failed(' (exit code 2)')]],
    ['is told by the results where they explain the exit code', { exitCode: 1 }, [result()], ['FAIL R1 | found']],
    ['is no trouble where the exit code is 0', { exitCode: 0 }, [], [CLEAN]],
    ['is no trouble where nothing is said of it', { exitSignalName: '', executionSuccessful: 'no' }, [], [CLEAN]],
  ])('%s', async (_, invocation, results, expected) => {
    expect(await told(run(results, { invocations: [invocation] }))).toEqual(expected);
  }); // biome-ignore format: a table

  test('is also told by a converter', async () => {
    expect(await told(run([], { conversion: { invocation: { executionSuccessful: false } } }))).toEqual([failed()]);
    for (const conversion of [{}, null, { invocation: 7 }])
      expect(await told(run([], { conversion }))).toEqual([CLEAN]);
  });

  test('is told of each, and what is no invocation tells nothing', async () => {
    const invocations = [7, { executionSuccessful: false }, { executionSuccessful: false, exitCode: 3 }];
    expect(await told(run([], { invocations }))).toEqual([failed(), failed(' (exit code 3)')]);
  });
});

describe('a notification', () => {
  const of = (...toolExecutionNotifications: unknown[]) => run([], { invocations: [{ toolExecutionNotifications }] });

  test('without a level is a warning, which is shown and does not hold', async () => {
    const reading = await read({ 's.sarif': log(of(note('slow'), note('old', { level: 'warning' }))) });
    expect(lines(reading)).toEqual([
      'ADVISORY Tool ran without a warning | s.sarif: slow',
      'ADVISORY Tool ran without a warning | s.sarif: old',
    ]);
    expect(reading).toMatchObject({ complete: true, hasFailure: false, saysNothing: false });
  });

  test('about a file names it, and the scan was not whole', async () => {
    const reading = await read({
      's.sarif': log(of(note('no Java', { locations: at('Bad.java', 2, { startColumn: 8 }) }))),
    });
    expect(lines(reading)).toEqual([
      'ADVISORY Tool ran without a warning in Bad.java @Bad.java:2:8 | s.sarif: no Java',
    ]);
    expect(reading.complete).toBe(false);
  });

  test('about one thing in two files is told for both, and once for each', async () => {
    const bad = (uri: string, level: string) => note('no Java', { level, locations: at(uri) });
    const twice = [bad('/w/a.java', 'error'), bad('/w/b.java', 'error'), bad('/w/a.java', 'error')];
    expect(await told(of(...twice, note('x', { level: 'error' }), note('x')))).toEqual([
      'FAIL Tool ran to its end @1 | s.sarif: /w/a.java:1: no Java',
      'FAIL Tool ran to its end @1 | s.sarif: /w/b.java:1: no Java',
      'FAIL Tool ran to its end | s.sarif: x',
      'ADVISORY Tool ran without a warning | s.sarif: x',
    ]);
  });

  test('of a scan that did not succeed is the reason, unless there is an error', async () => {
    const failing = (...toolExecutionNotifications: unknown[]) =>
      told(run([], { invocations: [{ executionSuccessful: false, exitCode: 5, toolExecutionNotifications }] }));
    expect(await failing(note('a'), note('b'))).toEqual([
      'FAIL Tool ran to its end | s.sarif: The scan did not succeed (exit code 5): a',
      'FAIL Tool ran to its end | s.sarif: The scan did not succeed (exit code 5): b',
    ]);
    expect(await failing(note('a'), note('b', { level: 'error' }))).toEqual([
      'ADVISORY Tool ran without a warning | s.sarif: a',
      'FAIL Tool ran to its end | s.sarif: b',
    ]);
    expect(await failing(note('a', { level: 'note' }))).toEqual([
      'FAIL Tool ran to its end | s.sarif: The scan did not succeed (exit code 5).',
    ]);
  });

  test.each<[object, string]>([
    [{ level: 'error', exception: { kind: 'IOException', message: 'disk full' } }, 'IOException: disk full'],
    [{ level: 'error', exception: { message: 'disk full' } }, 'disk full'],
    [{ level: 'error', exception: { kind: 'IOException' } }, 'IOException'],
    [{ level: 'error', exception: {} }, 'An error without a message.'],
    [{ level: 'error', message: { text: '' }, exception: 'x' }, 'An error without a message.'],
    [{ level: 'error', message: { text: 'own' }, exception: { message: 'disk full' } }, 'own'],
    [{ level: 'error', message: { markdown: '*own*' } }, '*own*'],
    [{ level: 'strange', message: { text: 'own' } }, 'own'],
    [{ level: 'error', descriptor: { id: 'N1' }, message: { id: 'a', arguments: ['x'] } }, 'file x'],
  ])('%j is told in words', async (json, words) => {
    const notifications = [{ id: 'N1', messageStrings: { a: { text: 'file {0}' } } }];
    const tool = { driver: { name: 'Tool', notifications } };
    expect(await told({ ...of(json), tool })).toEqual([`FAIL Tool ran to its end | s.sarif: ${words}`]);
  });

  test('that warns without words is shown as well', async () => {
    expect(await told(of({}))).toEqual(['ADVISORY Tool ran without a warning | s.sarif: A warning without a message.']);
  });

  test.each<[string, object, object, string[]]>([
    ['has the level of its description', { descriptor: { id: 'N1' } }, {}, ['FAIL Tool ran to its end']],
    ['has that of an invocation sooner', { descriptor: { index: 0 } }, { level: 'none' }, ['PASS scan']],
    ['has its own first', { descriptor: { id: 'N1' }, level: 'note' }, { level: 'error' }, ['PASS scan']],
    ['is a warning where nobody describes it', { descriptor: { id: 'R1' } }, {}, ['ADVISORY Tool ran without a warning']],
  ])('%s', async (_, json, configuration, expected) => {
    const rules = [{ id: 'R1', defaultConfiguration: { level: 'error' } }];
    const notifications = [{ id: 'N1', defaultConfiguration: { level: 'error' } }];
    const notificationConfigurationOverrides = [{ descriptor: { id: 'N1' }, configuration }];
    const invocations = [{ toolConfigurationNotifications: [json], notificationConfigurationOverrides }];
    const tool = { driver: { name: 'Tool', rules, notifications } };
    expect(heads(await read({ 's.sarif': log(run([], { tool, invocations })) }))).toEqual(expected);
  }); // biome-ignore format: a table
});

describe('an error of the scan', () => {
  const broken = log(run([], { invocations: [{ executionSuccessful: false }] }));
  const waivers = (expires: string) =>
    createWaivers({
      waivers: [{ check: 'unit: Tool ran to its end', reason: 'known', owner: 'ann', expires }],
      quarantine: [],
      sha: 'c0ffee',
      date: '2026-03-02',
    });

  test('can be waived', async () => {
    const reading = await read({ 's.sarif': broken }, {}, { waivers: waivers('2026-03-02') });
    expect(heads(reading)).toEqual(['WAIVED Tool ran to its end']);
    expect(reading).toMatchObject({ complete: false, hasFailure: true });
    expect(lines(await read({ 's.sarif': broken }, {}, { waivers: waivers('2026-03-01') }))).toEqual([
      'FAIL Tool ran to its end | s.sarif: The scan did not succeed. (the waiver of ann ended on 2026-03-01)',
    ]);
  });

  test('does what `on_broken` says', async () => {
    expect(heads(await read({ 's.sarif': broken }, { on_broken: 'advisory' }))).toEqual([
      'ADVISORY Tool ran to its end',
    ]);
    expect(heads(await read({ 's.sarif': broken }, { on_fail: 'observe' }))).toEqual(['FAIL Tool ran to its end']);
  });
});

test('a scan with trouble is never called a clean one, whatever else it counted', async () => {
  const invocations = [{ executionSuccessful: false }];
  expect(heads(await read({ 's.sarif': log(run([result({ level: 'note' })], { invocations })) }))).toEqual([
    'FAIL Tool ran to its end',
  ]);
});

test('a notification has the level that its own invocation gives it', async () => {
  const one = (level: string) => ({
    toolExecutionNotifications: [note(level, { descriptor: { id: 'N1' } })],
    notificationConfigurationOverrides: [{ descriptor: { id: 'N1' }, configuration: { level } }],
  });
  const tool = { driver: { name: 'Tool', notifications: [{ id: 'N1' }] } };
  expect(await told(run([], { tool, invocations: [one('note'), one('error')] }))).toEqual([
    'FAIL Tool ran to its end | s.sarif: error',
  ]);
});

test('runs of several tools in one log are each judged by their own rules', async () => {
  const tool = (name: string, level: string) => ({
    tool: { driver: { name, rules: [{ id: 'R1', defaultConfiguration: { level } }] } },
  });
  const first = run([result({ locations: at('a.ts') })], tool('First', 'warning'));
  const second = run([result({ locations: at('b.ts') }), result({ level: 'note' })], tool('Second', 'error'));
  expect(lines(await read({ 's.sarif': log(first, second) }))).toEqual([
    'ADVISORY R1 in a.ts @a.ts:1 | found',
    'FAIL R1 in b.ts @b.ts:1 | found',
    'PASS what does not count | First, Second: 1 note or informational',
  ]);
});
