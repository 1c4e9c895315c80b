import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Issue } from '../../../core/ports/index.ts';
import { oddIn, withoutOdd } from '../../../core/tracker/odd-records.ts';
import platform from '../../../platforms/asana/index.ts';
import { createStates } from '../../../platforms/asana/states.ts';
import { toComment, toIssue, type WireStory, type WireTask } from '../../../platforms/asana/wire.ts';

function golden<Read>(name: string): Read {
  return JSON.parse(readFileSync(new URL(`golden/${name}.json`, import.meta.url), 'utf8')) as Read;
}

const PROJECT = '1200000000000001';
const read = (task: WireTask) => toIssue(task, PROJECT, createStates(undefined));

describe('what Asana sends', () => {
  test.each(['task', 'task-bare'])('is read as it is meant: %s', (name) => {
    expect(read(golden<WireTask>(name))).toEqual(golden(`${name}.golden`));
  });

  test('is read as it is meant: a comment', () => {
    expect(toComment(golden<WireStory>('story'))).toEqual(golden('story.golden'));
  });

  const whole = golden<Issue>('task.golden');
  const unsorted = { state: 'open', stateName: '(unknown)' };

  test.each([
    {
      name: 'no text at all',
      change: { html_notes: null },
      shown: { body: '', metadata: {} },
      odd: 'html_notes is not text',
    },
    {
      name: 'a time that is none',
      change: { created_at: 'yesterday' },
      shown: { createdAt: whole.updatedAt },
      odd: 'created_at is not a time',
    },
    {
      name: 'a completion that is neither',
      change: { completed: 'no' },
      shown: unsorted,
      odd: 'completed is neither true nor false',
    },
    { name: 'a place without a project', change: { memberships: [{}] }, shown: unsorted, odd: 'project is not text' },
    {
      name: 'a section without a name',
      change: { memberships: [{ project: { gid: PROJECT }, section: { gid: '1' } }] },
      shown: unsorted,
      odd: 'section is not text',
    },
    {
      name: 'a tag without a name',
      change: { tags: [{ gid: '1', name: null }] },
      shown: { labels: [] },
      odd: 'tag is not text',
    },
    {
      name: 'an assignee who was deleted',
      change: { assignee: { gid: null, name: 'Ada' } },
      shown: { assignees: [{ id: '(no id)', name: 'Ada' }] },
      odd: 'gid is not text',
    },
  ])('is shown as far as it reads with $name', ({ change, shown, odd }) => {
    const found = read({ ...golden<WireTask>('task'), ...change } as unknown as WireTask);
    expect(oddIn(found)).toEqual([odd]);
    expect(withoutOdd(found)).toEqual({ ...whole, ...shown });
  });

  test('is refused with no number', () => {
    const task = { ...golden<WireTask>('task'), gid: null } as unknown as WireTask;
    expect(() => read(task)).toThrow(/makes no sense \(gid is not text/);
  });
});

describe('the address of a task', () => {
  const workspace = '1100000000000001';
  test.each([
    [`https://app.asana.com/0/${PROJECT}/12`, { project: PROJECT }],
    [`https://app.asana.com/0/${PROJECT}/12/f`, { project: PROJECT }],
    ['https://app.asana.com/0/0/12', {}],
    [`https://app.asana.com/1/${workspace}/project/${PROJECT}/task/12?focus=true`, { workspace, project: PROJECT }],
    [`https://app.asana.com/1/${workspace}/task/12`, { workspace }],
  ])('%s', (address, settings) => {
    expect(platform.readIssueUrl(new URL(address))).toEqual({ key: '12', settings });
  });

  test.each([
    'http://app.asana.com/0/1/12',
    'https://app.asana.com.evil.example/0/1/12',
    'https://app.asana.com:8443/0/1/12',
    `https://app.asana.com/0/${PROJECT}/list`,
    `https://app.asana.com/1/${workspace}/project/${PROJECT}/list/12`,
    'https://app.asana.com/0/1/12/evil',
  ])('is not %s', (address) => {
    expect(platform.readIssueUrl(new URL(address))).toBeUndefined();
  });
});
