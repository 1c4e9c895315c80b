/** No tracker is special: the words that all share are nobody's own. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadPlatform, platformNames } from '../../../platforms/index.ts';

const root = new URL('../../..', import.meta.url).pathname;
const NEUTRAL = [
  ...['ports/issue', 'ports/issue-tracker', 'ports/tracker-driver', 'ports/capabilities'],
  ...['tracker/claims', 'tracker/complete-tracker', 'adapters/ports'],
];
/** What single vendors call things. */
const VENDORS_WORDS = [
  ...[
    'adf',
    'jql',
    'iid',
    'epic_iid',
    'account_?id',
    'gid',
    'pulse',
    'board',
    'weight',
    'cycle',
    'iteration',
    'node_?id',
  ],
  ...[
    'fix_?versions?',
    'issue_?type',
    'state_reason',
    'sub_?issues?',
    'identifier',
    'tombstone',
    'work_?item',
    'workspace',
  ],
];

function code(name: string): string {
  const text = readFileSync(join(root, 'core', `${name}.ts`), 'utf8');
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
}

/** Words that all share, and by which some platform goes: where the issues are, and the form of all texts. */
const SHARED = ['local', 'markdown'];

test.each(NEUTRAL)('%s has no word of a vendor', async (name) => {
  const platforms = await Promise.all(platformNames.map(loadPlatform));
  const names = platforms.flatMap((platform) => [platform.name, platform.title.replaceAll(/[^\w ]/g, '.')]);
  const words = new RegExp(
    `(?<![a-z])(${[...names.filter((each) => !SHARED.includes(each.toLowerCase())), ...VENDORS_WORDS].join('|')})(?![a-z])`,
    'gi',
  );
  const text = code(name).replaceAll(/([a-z])([A-Z])/g, '$1_$2');
  expect([...text.matchAll(words)].map(([word]) => word)).toEqual([]);
});
