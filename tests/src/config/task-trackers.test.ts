import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { asPaceError } from '../../../core/errors.ts';
import { openBackend } from '../../../src/tracker/backends/open.ts';
import { parseReference } from '../../../src/tracker/backends/references.ts';
import { type TestWorld, testWorld } from '../../support/world.ts';

let folder: string;
let world: TestWorld;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pace-trackers-'));
  const env = { HOME: join(folder, 'home'), JIRA_EMAIL: 'ann@example.org', COMPANY_JIRA: 't-1', LINEAR_API_KEY: 'k-1' };
  world = testWorld({ cwd: folder, env });
});
afterEach(() => rm(folder, { recursive: true }));

async function file(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
}

const EQUALS = `task_trackers:
  jira:
    enabled: true
    server_url: "https://company.example.org"
    credentials: "env:COMPANY_JIRA"
  linear:
    enabled: false
    api_key: "env:LINEAR_API_KEY"
  github:
    enabled: true
    token: "env:COMPANY_JIRA"
`;

const open = (reference: string) => openBackend(world, { reference: parseReference(reference) });
const refused = async (work: Promise<unknown>) =>
  work.then(
    () => 'opened',
    (error: unknown) => `${asPaceError(error).message} ${asPaceError(error).remedy}`,
  );

for (const path of ['config/task_trackers.yaml', 'pace.config.yaml']) {
  test(`a reference opens the tracker that ${path} names, by its words`, async () => {
    await file(path, EQUALS);
    const { section, platform } = await open('jira:OWL-1');
    expect(platform.name).toBe('jira');
    expect(section).toEqual({ url: 'https://company.example.org', token: 't-1', project_key: 'OWL' });
    expect((await open('github:octo/shop#1')).section).toMatchObject({ token: 't-1', repository: 'octo/shop' });
  });

  test(`a tracker that is not enabled in ${path} is refused, wherever it is named`, async () => {
    await file(path, EQUALS);
    const words = `${path}:7 says that linear is not used: \`enabled: false\`.`;
    expect(await refused(open('linear:ENG-1'))).toContain(words);
    expect(await refused(open('https://linear.app/acme/issue/ENG-1/x'))).toContain(words);
    expect(await refused(openBackend(world, { backend: 'linear' }))).toContain(words);
  });
}

test('what the section of the platform says besides holds too', async () => {
  await file('pace.config.yaml', 'jira:\n  project_key: OWL\n  url: https://old.example.org\n');
  await file('config/task_trackers.yaml', EQUALS);
  expect((await open('jira:OWL-1')).section).toEqual({
    ...{ project_key: 'OWL', url: 'https://company.example.org', token: 't-1' },
  });
});

test('all mistakes are told with their places, in the words of the file', async () => {
  await file(
    'config/task_trackers.yaml',
    'task_trackers:\n  jra: {}\n  jira:\n    enabled: maybe\n    credentials: s3cr3t-value\n  trello:\n    token: env:T\n',
  );
  const told = await refused(open('jira:OWL-1'));
  expect(told).toMatch(/config\/task_trackers\.yaml:2:3: There is no tracker `jra`\. Did you mean "jira"\?/);
  expect(told).toMatch(/:4:14: /);
  expect(told).toMatch(/:5:18: `credentials` holds a secret/);
  expect(told).toMatch(/:6:3: There is no tracker `trello`/);
  expect(told).not.toContain('s3cr3t');
});

test('a key that its tracker does not have is named where it stands', async () => {
  await file('config/task_trackers.yaml', 'task_trackers:\n  github:\n    token: env:COMPANY_JIRA\n    board: 7\n');
  expect(await refused(open('github:octo/shop#1'))).toContain(
    'config/task_trackers.yaml:4:5: Unknown key `board` in `task_trackers.github`.',
  );
});
