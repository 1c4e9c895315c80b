/** Each layer over a driver heeds every call that writes. */
import { describe, expect, expectTypeOf, test } from 'vitest';
import { PaceError } from '../../../core/errors.ts';
import { unexpectedAnswer } from '../../../core/http/unexpected-answer.ts';
import type { PlannedWrite, TrackerClaims, TrackerDriver } from '../../../core/ports/index.ts';
import { cachedDriver } from '../../../core/tracker/cached-driver.ts';
import { checkedAnswers } from '../../../core/tracker/checked-answers.ts';
import { CLAIM_WRITES, type ClaimWrite, WRITES, type Write } from '../../../core/tracker/driver-writes.ts';
import { dryRunDriver } from '../../../core/tracker/dry-run.ts';
import { onlyRead } from '../../../core/tracker/only-read.ts';
import { redactedTracker } from '../../../core/tracker/redacted-ports.ts';
import { memoryDriver } from '../../support/memory-driver.ts';
import { testWorld } from '../../support/world.ts';

type Read =
  | ('capabilities' | 'containerId' | 'harmless' | 'getCurrentUser' | 'measureBody' | 'formatDescription' | 'diagnose')
  | ('getIssue' | 'listIssues' | 'listReady' | 'listBlocked' | 'countIssues' | 'getAvailableTransitions')
  | (
      | 'listComments'
      | 'listCommentsSince'
      | 'listSilentComments'
      | 'listAttachments'
      | 'readAttachment'
      | 'getIssueLinks'
    )
  | ('listLabels' | 'listMilestones' | 'listUsers' | 'history' | 'changesAfter')
  | ('closedBy' | 'isTeamMember' | 'isTrusted' | 'isWriter');

type Method<Port> = {
  [Name in keyof Port]-?: NonNullable<Port[Name]> extends (...given: never[]) => unknown ? Name : never;
}[keyof Port];

test('a call that is new to the port is one that writes or one that reads', () => {
  expectTypeOf<Method<TrackerDriver>>().toEqualTypeOf<Write | Read>();
  expectTypeOf<Method<TrackerClaims>>().toEqualTypeOf<ClaimWrite | 'current' | 'list'>();
});

const world = testWorld();

/** All that writes, and what it was called with. */
function everything() {
  const calls: unknown[][] = [];
  const call =
    (name: string) =>
    async (...given: unknown[]) =>
      void calls.push([name, ...given]);
  const all = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, call(name)]));
  const claims = { current: async () => undefined, ...all(CLAIM_WRITES) };
  const intake = all(['take', 'comment']);
  const batch = { size: 5, ...all(['create', 'update']) };
  const driver = { ...memoryDriver({ world }), ...all(WRITES), claims, intake, batch };
  return { calls, driver: driver as unknown as TrackerDriver };
}

/** Calls all that is there with these texts. */
async function writeAll(driver: TrackerDriver, ...given: unknown[]): Promise<Map<string, unknown>> {
  const asked = new Map<string, unknown>();
  const ports: readonly [object, readonly string[], boolean][] = [
    [driver, WRITES, false],
    [driver.claims ?? {}, CLAIM_WRITES, false],
    [driver.intake ?? {}, ['comment'], false],
    [driver.intake ?? {}, ['take'], true],
    [driver.batch ?? {}, ['create', 'update'], true],
  ];
  for (const [port, names, takesList] of ports) {
    for (const name of names) {
      const call: unknown = Reflect.get(port, name);
      if (typeof call !== 'function') continue;
      const answer: unknown = await (takesList ? call([]) : call(...given)).catch((error: unknown) => error);
      asked.set(name, answer);
    }
  }
  return asked;
}

test('nothing is written by a tracker that is only read', async () => {
  const { driver, calls } = everything();
  const why = new PaceError({ kind: 'configuration', message: 'No token.', remedy: 'Set it.' });
  const answers = await writeAll(onlyRead(driver, why));
  expect([...answers.keys()]).toEqual([...WRITES, ...CLAIM_WRITES, 'comment', 'take']);
  expect(new Set(answers.values())).toEqual(new Set([why]));
  expect(calls).toEqual([]);
});

test('nothing is written by a dry run, and each write is told', async () => {
  const { driver, calls } = everything();
  const { key } = await memoryDriver({ world }).createIssue({ title: 'One', body: '' });
  const planned: PlannedWrite[] = [];
  const looks = { ...driver, getIssue: async () => ({ key, title: 'One', labels: [], assignees: [], metadata: {} }) };
  await writeAll(
    dryRunDriver(looks as unknown as TrackerDriver, world, (write) => planned.push(write)),
    key,
    {},
  );
  expect(calls).toEqual([]);
  expect(planned.map(({ operation }) => operation)).toEqual(expect.arrayContaining([...WRITES]));
});

test('each call that is not there stays away in all layers', () => {
  const { driver } = everything();
  const { undo: _, createLabel: __, ...less } = driver;
  const why = new PaceError({ kind: 'configuration', message: 'No token.', remedy: 'Set it.' });
  const layers = [
    ...[onlyRead(less, why), dryRunDriver(less, world, () => undefined), cachedDriver(less, world)],
    ...[redactedTracker(less, world), checkedAnswers(less, 'Memory', world.log)],
  ];
  for (const layer of layers)
    expect(['undo' in layer, 'createLabel' in layer, 'deleteLabel' in layer]).toEqual([false, false, true]);
});

test('labels and milestones hold no secret either', async () => {
  const { driver, calls } = everything();
  const tracker = redactedTracker(driver, { redact: (text) => text.replaceAll('canary', '***') });
  await tracker.createLabel?.({ name: 'a', description: 'canary' });
  await tracker.updateLabel?.('canary', { description: 'canary' });
  await tracker.createMilestone?.({ title: 'b', description: 'canary' });
  await tracker.updateMilestone?.('canary', { title: 'canary 2' });
  expect(calls).toEqual([
    ['createLabel', { name: 'a', description: '***' }],
    ['updateLabel', 'canary', { description: '***' }],
    ['createMilestone', { title: 'b', description: '***' }],
    ['updateMilestone', 'canary', { title: '*** 2' }],
  ]);
});

test('a cache forgets where an issue can go once it may have been claimed, or given back', async () => {
  const { driver } = everything();
  let looks = 0;
  const count = async () => {
    looks += 1;
    return [];
  };
  const cached = cachedDriver({ ...driver, getAvailableTransitions: count }, world);
  const { claims } = cached;
  for (const write of ['claim', 'claimReady', 'renew', 'release', 'end'] as const) {
    await cached.getAvailableTransitions('1');
    const before = looks;
    await (claims as unknown as Record<string, (key: string) => Promise<unknown>>)[write]?.('1');
    await cached.getAvailableTransitions('1');
    expect([write, looks]).toEqual([write, before + 1]);
  }
});

describe('what a write answers', () => {
  const odd = { key: '1', title: 7 };
  const checked = (driver: object) =>
    checkedAnswers({ ...memoryDriver({ world }), ...driver } as TrackerDriver, 'Memory', world.log, { isStrict: true });

  test('is looked at, however the issue comes', async () => {
    const tracker = checked({
      undo: async () => odd,
      intake: { take: async () => [{ issue: odd, isNew: true }], comment: async () => ({ id: 7 }) },
      claims: { claimReady: async () => ({ issue: odd, claim: {} }) },
    });
    const request = { agent: 'ann', forMs: 1 };
    for (const answer of [
      () => tracker.undo?.('1', '1'),
      () => tracker.intake?.take([]),
      () => tracker.intake?.comment('1', { body: '', nth: 1 }),
      () => tracker.claims?.claimReady?.({}, request),
    ]) {
      await expect((async () => answer())()).rejects.toThrow('Memory gave an answer that makes no sense');
    }
  });

  test('and makes no sense says nothing of what was done; a read has done nothing', async () => {
    const strange = async () => Promise.reject(unexpectedAnswer('Memory', 'id is not text'));
    const tracker = checked({ createIssue: async () => odd, deleteIssue: strange, getIssue: strange });
    await expect(tracker.createIssue({ title: 'One', body: '' })).rejects.toMatchObject({ unsure: true });
    await expect(tracker.deleteIssue?.('1')).rejects.toMatchObject({ unsure: true });
    await expect(tracker.getIssue('1')).rejects.toMatchObject({ unsure: false });
  });
});
