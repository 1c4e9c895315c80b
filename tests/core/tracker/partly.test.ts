import { describe, expect, test } from 'vitest';
import { PaceError } from '../../../core/errors.ts';
import type { Issue } from '../../../core/ports/index.ts';
import { fieldsOf, finishing, inSteps, outcomeOf } from '../../../core/tracker/partly.ts';

const before: Issue = {
  key: '1',
  title: 'One',
  body: 'Text.',
  state: 'open',
  stateName: 'open',
  labels: ['a'],
  assignees: [{ id: 'ada', name: 'Ada' }],
  metadata: { size: 1 },
  url: 'https://tracker.example/1',
  createdAt: 0,
  updatedAt: 0,
};

describe('what of a change is there', () => {
  test('what was so before is not missing, in whichever words it was asked for', () => {
    const patch = { assignees: ['@ada'], labels: ['A'], setMetadata: { size: 1 }, title: 'Two' };
    expect(outcomeOf(before, { ...before, title: 'Two' }, patch)).toEqual({ done: ['title'], missing: [] });
  });

  test('what is missing has the names of the issue’s fields', () => {
    const patch = { body: 'New.', addAssignees: ['ben'], removeLabels: ['a'], setMetadata: { size: 2 }, title: 'Two' };
    expect(outcomeOf(before, { ...before, title: 'Two' }, patch)).toEqual({
      ...{ done: ['title'], missing: ['body', 'assignees', 'labels', 'metadata'] },
    });
  });

  test('each field is named once, and none that is written by itself', () => {
    const patch = { title: 'Two', addLabels: ['b'], removeLabels: ['a'], addAssignees: ['ben'] };
    expect(fieldsOf(patch)).toEqual(['title', 'labels', 'assignees']);
    expect(fieldsOf(patch, 'labels')).toEqual(['title', 'assignees']);
  });
});

describe('a new issue that lacks something', () => {
  test('is there for sure, whatever became of the rest', async () => {
    const lost = new PaceError({ kind: 'transient', message: 'Lost.', remedy: 'Wait.', unsure: true, status: 502 });
    const created = finishing('7', () => Promise.reject(lost));
    await expect(created).rejects.toMatchObject({
      ...{ kind: 'transient', status: 502, done: ['7: created'], unsure: false },
      message: '7 was created, but not as a whole: Lost.',
      remedy: 'Wait. Do not create it again: change 7.',
    });
  });
});

describe('a change in steps', () => {
  const fails = (more: { kind?: 'permission' | 'transient'; unsure?: boolean } = {}) => {
    const error = new PaceError({ kind: 'permission', message: 'No.', remedy: 'Ask.', ...more });
    return () => Promise.reject(error);
  };

  /** Adds two labels, the first of which can or cannot be taken back, and then fails so. */
  async function failed(last: () => Promise<never>, isStuck = false) {
    const labels: string[] = [];
    const add = (label: string) => async () => void labels.push(label);
    const remove = (label: string) => async () => {
      if (isStuck && label === 'a') throw new Error('Stuck.');
      labels.splice(labels.indexOf(label), 1);
    };
    const steps = inSteps('1');
    await steps.write('title', async () => undefined);
    await steps.write('labels', add('a'), remove('a'));
    await steps.write('labels', add('b'), remove('b'));
    const error: unknown = await steps.write('state', last).catch((met: unknown) => met);
    return { labels, error };
  }

  test('takes back what it can when a step is refused, and tells what is left', async () => {
    const { labels, error } = await failed(fails());
    expect(labels).toEqual([]);
    expect(error).toMatchObject({ kind: 'permission', done: ['1: title'] });
  });

  test('tells of what could not be taken back, each field once', async () => {
    const { labels, error } = await failed(fails(), true);
    expect(labels).toEqual(['a']);
    expect(error).toMatchObject({ done: ['1: title', '1: labels'] });
  });

  test.for([{ unsure: true }, { kind: 'transient' as const }])('takes nothing back after %o', async (trouble) => {
    const { labels, error } = await failed(fails(trouble));
    expect(labels).toEqual(['a', 'b']);
    expect(error).toMatchObject({ ...trouble, done: ['1: title', '1: labels'] });
  });

  test('takes nothing back when only looking is refused', async () => {
    const steps = inSteps('1');
    const back: string[] = [];
    await steps.write(
      'labels',
      async () => undefined,
      async () => back.push('labels'),
    );
    await expect(steps.read(fails())).rejects.toMatchObject({ done: ['1: labels'] });
    expect(back).toEqual([]);
  });

  test('that fails at once has done nothing', async () => {
    await expect(inSteps('1').write('title', fails())).rejects.toMatchObject({ done: undefined, message: 'No.' });
  });
});
