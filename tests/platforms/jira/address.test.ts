import { expect, test } from 'vitest';
import { readIssueUrl } from '../../../platforms/jira/address.ts';

const cloud = { url: 'https://team.atlassian.net' };
const server = { url: 'https://example.org/jira/' };

test.each([
  ['https://team.atlassian.net/browse/PROJ-12', cloud],
  ['https://team.atlassian.net/jira/software/projects/PROJ/boards/1?selectedIssue=PROJ-12', cloud],
  ['https://team.atlassian.net/projects/PROJ/issues/PROJ-12?filter=all', cloud],
  ['https://example.org/jira/browse/PROJ-12', server],
])('%s is PROJ-12', (address, settings) => {
  expect(readIssueUrl(new URL(address), settings)).toEqual({
    key: 'PROJ-12',
    settings: { url: settings.url, project_key: 'PROJ' },
  });
});

test.each([
  ['https://other.atlassian.net/browse/PROJ-12', cloud],
  ['https://example.org/browse/PROJ-12', server],
  ['http://team.atlassian.net/browse/PROJ-12', cloud],
  ['https://x@team.atlassian.net/browse/PROJ-12', cloud],
  ['https://team.atlassian.net/browse/proj', cloud],
  ['https://team.atlassian.net/browse/PROJ-12', {}],
])('%s is no issue of %o', (address, settings) => {
  expect(readIssueUrl(new URL(address), settings)).toBeUndefined();
});
