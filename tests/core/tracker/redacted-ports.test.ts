import { expect, test } from 'vitest';
import type { CodeHost, TrackerDriver } from '../../../core/ports/index.ts';
import { redactedHost, redactedTracker } from '../../../core/tracker/redacted-ports.ts';

const world = { redact: (text: string) => text.replaceAll('canary', '***') };

/** A port whose every method tells what it was called with. */
function recorder(...methods: string[]): { port: Record<string, unknown>; calls: unknown[][] } {
  const calls: unknown[][] = [];
  const method =
    (name: string) =>
    async (...given: unknown[]) =>
      void calls.push([name, ...given]);
  return { calls, port: Object.fromEntries(methods.map((name) => [name, method(name)])) };
}

test('nothing that is written to a tracker holds a secret; keys stay', async () => {
  const { port, calls } = recorder('createIssue', 'updateIssue', 'addComment', 'getIssue');
  const tracker = redactedTracker(port as unknown as TrackerDriver, world);
  const draft = { title: 'a canary', body: 'b canary', labels: ['canary'], metadata: { pace: { items: ['canary'] } } };
  await tracker.createIssue(draft);
  await tracker.updateIssue('canary-1', { body: 'canary' });
  await tracker.addComment('canary-1', 'canary');
  await tracker.getIssue('canary-1');
  expect(calls).toEqual([
    ['createIssue', { title: 'a ***', body: 'b ***', labels: ['***'], metadata: { pace: { items: ['***'] } } }],
    ['updateIssue', 'canary-1', { body: '***' }],
    ['addComment', 'canary-1', '***'],
    ['getIssue', 'canary-1'],
  ]);
});

test('nothing that is written to a host holds a secret; branches and people stay', async () => {
  const { port, calls } = recorder(
    ...['proposeChange', 'setCommitStatus', 'setVariable', 'upsertChangeNote', 'describeRun'],
  );
  const host = redactedHost(port as unknown as CodeHost, world);
  const place = { branch: 'canary', base: 'canary', from: 'canary', reviewers: ['canary'] };
  const said = { title: 'canary', body: 'canary', commitMessage: 'canary', labels: ['x'] };
  await host.proposeChange({ ...place, ...said, files: [{ path: 'x', content: 'canary' }] });
  await host.setCommitStatus?.('sha', { context: 'pace/gate', state: 'failure', description: 'canary' });
  await host.setVariable?.('NAME', 'canary');
  await host.upsertChangeNote?.({ gate: 'gate', markdown: 'canary' });
  await host.describeRun?.('canary');
  const hidden = { title: '***', body: '***', commitMessage: '***', labels: ['x'] };
  expect(calls).toEqual([
    ['proposeChange', { ...place, ...hidden, files: [{ path: 'x', content: '***' }] }],
    ['setCommitStatus', 'sha', { context: 'pace/gate', state: 'failure', description: '***' }],
    ['setVariable', 'NAME', '***'],
    ['upsertChangeNote', { gate: 'gate', markdown: '***' }],
    ['describeRun', '***'],
  ]);
});

test('an ability that a host lacks stays absent', () => {
  expect(Object.keys(redactedHost({ platform: 'x' } as unknown as CodeHost, world)).sort()).toEqual([
    'platform',
    'proposeChange',
  ]);
});
