import { describe, expect, test } from 'vitest';
import { refusal } from '../../contract/refusal.ts';
import { trackerStage } from './bench.ts';

describe('links', () => {
  const stage = trackerStage({ others: ['planning'] });

  async function issueIn(repository: string): Promise<string> {
    const made = await stage.github.api('POST', `/repos/${repository}/issues`, { title: 'T' });
    return String((made as { number: number }).number);
  }

  test('are told by ids, not by numbers, and take four requests', async () => {
    const [one, other] = [await issueIn('octo-org/octo-repo'), await issueIn('octo-org/octo-repo')];
    await stage.driver.createLink?.(one, { type: 'blocks', target: other });
    expect(stage.asked().toSorted()).toEqual(
      [
        `GET issues/${one}`,
        `GET issues/${other}`,
        `GET issues/${other}/dependencies/blocked_by`,
        `POST issues/${other}/dependencies/blocked_by`,
      ].toSorted(),
    );
    const [body] = stage.written() as { issue_id: number }[];
    expect(body?.issue_id).toBeGreaterThan(1_000_000);
  });

  test('lead to other repositories, whose name is then part of the key', async () => {
    const [here, there] = [await issueIn('octo-org/octo-repo'), await issueIn('octo-org/planning')];
    const target = `octo-org/planning#${there}`;
    await stage.tracker.createLink(here, { type: 'is blocked by', target });
    expect(await stage.tracker.getIssueLinks(here)).toEqual([{ type: 'is blocked by', target }]);
    await stage.tracker.deleteLink(here, { type: 'is blocked by', target: `octo-org/octo-repo#${there}` });
    expect((await stage.tracker.getIssueLinks(here)).length).toBe(1);
    await stage.tracker.deleteLink(here, { type: 'is blocked by', target });
    expect(await stage.tracker.getIssueLinks(here)).toEqual([]);
  });

  test('of other types are refused by the driver itself, and cannot be there to be deleted', async () => {
    const call = () => stage.driver.createLink?.('1', { type: 'clones', target: '2' }) ?? Promise.resolve();
    await refusal(call, { kinds: ['unsupported'] });
    await stage.driver.deleteLink?.('1', { type: 'clones', target: '2' });
    expect(stage.asked()).toEqual([]);
  });

  test('a missing permission is named', async () => {
    const [one, other] = [await issueIn('octo-org/octo-repo'), await issueIn('octo-org/octo-repo')];
    const json = { message: 'Resource not accessible by integration' };
    stage.github.trouble(({ method }) => method === 'POST', { status: 403, json });
    const call = () => stage.driver.createLink?.(one, { type: 'blocks', target: other }) ?? Promise.resolve();
    const error = await refusal(call, { kinds: ['permission'], operation: 'createLink' });
    expect(error.remedy).toContain('issues: write');
  });
});

describe('an old server', () => {
  const stage = trackerStage({ relations: 'none' });

  test('refuses a link before it is written, also where nobody asked what it can', async () => {
    for (const title of ['One', 'Two']) await stage.driver.createIssue({ title, body: '' });
    stage.calm();
    const call = () => stage.driver.createLink?.('1', { type: 'blocks', target: '2' }) ?? Promise.resolve();
    const error = await refusal(call, { kinds: ['unsupported'] });
    expect(error.remedy).toBe('This server has no issue dependencies.');
    expect(stage.written()).toEqual([]);
  });
});
