import { beforeEach, describe, expect, test } from 'vitest';
import { neededText } from '../../../core/http/unexpected-answer.ts';
import type { TrackerDriver } from '../../../core/ports/index.ts';
import { checkedAnswers } from '../../../core/tracker/checked-answers.ts';
import { collect } from '../../../core/tracker/collect.ts';
import { asFarAsItReads, NO_TITLE, readPerson } from '../../../core/tracker/odd-records.ts';
import { memoryDriver } from '../../support/memory-driver.ts';

const ISSUE = {
  key: '1',
  url: 'https://tracker.test/1',
  title: 'One',
  body: '',
  state: 'open',
  stateName: 'To do',
  labels: ['a'],
  assignees: [{ id: 'ann', name: '' }],
  createdAt: 0,
  updatedAt: 0,
  metadata: {},
};
const OTHER = { ...ISSUE, key: '2' };
const COMMENT = { id: '1', body: '', createdAt: 0 };

const warnings: string[] = [];
const log = { warn: (message: string) => void warnings.push(message) };

beforeEach(() => {
  warnings.length = 0;
});

/** A driver that hands over anything. */
function driver(calls: object): TrackerDriver {
  return checkedAnswers({ ...memoryDriver(), ...calls } as TrackerDriver, 'Vendor', log);
}

function listing(...issues: readonly unknown[]): () => AsyncGenerator<unknown> {
  return async function* () {
    yield* issues;
  };
}

async function said(run: () => Promise<unknown>): Promise<unknown> {
  return run().then(
    () => 'nothing',
    (error: { kind: string; operation: string; message: string }) => [error.kind, error.operation, error.message],
  );
}

describe('what a driver hands over', () => {
  test('is handed on when it is sound, with all or with the least', async () => {
    const whole = {
      ...ISSUE,
      type: 'bug',
      priority: 0,
      storyPoints: 0.5,
      dueDate: '2026-12-31',
      author: { id: 'a', name: 'A' },
    };
    for (const issue of [ISSUE, whole]) expect(await driver({ getIssue: async () => issue }).getIssue('1')).toBe(issue);
    const comments = driver({
      listComments: async function* () {
        yield COMMENT;
      },
    });
    expect(await collect(comments.listComments('1'))).toEqual([COMMENT]);
  });

  test.each<[string, unknown, string]>([
    ['nothing', undefined, 'the issue is not an object'],
    ['a list', [], 'the issue is not an object'],
    ['no key', { ...ISSUE, key: '' }, 'key of an issue is not text'],
  ])('is refused: %s', async (_, found, what) => {
    const message = `Vendor gave an answer that makes no sense (${what}).`;
    const { getIssue, listIssues } = driver({ getIssue: async () => found, listIssues: listing(ISSUE, found, OTHER) });
    expect(await said(() => getIssue('1'))).toEqual(['unexpected', 'getIssue', message]);
    expect(await said(() => collect(listIssues()))).toEqual(['unexpected', 'listIssues', message]);
    // what can be shown is shown before
    expect(await collect(listIssues(), 2)).toEqual([ISSUE, OTHER]);
  });

  test.each<[string, object, object, string]>([
    ['a title that is a number', { title: 5 }, { title: '(no title)' }, 'title of an issue is not text'],
    ['no address', { url: '' }, { url: '(no address)' }, 'url of an issue is not text'],
    ['no body', { body: undefined }, { body: '' }, 'body of an issue is not text'],
    ['a state of the vendor', { state: 'closed' }, { state: 'open' }, 'state of an issue is not a known state'],
    ['no name of its state', { stateName: null }, { stateName: '(unknown)' }, 'stateName of an issue is not text'],
    ['labels that are a text', { labels: 'a' }, { labels: [] }, 'labels is not a list'],
    ['a label that is an object', { labels: ['a', {}, 'b'] }, { labels: ['a', 'b'] }, 'a label is not text'],
    [
      'an assignee without an id',
      { assignees: [{ name: 'A' }, { id: 'b', name: '' }] },
      {
        assignees: [
          { id: '(no id)', name: 'A' },
          { id: 'b', name: '' },
        ],
      },
      'id of a person is not text',
    ],
    [
      'an assignee with an odd e-mail address',
      { assignees: [{ id: 'a', name: 'A', email: 5 }] },
      { assignees: [{ id: 'a', name: 'A' }] },
      'e-mail of a person is not text',
    ],
    ['an assignee who is a number', { assignees: [7] }, { assignees: [] }, 'a person is not an object'],
    [
      'no time of creation',
      { createdAt: Number.NaN, updatedAt: 7 },
      { createdAt: 7, updatedAt: 7 },
      'createdAt is not a number',
    ],
    [
      'no time at all',
      { createdAt: null, updatedAt: '7' },
      { createdAt: 0, updatedAt: 0 },
      'createdAt is not a number, updatedAt is not a number',
    ],
    ['metadata that is a list', { metadata: [] }, { metadata: {} }, 'metadata of an issue is not an object'],
  ])('is shown as far as it reads, with one note: %s', async (_, odd, mended, what) => {
    const found = { ...ISSUE, ...odd };
    const { getIssue, listIssues } = driver({ getIssue: async () => found, listIssues: listing(ISSUE, found, OTHER) });
    expect(await getIssue('1')).toStrictEqual({ ...found, ...mended });
    expect(await collect(listIssues())).toStrictEqual([ISSUE, { ...found, ...mended }, OTHER]);
    expect(warnings).toEqual([
      `This could not be read whole, and is taken as far as it reads: 1 (${what}).`,
      `One record of this list of Vendor could not be read whole, and is shown as far as possible: 1 (${what}).`,
    ]);
  });

  test.each<[string, object, string]>([
    ['an author who is a text', { author: 'ann' }, 'a person is not an object'],
    ['points as a text', { storyPoints: '3' }, 'storyPoints is not a number'],
    ['a priority that is none', { priority: Number.POSITIVE_INFINITY }, 'priority is not a number'],
    ['an empty milestone', { milestone: '' }, 'milestone of an issue is not text'],
    ['an id that is a number', { id: 7 }, 'id of an issue is not text'],
    ['a sprint that is an object', { sprint: {} }, 'sprint of an issue is not text'],
  ])('is shown without what cannot be read: %s', async (_, odd, what) => {
    const { getIssue } = driver({ getIssue: async () => ({ ...ISSUE, ...odd }) });
    expect(await getIssue('1')).toStrictEqual(ISSUE);
    expect(warnings).toEqual([`This could not be read whole, and is taken as far as it reads: 1 (${what}).`]);
  });

  test('names three odd records of a list, and how many there are', async () => {
    const odd = [1, 2, 3, 4, 5].map((key) => ({ ...ISSUE, key: String(key), title: null }));
    expect(await collect(driver({ listIssues: listing(...odd) }).listIssues())).toHaveLength(5);
    const what = 'title of an issue is not text';
    expect(warnings).toEqual([
      `5 records of this list of Vendor could not be read whole, and are shown as far as possible: 1 (${what}); 2 (${what}); 3 (${what}); and 2 more.`,
    ]);
  });

  test('says what was odd in a list that is left early, too', async () => {
    const odd = driver({ listIssues: listing({ ...ISSUE, title: null }, OTHER) });
    expect(await collect(odd.listIssues(), 1)).toHaveLength(1);
    expect(warnings).toHaveLength(1);
  });

  test('keeps what a reader has said about a record, and tells it once', async () => {
    const found = asFarAsItReads(({ part }) => ({
      ...ISSUE,
      title: part(() => neededText('Vendor', 'name', undefined), NO_TITLE),
    }));
    const copied = { ...found, key: '9' };
    const { getIssue } = driver({ getIssue: async () => copied });
    expect(await getIssue('9')).toStrictEqual({ ...ISSUE, key: '9', title: '(no title)' });
    expect(warnings).toEqual(['This could not be read whole, and is taken as far as it reads: 9 (name is not text).']);
  });

  test('is a list of people in which somebody has no id', async () => {
    const people = [{ id: 'ann', name: 'Ann' }, { name: 'Bo' }, null, { login: 'cy' }];
    const read = ({ id, name }: { id?: string; name?: string }) => ({
      id: neededText('Vendor', 'id', id),
      name: name ?? '',
    });
    const { listUsers } = driver({ listUsers: listing(...people.map((one) => readPerson(one ?? {}, read))) });
    expect(await collect(listUsers?.() ?? listing()())).toStrictEqual([
      { id: 'ann', name: 'Ann' },
      { id: '(no id)', name: 'Bo' },
      { id: '(no id)', name: '(no id)' },
      { id: '(no id)', name: 'cy' },
    ]);
    expect(warnings).toEqual([
      '3 records of this list of Vendor could not be read whole, and are shown as far as possible: (no id) (id is not text); (no id) (id is not text); (no id) (id is not text).',
    ]);
  });

  test('is a comment without what cannot be read', async () => {
    const odd = { id: '1', body: null, createdAt: 'x', author: {} };
    const { listComments } = driver({ listComments: listing(COMMENT, odd, { ...COMMENT, id: '2' }) });
    expect(await collect(listComments('1'))).toStrictEqual([
      COMMENT,
      { id: '1', body: '', createdAt: 0, author: { id: '(no id)', name: '(no id)' } },
      { ...COMMENT, id: '2' },
    ]);
    expect(warnings).toEqual([
      'One record of this list of Vendor could not be read whole, and is shown as far as possible: 1 (id of a person is not text, body of a comment is not text, createdAt of a comment is not a number).',
    ]);
  });

  test.each<[keyof TrackerDriver, unknown, string]>([
    ['addComment', { ...COMMENT, id: '' }, 'id of a comment is not text'],
    ['updateComment', null, 'the comment is not an object'],
    ['getCurrentUser', {}, 'id of a person is not text'],
    ['getAvailableTransitions', {}, 'the answer is not a list'],
    ['getIssueLinks', [{}], 'target is not text'],
    ['createLabel', {}, 'name is not text'],
    ['updateMilestone', [], 'title is not an object'],
    ['closedBy', { name: 'Ada' }, 'id of a person is not text'],
    ['closedBy', null, 'a person is not an object'],
    ['isTeamMember', undefined, 'whether somebody is in a team is not said'],
    ['isTeamMember', 'yes', 'whether somebody is in a team is not said'],
  ])('is refused from %s', async (operation, found, what) => {
    const call = driver({ [operation]: async () => found })[operation] as () => Promise<unknown>;
    expect(await said(call)).toEqual(['unexpected', operation, `Vendor gave an answer that makes no sense (${what}).`]);
  });

  test('is looked at item by item where it comes in a batch', async () => {
    const many = driver({ batch: { size: 2, create: async () => [ISSUE, { ...ISSUE, key: 7 }] } });
    const run = async () => many.batch?.create?.([]);
    expect(await said(run)).toEqual(['unexpected', 'createIssue', expect.stringContaining('key of an issue')]);
    const odd = driver({ batch: { size: 2, update: async () => [ISSUE, { ...ISSUE, title: 7 }] } });
    expect(await odd.batch?.update?.([])).toStrictEqual([ISSUE, { ...ISSUE, title: '(no title)' }]);
    expect(warnings).toHaveLength(1);
    const none = driver({ batch: { size: 2, update: async () => undefined } });
    expect(await said(async () => none.batch?.update?.([]))).toEqual([
      'unexpected',
      'updateIssue',
      expect.stringContaining('not a list'),
    ]);
  });

  test('has the optional calls that the driver has, and no others', () => {
    const { createLink: _, batch: __, ...without } = memoryDriver();
    const sound = checkedAnswers(without, 'Vendor', log);
    expect(['createLink' in sound, 'batch' in sound, 'deleteLink' in sound]).toEqual([false, false, true]);
  });
});

describe('for whoever decides by what stands on it', () => {
  const ODD_ISSUE = { ...OTHER, title: null };

  function strict(calls: object): TrackerDriver {
    return checkedAnswers({ ...memoryDriver(), ...calls } as TrackerDriver, 'Vendor', log, { isStrict: true });
  }

  test('an odd record is refused, alone and in a list, which is not whole then', async () => {
    const { getIssue, listIssues } = strict({
      getIssue: async () => ODD_ISSUE,
      listIssues: listing(ISSUE, ODD_ISSUE, ISSUE),
    });
    const message = 'Vendor gave an answer that makes no sense (title of an issue is not text).';
    expect(await said(() => getIssue('2'))).toEqual(['unexpected', 'getIssue', message]);
    const shown: unknown[] = [];
    const list = async () => {
      for await (const issue of listIssues()) shown.push(issue);
    };
    expect(await said(list)).toEqual(['unexpected', 'listIssues', message]);
    expect([shown, warnings]).toEqual([[ISSUE], []]);
  });

  test('a sound one is handed on, and so is what no vendor gives', async () => {
    const driver = strict({ getIssue: async () => ISSUE, closedBy: async () => undefined });
    expect([await driver.getIssue('1'), await driver.closedBy?.('1')]).toEqual([ISSUE, undefined]);
  });

  test('so are answers to many writes', async () => {
    const { batch } = strict({ batch: { size: 2, create: async () => [ISSUE, ODD_ISSUE] } });
    const create = async () => batch?.create?.([]);
    expect(await said(create)).toEqual([
      'unexpected',
      'createIssue',
      'Vendor gave an answer that makes no sense (title of an issue is not text).',
    ]);
  });
});
