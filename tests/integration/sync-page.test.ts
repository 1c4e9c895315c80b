/** The lines of docs/sync.md, one after the other, as a new user types them. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { failed, outputs, person } from '../support/person.ts';
import { linesOf } from '../support/shell-line.ts';

const page = readFileSync(new URL('../../docs/sync.md', import.meta.url), 'utf8');
const blocks = [...page.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = '']) => block);

test('the page has lines to try', () => {
  expect(blocks.flatMap(linesOf).length).toBeGreaterThan(4);
});

test('every line ends well', async () => {
  const { lines, server } = await person();
  const token = 'export GITEA_API_TOKEN="TOKEN"\n';
  await lines(`${token}issue create "Written at the office" --backend gitea`);
  expect(failed(await lines(token + blocks.join('\n')))).toEqual([]);
  const titles = [...server.state.issues.values()].map(({ title }) => title).sort();
  expect(titles).toEqual(['Written at the office', 'Written on a train']);
});

test('a field that was changed on both sides is decided by the name of a tracker, whichever was named first', async () => {
  const { lines, server } = await person();
  const token = 'export GITEA_API_TOKEN="TOKEN"\n';
  const setup = `${token}issue backend add backup local
issue create "First" --backend gitea
issue sync pull gitea backup
issue edit 1 --title "There" --backend gitea
issue edit 1 --title "Here" --backend backup`;
  expect(failed(await lines(setup))).toEqual([]);
  const [conflicting] = await lines(`${token}issue sync bidirectional backup gitea`);
  expect(conflicting?.run).toMatchObject({ code: 64 });
  const shown = / {4}(.*): Here\n {4}(.*): There\n {4}pace (sync resolve \w+ --take) (.*)\n/.exec(
    conflicting?.run.stdout ?? '',
  );
  expect([shown?.[1], shown?.[4]]).toEqual(['local .pace/pace.db', 'backup|gitea']);
  const decided = await lines(`${token}issue ${shown?.[3]} backup\nissue sync status\nissue sync conflicts`);
  expect(failed(decided)).toEqual([]);
  expect(outputs(decided).at(-1)).toBe('');
  expect([...server.state.issues.values()].map(({ title }) => title)).toEqual(['Here']);
});
