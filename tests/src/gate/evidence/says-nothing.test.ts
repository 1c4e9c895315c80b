/** Whether a source says anything about the commit: what could not be read proves nothing, unless that is called a pass. */
import { expect, test } from 'vitest';
import { type Evidence, evidenceSchema } from '../../../../src/config/schema.ts';
import { readEvidence } from '../../../../src/gate/evidence/index.ts';
import { contextIn, workspace } from './workspace.support.ts';

const JUNIT = '<testsuite name="a" tests="1"><testcase classname="a" name="b"/></testsuite>';
const SARIF = (run: object) => JSON.stringify({ version: '2.1.0', runs: [run] });
const TOOL = { tool: { driver: { name: 'scan' } } };

/** What can be read, and what cannot, of each kind. */
const KINDS: readonly [Evidence['type'], object, Readonly<Record<string, string>>, Readonly<Record<string, string>>][] =
  [
    ['junit', { path: 'a.xml' }, { 'a.xml': JUNIT }, { 'a.xml': '<testsuite name="a" tests="0"/>' }],
    ['sarif', { path: 'a.sarif' }, { 'a.sarif': SARIF({ ...TOOL, results: [] }) }, { 'a.sarif': SARIF(TOOL) }],
    [
      'coverage',
      { path: 'lcov.info' },
      { 'lcov.info': 'SF:a\nDA:1,1\nend_of_record\n' },
      { 'lcov.info': 'no coverage' },
    ],
    ['report', { path: 'gate.md' }, { 'gate.md': 'decision: SHIP\n' }, { 'gate.md': 'Nothing of it.\n' }],
    [
      'checklist',
      { story: 'story.md', handoff: 'handoff.md' },
      { 'story.md': 'acceptance: [it works]\n' },
      { 'story.md': 'title: none\n' },
    ],
  ];

async function saysNothing(type: string, settings: object, files: Readonly<Record<string, string>>): Promise<boolean> {
  const config = evidenceSchema.parse({ type, name: 'unit', ...settings });
  const [reading] = await readEvidence([config], contextIn(workspace(files)));
  return reading?.saysNothing === true;
}

test.each(KINDS)('%s says nothing where it is missing or unreadable, unless `on_missing: ship`', async (type, settings, good, bad) => {
  for (const on_missing of ['hold', 'advisory']) {
    expect(await saysNothing(type, { ...settings, on_missing }, {})).toBe(true);
    expect(await saysNothing(type, { ...settings, on_missing }, bad)).toBe(true);
    expect(await saysNothing(type, { ...settings, on_missing }, good)).toBe(false);
  }
  for (const files of [{}, good]) expect(await saysNothing(type, { ...settings, on_missing: 'ship' }, files)).toBe(false);
}); // biome-ignore format: one line

test('a command always says something, whatever it ends with', async () => {
  for (const run of ['true', 'false', 'not-there-at-all'])
    expect(await saysNothing('command', { run }, {})).toBe(false);
});
