import { expect, test } from 'vitest';
import { artifactFolder, summaryFile } from '../../../core/drivers/summary-file.ts';

test.each([
  ['the folder of the job, around the workspace', '/builds/acme', '/builds/acme/shop', '/builds/acme'],
  ['the workspace itself', '/builds/acme', '/builds/acme', '/builds/acme'],
  ['the workspace where the job runs elsewhere', '/builds/acme', '/work', '/work'],
  ['the workspace where the folder is not told', undefined, '/work', '/work'],
  ['the workspace where the folder is empty', '', '/work', '/work'],
  ['the workspace where the folder is relative', '..', '/work', '/work'],
])('artifacts lie in %s', (_, jobFolder, cwd, folder) => {
  expect(artifactFolder(jobFolder, cwd)).toBe(folder);
});

test('the summary replaces the file of an earlier run', () => {
  expect(summaryFile('/work', 10)).toEqual({ path: '/work/pace-summary.md', append: false, maxBytes: 10 });
});
