/** Runners that forget everything but the tracker: each day begins with an empty `.pace`. */
import { expect, test } from 'vitest';
import { type PaceHere, paceHere } from '../../support/pace-here.ts';

const CONFIG = `platform: { ci: local, tracker: local }
ci: { enabled: false }
advisory: { push_to_issues: true }
gate: { clearance_every: 0 }
evidence: [{ name: scan, type: sarif, path: scan.sarif }]
`;

/** A scan with these warnings. */
function sarif(...warnings: string[]): string {
  const results = warnings.map((text) => ({ ruleId: text, level: 'warning', message: { text } }));
  return JSON.stringify({ version: '2.1.0', runs: [{ tool: { driver: { name: 'scanner' } }, results }] });
}

async function forget({ workspace }: PaceHere): Promise<void> {
  const paths = Object.keys(await workspace.files()).filter((path) => path.startsWith('.pace/'));
  await workspace.remove(...paths.filter((path) => !path.includes('pace.db')));
}

async function day(here: PaceHere, number: number, ...warnings: string[]) {
  await forget(here);
  await here.workspace.write({ 'scan.sarif': sarif(...warnings) });
  const { stdout } = await here.pace('gate', '--day', String(number), '--json');
  const { decision, advisories } = JSON.parse(stdout);
  return [decision, advisories.open, advisories.new, advisories.cleared];
}

const issues = (here: PaceHere) => here.data('issue', 'list', '--state', 'all', '--json', 'key,state');

test('a finding is one issue however many days it stands, and is closed when it is gone', async () => {
  const here = await paceHere({ files: { 'pace.config.yaml': CONFIG }, git: true });
  expect(await day(here, 1, 'a weak hash')).toEqual(['SHIP', 1, 1, 0]);
  expect(await day(here, 2, 'a weak hash')).toEqual(['SHIP', 1, 0, 0]);
  expect(await day(here, 3, 'a weak hash', 'an open port')).toEqual(['SHIP', 2, 1, 0]);
  expect(await issues(here)).toEqual([
    { key: '2', state: 'open' },
    { key: '1', state: 'open' },
  ]);
  expect(await day(here, 4, 'an open port')).toEqual(['SHIP', 1, 0, 1]);
  expect(await day(here, 5, 'an open port')).toEqual(['SHIP', 1, 0, 0]);
  expect(await day(here, 6)).toEqual(['SHIP', 0, 0, 1]);
  expect(await issues(here)).toEqual([
    { key: '2', state: 'done' },
    { key: '1', state: 'done' },
  ]);
});

test('what a person has closed is not raised again while it stands, and counts as resolved when it is gone', async () => {
  const here = await paceHere({ files: { 'pace.config.yaml': CONFIG }, git: true });
  await day(here, 1, 'a weak hash');
  await here.pace('issue', 'close', '1');
  expect(await day(here, 2, 'a weak hash')).toEqual(['SHIP', 1, 0, 0]);
  expect(await day(here, 3)).toEqual(['SHIP', 0, 0, 1]);
  expect(await day(here, 4)).toEqual(['SHIP', 0, 0, 0]);
  expect(await issues(here)).toEqual([{ key: '1', state: 'done' }]);
});

test('a clearance day holds by what the tracker remembers', async () => {
  const files = { 'pace.config.yaml': CONFIG.replace('clearance_every: 0', 'clearance_every: 2') };
  const here = await paceHere({ files, git: true });
  await day(here, 1, 'a weak hash');
  expect((await day(here, 2, 'a weak hash'))[0]).toBe('HOLD');
});

test('two findings that begin with the same long words are two', async () => {
  const here = await paceHere({ files: { 'pace.config.yaml': CONFIG }, git: true });
  const long = 'x'.repeat(300);
  expect(await day(here, 1, `${long} one`, `${long} two`)).toEqual(['SHIP', 2, 2, 0]);
  expect(await day(here, 2, `${long} two`)).toEqual(['SHIP', 1, 0, 1]);
  expect(await day(here, 3)).toEqual(['SHIP', 0, 0, 1]);
});
