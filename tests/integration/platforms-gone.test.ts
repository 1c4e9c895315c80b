/** What PACE does not work with any more is refused wherever it is named or found, with what to do instead. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runBundle } from '../support/bundle.ts';
import { newWorkspace, type Workspace } from '../support/workspace.ts';

const opened: Workspace[] = [];
let bare: Workspace;

beforeAll(async () => {
  bare = await workspace({});
});
afterAll(async () => {
  await Promise.all(opened.map((each) => each.dispose()));
});

async function workspace(files: Record<string, string>, remote?: string): Promise<Workspace> {
  const made = await newWorkspace(files);
  if (remote) await made.git('remote', 'add', 'origin', remote);
  opened.push(made);
  return made;
}

async function pace(place: Workspace, args: readonly string[], env: Record<string, string> = {}) {
  const { code, stdout, stderr } = await runBundle({ cwd: place.path, args, env });
  return { code, text: `${stdout}${stderr}` };
}

const config = (platform: string) => ({ 'pace.config.yaml': `platform: ${platform}\nci: { enabled: false }\n` });

const AZURE = /Azure DevOps is not supported\./;
const TRACKER = /platform\.tracker: jira/;

describe('Azure DevOps', () => {
  test.each([
    ['as a code host', '{ ci: azure_devops, tracker: local }', /platform\.ci: github/],
    ['as a tracker, in another spelling', '{ ci: local, tracker: azure-devops }', TRACKER],
    ['by the older key', '{ type: azure }', TRACKER],
  ])('in the configuration %s', async (_, platform, instead) => {
    const { code, text } = await pace(await workspace(config(platform)), ['gate', '--day', '1']);
    expect(code, text).toBe(2);
    expect(text).toMatch(AZURE);
    expect(text).toMatch(instead);
  });

  test.each([
    ['by --backend', ['issue', 'list', '--backend', 'azure_devops'], 2],
    ['by a reference', ['issue', 'show', 'azure_devops:1'], 2],
    ['by an address', ['issue', 'show', 'https://dev.azure.com/acme/shop/_workitems/edit/1'], 2],
    ['as a new backend', ['backend', 'add', 'x', 'azure_devops'], 6],
    ['as the default backend', ['backend', 'set-default', 'azure'], 6],
  ])('%s', async (_, args, expected) => {
    const { code, text } = await pace(bare, args);
    expect(code, text).toBe(expected);
    expect(text).toMatch(AZURE);
    expect(text).toMatch(TRACKER);
  });

  test('as a backend of the configuration', async () => {
    const backends = 'backends: { old: { platform: azure_devops, token: env:AZURE_TOKEN } }\n';
    const place = await workspace({ 'pace.config.yaml': `platform: { ci: local, tracker: local }\n${backends}` });
    const { code, text } = await pace(place, ['issue', 'list', '--backend', 'old']);
    expect(code, text).toBe(2);
    expect(text).toMatch(/pace\.config\.yaml:2:\d+: Azure DevOps is not supported\..*platform\.tracker: jira/);
  });

  test('in its own pipeline, and in a checkout of its own', async () => {
    const place = await workspace({}, 'git@ssh.dev.azure.com:v3/acme/shop/shop');
    const runs = await Promise.all([
      pace(bare, ['gate', '--day', '1'], { TF_BUILD: 'True' }),
      pace(place, ['gate', '--day', '1']),
      pace(place, ['init']),
      pace(place, ['issue', 'list']),
      pace(place, ['backend', 'detect']),
    ]);
    expect(runs.map(({ code }) => code)).toEqual(Array(5).fill(2));
    expect(runs.filter(({ text }) => !AZURE.test(text))).toEqual([]);
  });
});

describe('the issue tracker of Bitbucket', () => {
  test.each([
    ['in the configuration', ['gate', '--day', '1'], 2],
    ['by --backend', ['issue', 'list', '--backend', 'bitbucket'], 2],
    ['by an address', ['issue', 'show', 'https://bitbucket.org/acme/shop/issues/7/a-title'], 2],
    ['as a new backend', ['backend', 'add', 'x', 'bitbucket'], 6],
  ])('%s', async (where, args, expected) => {
    const tracker = where === 'in the configuration' ? 'bitbucket' : 'local';
    const place = await workspace(config(`{ ci: local, tracker: ${tracker} }`));
    const { code, text } = await pace(place, args);
    expect(code, text).toBe(expected);
    expect(text).toMatch(/Bitbucket tracks no issues\./);
    expect(text).toMatch(/Atlassian removed .*platform\.tracker: jira/);
  });
});
