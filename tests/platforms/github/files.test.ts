import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { CodeHost } from '../../../core/ports/index.ts';
import { createHost } from '../../../platforms/github/host.ts';
import { refusal } from '../../contract/refusal.ts';
import { type GitHub, startGitHub } from '../../support/github.ts';
import type { Answer } from '../../support/loopback.ts';
import { testWorld } from '../../support/world.ts';
import { settingsFor } from './bench.ts';

let github: GitHub;
let host: CodeHost;
beforeAll(async () => {
  github = await startGitHub();
});
afterAll(() => github.close());
beforeEach(() => {
  github.exchanges.length = 0;
  host = createHost(testWorld(), settingsFor(github));
});

function answers(answer: Answer): void {
  github.trouble(({ path }) => path.includes('/contents/'), answer);
}

test('are asked for raw, at the commit of the branch', async () => {
  answers({ text: 'gate: {}\n', headers: { 'content-type': 'application/vnd.github.raw+json; charset=utf-8' } });
  expect(await host.readFile?.('ci/ä b.yaml', 'main')).toEqual({ sha: github.sha, text: 'gate: {}\n' });
  const seen = github.exchanges.map(({ asked }) => [asked.path, asked.query.get('ref'), asked.headers['accept']]);
  const at = `/repos/${github.repository}`;
  expect(seen).toEqual([
    [`${at}/branches/main`, null, 'application/vnd.github.v3+json'],
    [`${at}/contents/ci/%C3%A4%20b.yaml`, github.sha, 'application/vnd.github.raw+json'],
  ]);
});

test('that come in base64 are read too', async () => {
  answers({ json: { type: 'file', encoding: 'base64', content: 'Z2F0\nZToge30K' } });
  expect(await host.readFile?.('a.yaml', github.sha)).toEqual({ sha: github.sha, text: 'gate: {}\n' });
});

test.each([
  ['a folder', { json: [{ type: 'file', name: 'a' }] }, 'unexpected', 'a file was expected'],
  [
    'one too large for this form',
    { json: { type: 'file', encoding: 'none', content: '' } },
    'unexpected',
    'a file was expected',
  ],
  [
    'a login page',
    { text: '<html>', headers: { 'content-type': 'text/html; charset=utf-8' } },
    'configuration',
    'it sent a web page',
  ],
] as const)('%s is not taken for a file', async (_, answer, kind, words) => {
  answers(answer);
  const error = await refusal(async () => host.readFile?.('a.yaml', github.sha), {
    kinds: [kind],
    operation: 'readFile',
  });
  expect(error.message).toContain(words);
});

test('without a branch of the name, what else goes by it is asked for', async () => {
  answers({ text: 'x', headers: { 'content-type': 'text/plain' } });
  expect(await host.readFile?.('a.yaml', 'v1')).toEqual({ sha: '', text: 'x' });
});

test('a branch that cannot be asked for is not passed over', async () => {
  github.trouble(({ path }) => path.includes('/branches/'), {
    status: 403,
    json: { message: 'Resource not accessible by integration' },
  });
  const error = await refusal(async () => host.readFile?.('a.yaml', 'main'), {
    kinds: ['permission'],
    operation: 'readFile',
  });
  expect(error.remedy).toContain('contents: read');
  expect(github.exchanges.length).toBe(1);
});
