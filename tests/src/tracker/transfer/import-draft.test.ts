/** Exported issues as drafts for another tracker, where they come from, and what is known again. */
import { describe, expect, test } from 'vitest';
import { type Capabilities, capabilitiesBut } from '../../../../core/ports/capabilities.ts';
import type { Issue } from '../../../../core/ports/index.ts';
import { completeTracker } from '../../../../core/tracker/complete-tracker.ts';
import { originId, originIn } from '../../../../core/tracker/origin.ts';
import { linkEnd } from '../../../../src/commands/issue/link-ends.ts';
import { fieldLabelsIn, fieldsOfLabels, labelsToFields } from '../../../../src/tracker/label-fields.ts';
import {
  type ImportTarget,
  importedComment,
  importPatch,
  toImportDraft,
} from '../../../../src/tracker/transfer/import-draft.ts';
import type { IssueLine } from '../../../../src/tracker/transfer/jsonl.ts';
import { knownIssues } from '../../../../src/tracker/transfer/known-issues.ts';
import { parseLine } from '../../../../src/tracker/transfer/parse-line.ts';
import { memoryDriver } from '../../../support/memory-driver.ts';
import { testWorld } from '../../../support/world.ts';

const into = (can: Capabilities): ImportTarget => ({ can, titleLimit: 255, saysWho: false });
const ALL = into(capabilitiesBut({}));

function lineOf(value: object): IssueLine {
  const parsed = parseLine(JSON.stringify({ title: 'x', ...value }));
  if (!parsed.ok || !('issue' in parsed)) throw new Error(JSON.stringify(parsed));
  return parsed.issue;
}

const issue: Issue = {
  ...{ key: '1', url: '', title: 'x', body: '', state: 'open', stateName: 'Open', labels: ['a', 'b'], assignees: [] },
  ...{ createdAt: 0, updatedAt: 0, metadata: { step: 1 }, priority: 1 },
};

describe('a patch for what is there already', () => {
  test.each<[string, object, object | undefined]>([
    ['nothing, when all is the same', { labels: ['b', 'a'], priority: 1 }, undefined],
    ['the labels, when the file has none', { priority: 1 }, { labels: [] }],
    ['a title and a text', { title: 'y', body: 'z', labels: ['a', 'b'] }, { title: 'y', body: 'z' }],
    ['a state', { state: 'done', labels: ['a', 'b'] }, { state: 'done' }],
    ['fields that the issue lacks', { dueDate: '2026-01-02', labels: ['a', 'b'] }, { dueDate: '2026-01-02' }],
    ['nothing for fields that the file lacks', { labels: ['a', 'b'] }, undefined],
    [
      'nothing for people and metadata',
      { labels: ['a', 'b'], assignees: [{ id: 'z', name: 'Z' }], metadata: { step: 2 } },
      undefined,
    ],
  ])('has %s', (_, value, patch) => {
    expect(importPatch(issue, toImportDraft(lineOf(value), ALL).draft)).toEqual(patch);
  });

  test('opens an issue again that is closed here and open in the file', () => {
    const { draft } = toImportDraft(lineOf({ labels: ['a', 'b'] }), ALL);
    expect(importPatch({ ...issue, state: 'done' }, draft)).toEqual({ state: 'open' });
  });
});

describe('a draft', () => {
  test('remembers where it comes from, unless the line has no key', () => {
    const origin = { tracker: 'jira', key: 'P-1', url: 'https://j/P-1', createdAt: '2026-01-02T03:04:05Z' };
    const { draft } = toImportDraft(
      lineOf({ ...origin, author: { id: 'a', name: 'Ann' }, metadata: { step: 3 } }),
      ALL,
    );
    expect(draft.metadata).toEqual({ step: 3, origin: { ...origin, author: 'Ann' } });
    expect(toImportDraft(lineOf({ metadata: { step: 3 } }), ALL).draft.metadata).toEqual({ step: 3 });
  });

  test('keeps what the tracker has, in any case, and notes the rest', () => {
    const narrow = into(capabilitiesBut({}, { types: ['Bug'], priorities: [0, 1] }));
    expect(toImportDraft(lineOf({ type: 'bug', priority: 1 }), narrow)).toMatchObject({
      draft: { type: 'bug', priority: 1 },
      notes: [],
    });
    const { draft, notes } = toImportDraft(lineOf({ type: 'epic', priority: 4 }), narrow);
    expect([draft.type, draft.priority, notes]).toEqual([
      undefined,
      undefined,
      ['type “epic” is left out: the tracker has Bug.', 'priority “4” is left out: the tracker has 0, 1.'],
    ]);
  });

  test('has no state that is the usual one, no empty lists, and a value that is nothing but there', () => {
    expect(toImportDraft(lineOf({ storyPoints: 0, priority: 0 }), ALL).draft).toEqual({
      ...{ title: 'x', body: '', storyPoints: 0, priority: 0, metadata: {} },
    });
    expect(toImportDraft(lineOf({ type: null, priority: null }), ALL).notes).toEqual([]);
  });
});

test('a comment says who wrote it and when, as far as that is known', () => {
  const comment = { id: '', body: 'Text' };
  const ann = { id: 'a', name: 'Ann [x]' };
  expect([
    importedComment(comment),
    importedComment({ ...comment, author: ann }),
    importedComment({ ...comment, createdAt: '2026-01-02T03:04:05Z' }),
    importedComment({ ...comment, author: ann, createdAt: '2026-01-02T03:04:05Z' }),
    importedComment({ ...comment, author: { id: 'a', name: 'n'.repeat(101) } }),
  ]).toEqual([
    'Text',
    '*Ann \\[x\\]:*\n\nText',
    '*2026-01-02 03:04 UTC:*\n\nText',
    '*Ann \\[x\\], 2026-01-02 03:04 UTC:*\n\nText',
    `*${'n'.repeat(99)}…:*\n\nText`,
  ]);
});

describe('an origin', () => {
  const origin = { tracker: 'jira', key: 'P-1', url: 'u', createdAt: 't' };

  test('is the same for tracker, key, address and time alone; without a key there is none', () => {
    expect(originId(origin)).toBe(originId({ ...origin, author: 'Ann' }));
    for (const other of [{ tracker: 'x' }, { key: 'P-2' }, { url: 'v' }, { createdAt: '' }])
      expect(originId({ ...origin, ...other })).not.toBe(originId(origin));
    expect(originId({ ...origin, key: '' })).toBeUndefined();
  });

  test.each<[unknown, unknown]>([
    [origin, origin],
    [
      { tracker: 'a', key: '1' },
      { tracker: 'a', key: '1', url: '' },
    ],
    [{ ...origin, author: 'Ann', more: 1 }, origin],
    [{ key: '' }, undefined],
    [{}, undefined],
    [{ ...origin, key: 1 }, undefined],
    [{ ...origin, url: null }, undefined],
    [null, undefined],
    ['jira', undefined],
    [undefined, undefined],
  ])('in metadata as %j is %j', (value, expected) => {
    expect(originIn({ origin: value })).toEqual(expected);
  });
});

test('issues are found by their origin, by their home, and by a key beside another one', async () => {
  const world = testWorld();
  const tracker = completeTracker({ driver: memoryDriver({ world }), name: 'Memory', world });
  const far = { tracker: 'jira', key: 'P-1', url: 'https://j/P-1', createdAt: 't' };
  await tracker.createIssue({ title: 'a', body: '', metadata: { origin: far } });
  await tracker.createIssue({ title: 'b', body: '', state: 'done' });
  const known = await knownIssues(tracker);
  const home = { tracker: 'memory', key: '2', url: 'https://tracker.test/2', createdAt: '2026-03-02T09:00:00.000Z' };
  expect([
    known.find(far),
    known.find(home),
    known.find({ ...far, key: 'P-2' }),
    known.find({ ...far, key: '' }),
  ]).toEqual(['1', '2', undefined, undefined]);
  expect(known.sibling({ ...far, key: 'P-9', url: 'https://j/P-9' }, 'P-1')).toBe('1');
  expect(known.sibling({ ...far, key: 'P-9', url: 'https://other/P-9' }, 'P-1')).toBeUndefined();
  expect(known.sibling({ ...far, tracker: 'x', key: 'P-9', url: 'https://j/P-9' }, 'P-1')).toBeUndefined();
  known.remember({ ...far, key: 'P-3', url: 'https://j/P-3' }, '');
  // in a dry run it would be there
  expect(known.sibling(far, 'P-3')).toBe('');
  known.remember(far, '7');
  expect([known.find(far), known.sibling({ ...far, key: 'P-9', url: 'https://j/P-9' }, 'P-1')]).toEqual(['1', '7']);
});

describe('a label that may mean a field', () => {
  test('is known in any case, with or without a blank, and only with a value', () => {
    const labels = [
      'type:bug',
      'TYPE: Two Words',
      'priority:P1',
      'Priority: high',
      'type:',
      'priority:huge',
      'my-type:x',
      'priority:high x',
    ];
    expect(fieldLabelsIn(labels)).toEqual(['type:bug', 'TYPE: Two Words', 'priority:P1', 'Priority: high']);
  });

  test('is a field where the tracker has it; of two the last one counts', () => {
    const given = ['type:bug', 'priority:low', 'type:Task', 'priority:high', 'ui'];
    expect(fieldsOfLabels(ALL.can, given)).toEqual({ labels: ['ui'], type: 'task', priority: 1 });
    expect(fieldsOfLabels(capabilitiesBut({ priority: 'no' }), given)).toEqual({
      labels: ['priority:low', 'priority:high', 'ui'],
      type: 'task',
    });
    expect(fieldsOfLabels(capabilitiesBut({ type: 'no' }), given)).toEqual({
      labels: ['type:bug', 'type:Task', 'ui'],
      priority: 1,
    });
    expect(fieldsOfLabels(capabilitiesBut({}, { types: ['bug'] }), given)).toEqual({
      labels: ['type:Task', 'ui'],
      type: 'bug',
      priority: 1,
    });
  });

  test('in a filter leaves no empty list of labels', () => {
    const settle = labelsToFields(ALL.can);
    expect(settle({ state: 'open' })).toEqual({ state: 'open' });
    expect(settle({ labels: ['type:bug'] })).toEqual({ type: 'bug' });
    expect(settle({ labels: ['type:bug', 'ui'], type: 'task' })).toEqual({ type: 'task', labels: ['ui'] });
  });
});

test('the other end of a link keeps its project where the tracker is the same, and is else looked up', async () => {
  const opened: (readonly string[])[] = [];
  const keysOf = async (references: readonly string[]) => {
    opened.push(references);
    return ['1', 'found'];
  };
  expect(await linkEnd('1', '#2', keysOf)).toBe('2');
  expect(await linkEnd('1', 'o/r#2', keysOf)).toBe('o/r#2');
  expect(await linkEnd('github:a/b#1', 'github:o/r#2', keysOf)).toBe('o/r#2');
  expect(opened).toEqual([]);
  expect(await linkEnd('github:1', 'gitlab:o/r#2', keysOf)).toBe('found');
  expect(await linkEnd('1', 'github:2', keysOf)).toBe('found');
  expect(await linkEnd('1', 'https://example.org/2', keysOf)).toBe('found');
  expect(opened).toHaveLength(3);
});
