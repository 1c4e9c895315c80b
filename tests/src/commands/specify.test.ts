import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createIssue } from '../../../src/commands/issue/create.ts';
import { editIssues } from '../../../src/commands/issue/edit.ts';
import { specify } from '../../../src/commands/specify.ts';
import { refusal } from '../../contract/refusal.ts';
import { type TestWorld, testWorld } from '../../support/world.ts';

let folder: string;
let world: TestWorld;
const META = '{\n  "mission_slug": "owl-log-01M8N6R9",\n  "zeal": {\n    "b": 1,\n    "a": 2\n  }\n}\n';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pace-specify-'));
  world = testWorld({ cwd: folder });
  await mkdir(join(folder, 'kitty-specs/owl-log-01M8N6R9'), { recursive: true });
  await mkdir(join(folder, 'kitty-specs/007-old-one'));
  await writeFile(join(folder, 'kitty-specs/owl-log-01M8N6R9/meta.json'), META);
  await createIssue(world, { title: 'Note a call', body: '- [ ] It has a place', backend: 'local' });
});
afterEach(() => rm(folder, { recursive: true }));

const at = (path: string) => readFile(join(folder, path), 'utf8');
const from = 'local:1';

test('an issue becomes the spec.md of a mission, which remembers where it comes from', async () => {
  const done = await specify(world, { from, mission: 'owl-log' });
  expect(done).toMatchObject({ path: 'kitty-specs/owl-log-01M8N6R9/spec.md', reference: 'local:1', written: true });
  const text = await at('kitty-specs/owl-log-01M8N6R9/spec.md');
  expect(text).toContain('**Mission Branch**: `owl-log-01M8N6R9`');
  expect(text).toContain('1. It has a place');
  const meta = JSON.parse(await at('kitty-specs/owl-log-01M8N6R9/meta.json'));
  expect(meta.origin_ticket).toMatchObject({ provider: 'local', external_issue_key: '1', title: 'Note a call' });
  expect(Object.keys(meta)).toEqual(['mission_slug', 'origin_ticket', 'zeal']);
});

test('a second time nothing is written; what has changed there since is, while nobody has gone on with it', async () => {
  await specify(world, { from, out: 'docs/spec.md' });
  expect((await specify(world, { from, out: 'docs/spec.md' })).written).toBe(false);
  await editIssues(world, { keys: ['1'], title: 'Note each call', backend: 'local' });
  expect((await specify(world, { from, out: 'docs/spec.md' })).written).toBe(true);
  expect(await at('docs/spec.md')).toContain('# Mission Specification: Note each call');
});

test('what somebody has gone on with is not replaced, unless that is asked for', async () => {
  await specify(world, { from, out: 'spec.md' });
  const worked = (await at('spec.md')).replace('[NEEDS CLARIFICATION: why now?]', 'It is spring.');
  await writeFile(join(folder, 'spec.md'), worked);
  await refusal(() => specify(world, { from, out: 'spec.md' }), { kinds: ['conflict'] });
  expect(await at('spec.md')).toBe(worked);
  expect((await specify(world, { from, out: 'spec.md', force: true })).written).toBe(true);
});

test('a dry run writes nothing, and without a place the text is only made', async () => {
  expect((await specify(world, { from, out: 'spec.md', dryRun: true })).written).toBe(false);
  await expect(at('spec.md')).rejects.toThrow('ENOENT');
  expect(await specify(world, { from })).toMatchObject({ path: null, written: false });
});

test('what stands below the issue is told in its order', async () => {
  for (const title of ['List', 'Count']) await createIssue(world, { title, parent: '1', backend: 'local' });
  const { text } = await specify(world, { from });
  expect(text.match(/^### User Story \d - \w+/gm)).toEqual([
    '### User Story 1 - Note',
    '### User Story 2 - List',
    '### User Story 3 - Count',
  ]);
});

test('wrong input is told in words before anything is asked or written', async () => {
  await refusal(() => specify(world, {}), { kinds: ['validation', 'configuration'] });
  await refusal(() => specify(world, { from, fromJira: 'OWL-1' }), { kinds: ['validation', 'configuration'] });
  await refusal(() => specify(world, { from, out: 'a.md', mission: 'owl-log' }), {
    kinds: ['validation', 'configuration'],
  });
  const missing = await refusal(() => specify(world, { from, mission: 'owls' }), { kinds: ['not-found'] });
  expect(missing.message).toContain('There are: 007-old-one, owl-log-01M8N6R9.');
  await refusal(() => specify(world, { from, out: '../spec.md' }), { kinds: ['configuration'] });
  await refusal(() => specify(world, { from: 'local:99', out: 'spec.md' }), { kinds: ['not-found'] });
});
