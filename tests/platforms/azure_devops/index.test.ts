import { expect, test } from 'vitest';
import type { Platform } from '../../../core/ports/index.ts';
import azure from '../../../platforms/azure_devops/index.ts';
import { isPlatformName, loadPlatform, openHost, openTracker, platformNames } from '../../../platforms/index.ts';
import { detectSides } from '../../../src/config/detect.ts';
import { refusal } from '../../contract/refusal.ts';
import { testWorld } from '../../support/world.ts';

const platform: Platform = azure;

test('offers nothing, and says for each side what to do instead', async () => {
  const side = { platform };
  const host = await refusal(() => openHost(testWorld(), side), { kinds: ['configuration'] });
  const tracker = await refusal(() => openTracker(testWorld(), side), { kinds: ['configuration'] });
  expect([host.message, tracker.message]).toEqual(Array(2).fill('Azure DevOps is not supported.'));
  expect(host.remedy).toContain('`platform.ci: github`');
  expect(tracker.remedy).toContain('`platform.tracker: jira`');
});

test.each(['azure_devops', 'azure-devops', 'azure'])('is understood as %s, and in no list of choices', async (name) => {
  expect(isPlatformName(name) && (await loadPlatform(name))).toBe(azure);
  expect(platformNames).not.toContain(name);
  const { ci, tracker, problems } = await detectSides(testWorld(), { ci: name, tracker: name });
  expect([ci.name, tracker.name]).toEqual(['azure_devops', 'azure_devops']);
  expect(problems.map(({ key, message }) => `${key}: ${message}`)).toEqual([
    expect.stringMatching(/^ci: Azure DevOps is not supported\. .*platform\.ci: github/),
    expect.stringMatching(/^tracker: Azure DevOps is not supported\. .*platform\.tracker: jira/),
  ]);
});

test('is found by its pipelines and by its remotes', () => {
  expect(azure.detectCi({ TF_BUILD: 'True' })).toBe(true);
  expect(azure.detectCi({})).toBe(false);
  const remotes = ['dev.azure.com', 'ssh.dev.azure.com', 'acme.visualstudio.com', 'vs-ssh.visualstudio.com'];
  expect(remotes.filter((host) => !azure.detectRemote(host))).toEqual([]);
  const others = ['github.com', 'dev.azure.com.evil.test', 'notvisualstudio.com', 'azure.com'];
  expect(others.filter((host) => azure.detectRemote(host))).toEqual([]);
});

test.each([
  ['https://dev.azure.com/acme/shop/_workitems/edit/12', '12'],
  ['https://acme.visualstudio.com/shop/_workitems/edit/12/', '12'],
  ['https://dev.azure.com/acme/shop/_workitems/12', '12'],
  ['https://dev.azure.com/acme/shop/_git/shop', undefined],
  ['https://dev.azure.com.evil.test/acme/shop/_workitems/edit/12', undefined],
])('knows the address %s', (address, key) => {
  expect(azure.readIssueUrl(new URL(address))).toEqual(key && { key, settings: {} });
});
