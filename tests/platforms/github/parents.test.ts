import { describe, expect, test } from 'vitest';
import { collect } from '../../../core/tracker/collect.ts';
import { refusal } from '../../contract/refusal.ts';
import { trackerStage } from './bench.ts';

describe('parents', () => {
  const stage = trackerStage({ others: ['planning'] });

  test('change, with one request that takes the old one away', async () => {
    const { driver } = stage;
    const keys = [];
    for (const title of ['One', 'Two', 'Child']) keys.push((await driver.createIssue({ title, body: '' })).key);
    const [one = '', two = '', child = ''] = keys;
    await driver.updateIssue(child, { parent: one });
    stage.calm();
    expect((await driver.updateIssue(child, { parent: `#${two}` })).parent).toBe(two);
    expect(stage.asked()).toEqual([`GET issues/${two}`, `GET issues/${child}`, `POST issues/${two}/sub_issues`]);
    expect((await driver.getIssue(child)).parent).toBe(two);
    stage.calm();
    expect((await collect(driver.listIssues({ parent: `#${two}` }))).map(({ key }) => key)).toEqual([child]);
    expect(stage.asked()).toEqual([`GET issues/${two}/sub_issues`]);
    expect(await collect(driver.listIssues({ parent: one }))).toEqual([]);
  });

  test('may live in another repository', async () => {
    await stage.github.api('POST', '/repos/octo-org/planning/issues', { title: 'Plan' });
    const { key, parent } = await stage.driver.createIssue({ title: 'T', body: '', parent: 'octo-org/planning#1' });
    expect(parent).toBe('octo-org/planning#1');
    expect((await stage.driver.getIssue(key)).parent).toBe('octo-org/planning#1');
    expect(await collect(stage.driver.listIssues({ parent: 'octo-org/planning#1' }))).toMatchObject([{ key }]);
    expect((await stage.driver.updateIssue(key, { parent: null })).parent).toBeUndefined();
  });

  test('that are not there, or the issue itself, are refused before anything is written', async () => {
    const { key } = await stage.driver.createIssue({ title: 'T', body: '' });
    stage.calm();
    const kinds = ['not-found', 'validation'] as const;
    await refusal(() => stage.driver.createIssue({ title: 'T', body: '', parent: '999' }), { kinds });
    await refusal(() => stage.driver.createIssue({ title: 'T', body: '', parent: '../1' }), { kinds });
    await refusal(() => stage.driver.updateIssue(key, { title: 'U', parent: key }), { kinds });
    expect(stage.written()).toEqual([]);
  });

  test('an issue that was created without its parent is named in the error', async () => {
    const parent = await stage.driver.createIssue({ title: 'Parent', body: '' });
    const json = { message: 'Validation Failed', errors: [{ message: 'Parent cannot have more than 100 sub-issues' }] };
    stage.github.trouble(({ path }) => path.endsWith('/sub_issues'), { status: 422, json });
    const call = () => stage.driver.createIssue({ title: 'T', body: '', parent: parent.key });
    const error = await refusal(call, { kinds: ['validation'], operation: 'createIssue' });
    expect(error.message).toMatch(/issues\/\d+ was created, but not all of it could be set: .*more than 100/);
  });
});

describe('a server that does not tell of parents in issues', () => {
  const stage = trackerStage({ relations: 'quiet' });

  test('is asked for them, where that is needed', async () => {
    const { driver } = stage;
    const { key: parent } = await driver.createIssue({ title: 'Parent', body: '' });
    const { key: child } = await driver.createIssue({ title: 'Child', body: '', parent });
    const { unsupported, linkTypes } = await driver.capabilities();
    expect([unsupported.parent, linkTypes]).toEqual([undefined, ['blocks', 'is blocked by']]);
    expect((await collect(driver.listIssues({ parent }))).map((issue) => [issue.key, issue.parent])).toEqual([
      [child, parent],
    ]);
    await driver.updateIssue(child, { parent: null });
    expect(await collect(driver.listIssues({ parent }))).toEqual([]);
    stage.calm();
    await driver.updateIssue(child, { parent: null });
    expect(stage.written()).toEqual([]);
  });
});

describe('an old server', () => {
  const stage = trackerStage({ relations: 'none' });

  test('refuses a parent before anything is written, also where nobody asked what it can', async () => {
    const { key } = await stage.driver.createIssue({ title: 'Parent', body: '' });
    stage.calm();
    const call = () => stage.driver.createIssue({ title: 'T', body: '', parent: key });
    const error = await refusal(call, { kinds: ['unsupported'] });
    expect(error.remedy).toBe('This server has no sub-issues.');
    expect(stage.written()).toEqual([]);
    expect(await collect(stage.driver.listIssues({ parent: key }))).toEqual([]);
  });
});
