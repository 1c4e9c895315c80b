import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadSpectryn } from '../../../src/config/spectryn.ts';
import { type TestWorld, testWorld } from '../../support/world.ts';

let folder: string;
let world: TestWorld;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pace-spectryn-'));
  world = testWorld({ cwd: folder, env: { TRACKER_TOKEN: 't-1', SITE: 'https://api.example.org' } });
});
afterEach(() => rm(folder, { recursive: true }));

async function loaded(text: string) {
  await writeFile(join(folder, '.spectryn.yaml'), text);
  return loadSpectryn(world);
}

async function mistakes(text: string): Promise<string> {
  const work = loaded(text).then((found) => found?.settings());
  return work.then(
    () => 'none',
    (error: Error) => error.message,
  );
}

test('without the file, or without a tracker in it, nothing is said', async () => {
  expect(await loadSpectryn(world)).toBeUndefined();
  expect(await loaded('')).toBeUndefined();
  expect(await loaded('validation:\n  strict: true\n')).toBeUndefined();
});

test.each([
  ['github', 'octo/shop', { token: 't-1', repository: 'octo/shop', issues_repository: 'octo/shop' }],
  ['jira', 'OWL', { token: 't-1', project_key: 'OWL' }],
  ['linear', 'ENG', { token: 't-1', team: 'ENG' }],
  ['asana', '"12345"', { token: 't-1', project: '12345' }],
  ['monday', '12345', { token: 't-1', board: '12345' }],
  ['gitlab', 'octo/shop', { token: 't-1', project: 'octo/shop', issues_project: 'octo/shop' }],
])('its words become those of %s', async (type, project, settings) => {
  const found = await loaded(`tracker:\n  type: ${type}\n  api_token: \${TRACKER_TOKEN}\n  project_id: ${project}\n`);
  expect(found?.platform.name).toBe(type);
  expect(found?.settings()).toEqual(settings);
});

test('the words of the platform itself are understood beside them, and so is the address of a server', async () => {
  const found = await loaded(`tracker:\n  type: jira\n  email: ann@example.org\n  api_url: \${SITE}\n`);
  expect(found?.settings()).toEqual({ email: 'ann@example.org', url: 'https://api.example.org' });
});

test.each([
  [
    'tracker:\n  type: githib\n',
    '.spectryn.yaml:2:9: There is no tracker `githib`. Did you mean "github"? Known: asana,',
  ],
  [`tracker:\n  api_token: \${TRACKER_TOKEN}\n`, '.spectryn.yaml:2:3: `type` is missing in `tracker`'],
  [
    'tracker:\n  type: github\n  project: x\n',
    '.spectryn.yaml:3:3: Unknown key `project` in `tracker`. Did you mean "project_id"?',
  ],
  ['tracker:\n  type: github\n  api_token: plain-words\n', '.spectryn.yaml:3:14: `api_token` holds a secret'],
  [
    `tracker:\n  type: github\n  api_token: \${ABSENT}\n`,
    '.spectryn.yaml:3:14: The environment variable ABSENT is not set',
  ],
])('a mistake is told with its place: %j', async (text, words) => {
  expect(await mistakes(text)).toContain(words);
});
