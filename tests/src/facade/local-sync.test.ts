import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Binding } from '../../../core/hosted/binding.ts';
import { completeTracker } from '../../../core/tracker/complete-tracker.ts';
import { type CanonicalIssue, toCanonical } from '../../../src/facade/canonical.ts';
import { pull, push, run } from '../../../src/facade/local-sync.ts';
import { openLocalStore } from '../../../src/facade/store.ts';
import { memoryDriver } from '../../support/memory-driver.ts';
import { testWorld } from '../../support/world.ts';

const HOME = { system: 'beads', workspace: 'owls' };

function bench(policy: Partial<Binding> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'pace-store-'));
  const world = testWorld({ env: { HOME: folder } });
  const tracker = completeTracker({ driver: memoryDriver({ world }), name: 'Memory', world });
  const store = openLocalStore(world, HOME);
  onTestFinished(() => {
    store.close();
    rmSync(folder, { recursive: true });
  });
  const binding: Binding = {
    provider: 'beads',
    mode: 'external_authoritative',
    fieldOwners: {},
    workspace: 'owls',
    ...policy,
  };
  const sides = { tracker, store, home: HOME, binding };
  const change = (key: string, changes: Partial<CanonicalIssue>, at = world.now()) => {
    const before = store.issue(`beads:owls:${key}`);
    if (!before) throw new Error(`there is no ${key}`);
    store.keep({ ...before, ...changes, updated_at: new Date(at).toISOString() });
  };
  return { world, tracker, store, sides, change };
}

const NONE = { pulled_created: 0, pulled_updated: 0, pushed_created: 0, pushed_updated: 0, skipped: 0 };

describe('pull', () => {
  test('keeps an issue as Spec Kitty’s connectors do', async () => {
    const { tracker, store, sides } = bench();
    const { key, url, createdAt } = await tracker.createIssue({
      title: 'Feed',
      body: 'Text.',
      labels: ['a', 'b'],
      priority: 1,
    });
    expect((await pull(sides, 100)).stats).toEqual({ ...NONE, pulled_created: 1 });
    const at = new Date(createdAt).toISOString();
    expect(store.issues()).toEqual([
      {
        ref: { system: 'beads', workspace: 'owls', id: key, key, url },
        ...{ title: 'Feed', body: 'Text.', status: 'todo', issue_type: expect.any(String), priority: 1 },
        ...{ assignees: [], labels: ['a', 'b'], parent: null, links: [], custom_fields: {} },
        ...{ created_at: at, updated_at: at, raw: {} },
      },
    ]);
  });

  test('takes what has changed there, and what is the same is left', async () => {
    const { tracker, world, sides } = bench();
    const { key } = await tracker.createIssue({ title: 'Feed', body: '' });
    await tracker.createIssue({ title: 'Clean', body: '' });
    await pull(sides, 100);
    world.advance(60_000);
    await tracker.updateIssue(key, { title: 'Feed them' });
    expect((await pull(sides, 100)).stats).toMatchObject({ pulled_updated: 1 });
    expect((await pull(sides, 100)).stats).toMatchObject({ pulled_updated: 0, pulled_created: 0 });
  });

  test('with a limit goes on with the rest the next time', async () => {
    const { tracker, store, sides } = bench();
    for (const title of ['One', 'Two', 'Three']) await tracker.createIssue({ title, body: '' });
    await pull(sides, 2);
    expect(store.counts().issues).toBe(2);
    await pull(sides, 10);
    expect(store.counts().issues).toBe(3);
  });
});

describe('whose value counts', () => {
  async function pair(policy: Partial<Binding>) {
    const made = bench(policy);
    const { key } = await made.tracker.createIssue({ title: 'Feed', body: 'Text.' });
    await pull(made.sides, 100);
    made.world.advance(60_000);
    return { ...made, key };
  }

  test('theirs alone: nothing is pushed, and theirs is taken', async () => {
    const { sides, change, key, tracker, store } = await pair({});
    change(key, { title: 'Mine' });
    expect((await push(sides, 100)).stats).toEqual({ ...NONE, skipped: 1 });
    expect((await tracker.getIssue(key)).title).toBe('Feed');
    await pull(sides, 100);
    expect(store.issue(`beads:owls:${key}`)?.title).toBe('Feed');
  });

  test('ours alone: it is pushed, and theirs is not taken', async () => {
    const { sides, change, key, tracker, store } = await pair({ mode: 'spec_kitty_authoritative' });
    change(key, { title: 'Mine', status: 'in_progress' });
    await tracker.updateIssue(key, { body: 'Theirs.' });
    expect((await run(sides, 100)).stats).toMatchObject({ pushed_updated: 1 });
    expect(await tracker.getIssue(key)).toMatchObject({ title: 'Mine', state: 'in_progress', body: 'Text.' });
    expect(store.issue(`beads:owls:${key}`)).toMatchObject({ title: 'Mine', body: 'Text.' });
    expect((await run(sides, 100)).stats).toMatchObject({ pushed_updated: 0, pulled_updated: 0 });
  });

  test('field by field', async () => {
    const { sides, change, key, tracker, store } = await pair({
      mode: 'split_ownership',
      fieldOwners: { title: 'local', body: 'external' },
    });
    change(key, { title: 'Mine', body: 'Mine.' });
    await run(sides, 100);
    expect(await tracker.getIssue(key)).toMatchObject({ title: 'Mine', body: 'Text.' });
    expect(store.issue(`beads:owls:${key}`)).toMatchObject({ title: 'Mine', body: 'Text.' });
  });

  test('of what both own the newer one, and the conflict is told', async () => {
    const { sides, change, key, tracker, world } = await pair({ mode: 'split_ownership' });
    await tracker.updateIssue(key, { title: 'Theirs' });
    change(key, { title: 'Mine' }, world.now() + 60_000);
    const { conflicts } = await run(sides, 100);
    expect(conflicts).toEqual([
      { field_name: 'title', strategy: 'newer_timestamp_wins', manual_review_required: false },
    ]);
    expect((await tracker.getIssue(key)).title).toBe('Mine');
  });

  test('theirs wins where both are of one moment', async () => {
    const { sides, change, key, tracker, store } = await pair({ mode: 'split_ownership' });
    const { updatedAt } = await tracker.updateIssue(key, { title: 'Theirs' });
    change(key, { title: 'Mine' }, updatedAt);
    await run(sides, 100);
    expect((await tracker.getIssue(key)).title).toBe('Theirs');
    expect(store.issue(`beads:owls:${key}`)?.title).toBe('Theirs');
  });

  test('one that is not there yet is made where the title is ours, and is known by its key from then on', async () => {
    const { sides, store, world } = bench({ mode: 'spec_kitty_authoritative' });
    const draft = {
      key: 'draft-1',
      url: '',
      title: 'New',
      body: '',
      state: 'in_progress',
      stateName: '',
      labels: [],
      assignees: [],
      createdAt: world.now(),
      updatedAt: world.now(),
      metadata: {},
    } as const;
    store.keep(toCanonical(HOME, draft));
    expect((await push(sides, 100)).stats).toEqual({ ...NONE, pushed_created: 1 });
    expect(store.issues().map(({ ref, title, status }) => [ref.id === 'draft-1', title, status])).toEqual([
      [false, 'New', 'in_progress'],
    ]);
    expect((await push(sides, 100)).stats).toEqual({ ...NONE, skipped: 1 });
  });

  test('one that fails keeps none of the others', async () => {
    const { sides, change, key, tracker } = await pair({ mode: 'spec_kitty_authoritative' });
    const { key: other } = await tracker.createIssue({ title: 'Other', body: '' });
    await pull(sides, 100);
    change(key, { title: '' });
    change(other, { title: 'Mine' });
    const { errors, stats } = await push(sides, 100);
    expect(errors).toEqual([expect.stringContaining(`${key}: `)]);
    expect(stats).toMatchObject({ pushed_updated: 1 });
  });
});

test('stores of two workspaces, and of two people, are two', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pace-store-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const paths = ['owls', 'OWLS', 'hawks'].map((workspace) => {
    const store = openLocalStore({ env: { HOME: folder } }, { system: 'beads', workspace });
    store.close();
    return store.path;
  });
  expect(paths[0]).toBe(paths[1]);
  expect(paths[0]).not.toBe(paths[2]);
  // SHA-256 of `beads|owls|local|anonymous|no-team`, its first 16 digits
  expect(paths[0]).toBe(join(folder, '.spec-kitty/trackers/dde4f2cd13af04c0.db'));
});
