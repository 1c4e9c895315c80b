/** What only bd has – further texts, an estimate, kinds of dependencies – survives reading, writing, exports and imports. */
import { describe, expect, test } from 'vitest';
import { collect } from '../../../core/tracker/collect.ts';
import { createTracker } from '../../../platforms/beads/issues.ts';
import { issueText } from '../../../src/tracker/print/issue-text.ts';
import { type BdState, type BdVersion, bd, newBd } from '../../support/bd.ts';
import { testWorld } from '../../support/world.ts';

const VERSIONS: readonly BdVersion[] = ['0.47.1', '0.49.1', '1.0.5'];
const OWN = {
  ...{ design: 'Two steps.', acceptance_criteria: '- [ ] fast', notes: '-', estimated_minutes: 90 },
} as const;

function over(state: BdState, calls: string[] = []) {
  return createTracker(testWorld({ cwd: import.meta.dirname }), { actor: 'ann' }, async (args, input) => {
    calls.push(args.join(' '));
    return bd(state, args, {}, () => input ?? '');
  });
}

describe.each(VERSIONS)('bd %s', (version) => {
  test('its own fields are read into the metadata, and written from there', async () => {
    const state = newBd(version, { numbered: true });
    const tracker = over(state);
    const created = await tracker.createIssue({ title: 'One', body: 'Text.', metadata: { a: 1, beads: OWN } });
    expect(created.metadata).toEqual({ a: 1, beads: OWN });
    expect(state.issues[0]).toMatchObject(OWN);
    expect(await collect(tracker.listIssues())).toMatchObject([{ metadata: { a: 1, beads: OWN } }]);
    // the same again changes nothing of bd's own
    const calls: string[] = [];
    await over(state, calls).updateIssue('bd-1', { metadata: { b: 2, beads: OWN } });
    expect(calls.filter((call) => /--(?:design|acceptance|notes|estimate)=/.test(call))).toEqual([]);
    const changed = await tracker.updateIssue('bd-1', {
      metadata: { beads: { ...OWN, design: 'Three steps.', notes: '' }, b: 2 },
    });
    const { notes: _, ...rest } = OWN;
    expect(changed.metadata).toEqual({ b: 2, beads: { ...rest, design: 'Three steps.' } });
  });

  test('what a patch leaves out of them stays', async () => {
    const state = newBd(version, { numbered: true });
    const tracker = over(state);
    await tracker.createIssue({ title: 'One', body: '', metadata: { beads: OWN } });
    expect((await tracker.updateIssue('bd-1', { metadata: { c: 3 } })).metadata).toEqual({ c: 3, beads: OWN });
    expect((await tracker.updateIssue('bd-1', { body: 'New.' })).metadata).toEqual({ c: 3, beads: OWN });
    expect(state.issues[0]).toMatchObject(OWN);
  });

  test('members of that name that are none of its fields are kept as they are', async () => {
    const tracker = over(newBd(version));
    for (const beads of ['a word', { mine: true }, { design: 7, estimated_minutes: 'long' }, null, ['x']]) {
      const { key, metadata } = await tracker.createIssue({ title: 'One', body: '', metadata: { beads } });
      expect(metadata).toEqual({ beads });
      expect((await tracker.getIssue(key)).metadata).toEqual({ beads });
    }
  });

  test('people see them below the text', async () => {
    const state = newBd(version, { numbered: true });
    const tracker = over(state);
    const created = await tracker.createIssue({
      title: 'One',
      body: 'Text.',
      metadata: { beads: { ...OWN, notes: 'N.' } },
    });
    expect(created.sections).toEqual([
      { name: 'Design', text: 'Two steps.' },
      { name: 'Acceptance criteria', text: '- [ ] fast' },
      { name: 'Notes', text: 'N.' },
      { name: 'Estimate', text: '90 minutes' },
    ]);
    expect(issueText(created)).toContain(
      '\n\nText.\n\n## Design\n\nTwo steps.\n\n## Acceptance criteria\n\n- [ ] fast\n\n## Notes\n\nN.\n\n## Estimate\n\n90 minutes\n',
    );
    const plain = await tracker.createIssue({ title: 'Two', body: 'Text.' });
    expect(plain.sections).toBeUndefined();
    expect(issueText(plain).endsWith('\n\nText.\n')).toBe(true);
  });

  test('kinds of dependencies that are no links of ours are links and named', async () => {
    const state = newBd(version, { numbered: true });
    const tracker = over(state);
    for (const title of ['One', 'Waited for', 'Superseded', 'Found there', 'Blocker', 'Conditional']) {
      await tracker.createIssue({ title, body: '' });
    }
    const types = ['waits-for', 'supersedes', 'discovered-from', 'blocks', 'conditional-blocks'];
    for (const [index, type] of types.entries()) bd(state, ['dep', 'add', 'bd-1', `bd-${index + 2}`, `--type=${type}`]);
    bd(state, ['dep', 'add', 'bd-2', 'somebody-else', '--type=assigned-to']);
    const links = [
      { type: 'depends on', target: 'bd-2' },
      { type: 'relates to', target: 'bd-3' },
      { type: 'discovered from', target: 'bd-4' },
      { type: 'is blocked by', target: 'bd-5' },
      { type: 'depends on', target: 'bd-6' },
    ];
    expect(await tracker.getIssueLinks?.('bd-1')).toEqual(links);
    expect(await tracker.getIssueLinks?.('bd-2')).toEqual([{ type: 'is dependency of', target: 'bd-1' }]);
    const found = (await collect(tracker.listIssues())).find(({ key }) => key === 'bd-1');
    expect(found?.links).toEqual(links);
    expect(found?.metadata).toEqual({
      beads: {
        dependencies: [
          { type: 'waits-for', target: 'bd-2' },
          { type: 'supersedes', target: 'bd-3' },
          { type: 'conditional-blocks', target: 'bd-6' },
        ],
      },
    });
    // read back, they are written nowhere
    await tracker.updateIssue('bd-1', { metadata: { ...found?.metadata, a: 1 } });
    expect((await tracker.getIssue('bd-1')).metadata).toEqual({ ...found?.metadata, a: 1 });
    await tracker.deleteLink?.('bd-1', { type: 'depends on', target: 'bd-2' });
    expect(await tracker.getIssueLinks?.('bd-2')).toEqual([]);
  });
});

test('a link that is removed takes no dependency of another kind with it', async () => {
  const state = newBd('0.47.1', { numbered: true });
  const tracker = over(state);
  for (const title of ['One', 'Two']) await tracker.createIssue({ title, body: '' });
  await tracker.updateIssue('bd-1', { parent: 'bd-2' });
  await tracker.createLink?.('bd-1', { type: 'is blocked by', target: 'bd-2' });
  await tracker.createLink?.('bd-1', { type: 'relates to', target: 'bd-2' });
  bd(state, ['dep', 'add', 'bd-2', 'bd-1', '--type=related']);
  await tracker.deleteLink?.('bd-2', { type: 'blocks', target: 'bd-1' });
  const kinds = () => state.dependencies.map(({ issue_id, type }) => `${issue_id} ${type}`).sort();
  expect(kinds()).toEqual(['bd-1 parent-child', 'bd-1 related', 'bd-2 related']);
  await tracker.deleteLink?.('bd-1', { type: 'relates to', target: 'bd-2' });
  expect(kinds()).toEqual(['bd-1 parent-child']);
  expect((await tracker.getIssue('bd-1')).parent).toBe('bd-2');
});

test('what is no web address in the reference is not lost', async () => {
  const state = newBd('1.0.5', { numbered: true });
  const tracker = over(state);
  await tracker.createIssue({ title: 'One', body: '' });
  bd(state, ['update', 'bd-1', '--external-ref=gh-9']);
  Object.assign(state.issues[0] ?? {}, { external_ref: 'gh-9', spec_id: 'specs/login.md' });
  const { url, metadata } = await tracker.getIssue('bd-1');
  expect([url, metadata]).toEqual(['beads:bd-1', { beads: { spec_id: 'specs/login.md', external_ref: 'gh-9' } }]);
  Object.assign(state.issues[0] ?? {}, { external_ref: 'https://example.org/7' });
  const linked = await tracker.getIssue('bd-1');
  expect([linked.url, linked.metadata]).toEqual(['https://example.org/7', { beads: { spec_id: 'specs/login.md' } }]);
});

describe('the place of its issues', () => {
  test('is the id that bd has given its database', async () => {
    const [one, other] = [newBd('1.0.5'), newBd('1.0.5', { project: 'another' })];
    expect(await over(one).containerId?.()).toBe(one.project);
    expect(await over(other).containerId?.()).toBe('another');
  });

  test('is the folder where bd gives none, and unknown where bd cannot say', async () => {
    expect(await over(newBd('0.49.1')).containerId?.()).toBe('.');
    const busy = createTracker(testWorld(), {}, async () => ({
      code: 1,
      stdout: '',
      stderr: 'Error: database is locked',
    }));
    await expect(busy.containerId?.()).rejects.toMatchObject({ kind: 'transient' });
  });
});
