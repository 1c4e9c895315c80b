import { afterEach, describe, expect, test } from 'vitest';
import { type ClickUp, startClickUp } from '../../support/clickup.ts';
import { trackerOn } from './bench.ts';

const servers: ClickUp[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function bench() {
  const server = await startClickUp();
  servers.push(server);
  return { server, ...(await trackerOn(server)) };
}

test.each([
  ['bullets and emphasis', '- a\n- _b_', '* a\n* *b*'],
  ['comments', 'a <!-- b -->\n\nc', 'a\n\nc'],
  ['empty lines', 'a\n\n\n\n  b', 'a\n\nb'],
])('a description that ClickUp writes anew is the one that was sent: %s', async (_, sent, kept) => {
  const { tracker } = await bench();
  const { body } = await tracker.createIssue({ title: 'A', body: sent, metadata: { a: 1 } });
  expect(body).toBe(kept);
  expect(tracker.normalText?.of(body)).toBe(tracker.normalText?.of(sent));
});

describe('what ClickUp knows for ever', () => {
  test('is the List, for which nothing is asked, and the id that keys are', async () => {
    const { server, tracker } = await bench();
    expect(await tracker.containerId?.()).toBe(server.state.list);
    expect(server.exchanges).toEqual([]);
    const { key, id } = await tracker.createIssue({ title: 'A', body: '' });
    expect(key).toBe(server.state.tasks[0]?.id);
    expect(id).toBeUndefined();
  });

  test('people are told with their addresses of mail', async () => {
    const { tracker } = await bench();
    const { author } = await tracker.createIssue({ title: 'A', body: '' });
    expect(author?.email).toMatch(/@example\.org$/);
  });
});
