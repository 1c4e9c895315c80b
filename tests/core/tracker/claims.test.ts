import { beforeEach, describe, expect, test } from 'vitest';
import type { Comment, Person, TrackerDriver } from '../../../core/ports/index.ts';
import { claimsByComment, claimsOneByOne } from '../../../core/tracker/claims.ts';
import { collect } from '../../../core/tracker/collect.ts';
import { memoryDriver } from '../../support/memory-driver.ts';
import { createStore, type MemoryStore } from '../../support/memory-store.ts';
import { type TestWorld, testWorld } from '../../support/world.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const STRANGER: Person = { id: 'stranger', name: 'Stranger' };

let world: TestWorld;
let store: MemoryStore;
let driver: TrackerDriver;
let key: string;

beforeEach(() => {
  world = testWorld();
  store = createStore(world.now);
  driver = memoryDriver({ world, store });
  key = store.create({ title: 'One', body: '' }).key;
});

/** Whoever says it, word for word as a claim is said. */
function said(body: string, author: Person | undefined = STRANGER): void {
  const { id } = store.comment(key, body);
  const all = store.comments(key) as Comment[];
  const place = all.findIndex((comment) => comment.id === id);
  const { author: _, ...written } = all[place] ?? { id, body, createdAt: world.now() };
  all[place] = author ? { ...written, author } : written;
}

const claimed = (agent: string, ms: number) =>
  `Claimed by \`${agent}\` until \`${new Date(world.now() + ms).toISOString()}\`.`;

describe('a comment of somebody who may not write', () => {
  const asked: string[] = [];
  const guarded = () =>
    claimsByComment({ ...driver, isWriter: async ({ id }) => asked.push(id) > 0 && id !== STRANGER.id }, world);
  beforeEach(() => void asked.splice(0));

  test('takes no issue', async () => {
    said(claimed('thief', DAY));
    const claims = guarded();
    expect(await claims.current(key)).toBeUndefined();
    expect((await claims.claim(key, { agent: 'ann', forMs: MINUTE })).agent).toBe('ann');
    // each author is asked about once
    expect(asked.sort()).toEqual(['me', 'stranger']);
  });

  test('ends no claim', async () => {
    const claims = guarded();
    await claims.claim(key, { agent: 'ann', forMs: MINUTE });
    const [{ id = '' } = {}] = store.comments(key);
    said(`The claim \`${id}\` of \`ann\` has ended.`);
    expect((await claims.current(key))?.agent).toBe('ann');
    said(`The claim \`${id}\` of \`ann\` has ended.`, { id: 'ben', name: 'Ben' });
    expect(await claims.current(key)).toBeUndefined();
  });

  test('counts for nothing when it has no author, and for all where everybody who comments may write', async () => {
    said(claimed('ghost', DAY), undefined);
    expect(await guarded().current(key)).toBeUndefined();
    expect((await claimsByComment(driver, world).current(key))?.agent).toBe('ghost');
  });

  test('is not proven: who may only comment is told so, and leaves no claim behind', async () => {
    const claims = claimsByComment({ ...driver, isWriter: async () => false }, world);
    await expect(claims.claim(key, { agent: 'ann', forMs: MINUTE })).rejects.toMatchObject({
      kind: 'permission',
      message: expect.stringContaining(`The claim on ${key} was written, and does not count`),
    });
    expect(store.comments(key).map(({ body }) => body)).toEqual(['Was claimed by `ann`.']);
  });

  test('counts where that account may write, and nowhere else', async () => {
    const here = 'acme/own#1';
    const there = 'acme/other#1';
    const where: string[] = [];
    const isWriter = async (_: Person, place: string) => where.push(place) > 0 && place === here;
    const listComments: TrackerDriver['listComments'] = async function* () {
      yield* store.comments(key);
    };
    said(claimed('ann', DAY));
    const claims = claimsByComment({ ...driver, getIssue: () => driver.getIssue(key), listComments, isWriter }, world);
    expect((await claims.current(here))?.agent).toBe('ann');
    expect(await claims.current(there)).toBeUndefined();
    // of the issues of one place together
    await claims.current('acme/own#2');
    expect(where).toEqual([here, there]);
  });

  test('is asked about again when nobody could tell', async () => {
    said(claimed('thief', DAY));
    let calls = 0;
    const isWriter = async () => {
      calls += 1;
      if (calls === 1) throw new Error('no answer');
      return true;
    };
    const unsure = { ...driver, isWriter };
    const claims = claimsByComment(unsure, world);
    await expect(claims.current(key)).rejects.toThrow('no answer');
    expect((await claims.current(key))?.agent).toBe('thief');
  });
});

test('a claim in a comment holds 30 days at most after it was written', async () => {
  said(claimed('ann', 900 * DAY));
  const claims = claimsByComment(driver, world);
  expect((await claims.current(key))?.until).toBe(world.now() + 30 * DAY);
  world.advance(30 * DAY);
  expect(await claims.current(key)).toBeUndefined();
});

test('what is no time claims nothing', async () => {
  said('Claimed by `ann` until `tomorrow`.');
  expect(await claimsByComment(driver, world).current(key)).toBeUndefined();
});

test('the issue is looked at last: one that was finished meanwhile is not had', async () => {
  const looked: string[] = [];
  const claims = claimsByComment(
    {
      ...driver,
      addComment: async (issue, body) => {
        const comment = await driver.addComment(issue, body);
        // another agent ends its work between the first look and the proof
        if (looked.length === 1) store.move(issue, 'in_review');
        return comment;
      },
      getIssue: (issue) => {
        looked.push(issue);
        return driver.getIssue(issue);
      },
    },
    world,
  );
  await expect(claims.claim(key, { agent: 'ann', forMs: MINUTE })).rejects.toMatchObject({
    kind: 'conflict',
    operation: 'claim',
    message: `${key} is in review (Review): only an open issue can be claimed.`,
    remedy: 'Please take another issue, or open this one again first.',
  });
  expect(store.comments(key).map(({ body }) => body)).toEqual(['Was claimed by `ann`.']);
});

test('a claim whose time is nearly up is made anew behind the others: its place may have been taken', async () => {
  const claims = claimsByComment(driver, world);
  await claims.claim(key, { agent: 'ann', forMs: MINUTE });
  world.advance(29_999);
  await claims.renew(key, { agent: 'ann', forMs: MINUTE });
  expect(store.comments(key).length).toBe(1);
  world.advance(30_000);
  await claims.renew(key, { agent: 'ann', forMs: MINUTE });
  expect(store.comments(key).map(({ body }) => body)).toEqual(['Was claimed by `ann`.', claimed('ann', MINUTE)]);
});

test('a claim whose issue cannot be begun is given back', async () => {
  const failing = { ...driver, transitionIssue: () => Promise.reject(new Error('no such transition')) };
  const claims = claimsByComment(failing, world);
  await expect(claims.claim(key, { agent: 'ann', forMs: MINUTE, start: true })).rejects.toThrow('no such transition');
  expect(await claims.current(key)).toBeUndefined();
});

test('a claim that was held before stays so when the issue cannot be begun', async () => {
  const failing = { ...driver, transitionIssue: () => Promise.reject(new Error('no such transition')) };
  const claims = claimsByComment(failing, world);
  await claims.claim(key, { agent: 'ann', forMs: MINUTE });
  await expect(claims.claim(key, { agent: 'ann', forMs: DAY, start: true })).rejects.toThrow('no such transition');
  expect(await claims.current(key)).toEqual({ key, agent: 'ann', until: world.now() + DAY });
});

test('a claim in the comment of another account is made longer by one of our own', async () => {
  const { PaceError } = await import('../../../core/errors.ts');
  let trouble: 'permission' | 'transient' = 'permission';
  const updateComment = () => Promise.reject(new PaceError({ kind: trouble, message: 'Not yours.', remedy: '' }));
  const claims = claimsByComment({ ...driver, updateComment }, world);
  await claims.claim(key, { agent: 'ann', forMs: MINUTE });
  const longer = { key, agent: 'ann', until: world.now() + DAY };
  expect(await claims.claim(key, { agent: 'ann', forMs: DAY })).toEqual(longer);
  expect(await claims.current(key)).toEqual(longer);
  const [{ id = '' } = {}] = store.comments(key);
  expect(store.comments(key).map(({ body }) => body)).toEqual([
    claimed('ann', MINUTE),
    claimed('ann', DAY),
    `The claim \`${id}\` of \`ann\` has ended.`,
  ]);
  trouble = 'transient';
  await expect(claims.renew(key, { agent: 'ann', forMs: MINUTE })).rejects.toMatchObject({ kind: 'transient' });
  expect(store.comments(key).length).toBe(3);
});

test('the comment of another account that may not be changed is ended by one of our own', async () => {
  const { PaceError } = await import('../../../core/errors.ts');
  const refusal = new PaceError({ kind: 'permission', message: 'Not yours.', remedy: '' });
  const claims = claimsByComment({ ...driver, updateComment: () => Promise.reject(refusal) }, world);
  await claims.claim(key, { agent: 'ann', forMs: MINUTE });
  await claims.end(key);
  expect(await claims.current(key)).toBeUndefined();
  const [{ id = '' } = {}] = store.comments(key);
  expect(store.comments(key).at(-1)?.body).toBe(`The claim \`${id}\` of \`ann\` has ended.`);
});

test('a tracker that tells only the claim of one issue is asked about each open one, and knows nothing of expired ones', async () => {
  const closed = store.create({ title: 'Closed', body: '', state: 'done' }).key;
  const free = store.create({ title: 'Free', body: '' }).key;
  const asked: string[] = [];
  const claim = { key, agent: 'ann', until: 1 };
  const claims = {
    claim: async () => claim,
    release: async () => true,
    current: async (issue: string) => {
      asked.push(issue);
      return issue === key ? claim : undefined;
    },
  };
  expect(await collect(claimsOneByOne(driver, claims, {}))).toEqual([claim]);
  expect(asked.sort()).toEqual([key, free].sort());
  expect(asked).not.toContain(closed);
  expect(await collect(claimsOneByOne(driver, claims, { expired: true }))).toEqual([]);
});
