/** The lines of docs/sync.md, one after the other, as a new user types them. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { failed, person, syncTest } from '../support/person.ts';
import { linesOf } from '../support/shell-line.ts';

const page = readFileSync(new URL('../../docs/sync.md', import.meta.url), 'utf8');
const blocks = [...page.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = '']) => block);

test('the page has lines to try', () => {
  expect(blocks.flatMap(linesOf).length).toBeGreaterThan(4);
});

syncTest('every line ends well', async () => {
  const { lines, server } = await person();
  const token = 'export GITEA_API_TOKEN="TOKEN"\n';
  await lines(`${token}issue create "Written at the office" --backend gitea`);
  expect(failed(await lines(token + blocks.join('\n')))).toEqual([]);
  const titles = [...server.state.issues.values()].map(({ title }) => title).sort();
  expect(titles).toEqual(['Written at the office', 'Written on a train']);
});
