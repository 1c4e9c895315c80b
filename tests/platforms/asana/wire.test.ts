import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
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

  test.each([
    { name: 'no number', change: { gid: null } },
    { name: 'no text at all', change: { html_notes: null } },
    { name: 'a time that is none', change: { created_at: 'yesterday' } },
    { name: 'a completion that is neither', change: { completed: 'no' } },
    { name: 'a place without a project', change: { memberships: [{}] } },
    {
      name: 'a section without a name',
      change: { memberships: [{ project: { gid: PROJECT }, section: { gid: '1' } }] },
    },
    { name: 'a tag without a name', change: { tags: [{ gid: '1', name: null }] } },
  ])('is refused with $name', ({ change }) => {
    const task = { ...golden<WireTask>('task'), ...change } as unknown as WireTask;
    expect(() => read(task)).toThrow(/makes no sense/);
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
