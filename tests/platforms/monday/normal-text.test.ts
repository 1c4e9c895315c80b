import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { NORMAL_TEXT } from '../../../platforms/monday/rich-text.ts';
import { markdownTexts } from '../../support/markdown-trees.ts';
import { type Monday, startMonday } from '../../support/monday.ts';
import { oneChange, oneLetter } from '../../support/one-change.ts';
import { seenText } from '../../support/seen-text.ts';
import '../../support/seed.ts';
import { trackerOn } from './bench.ts';

const servers: Monday[] = [];
const { of } = NORMAL_TEXT;

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function bench() {
  const server = await startMonday();
  servers.push(server);
  return { server, ...trackerOn(server) };
}

describe('two texts that monday keeps apart', () => {
  test('have two forms, whichever letter is another one', () => {
    fc.assert(
      fc.property(oneLetter(markdownTexts), ([text, changed]) => {
        fc.pre(text !== changed);
        expect(of(changed)).not.toBe(of(text));
      }),
      { numRuns: 300 },
    );
  });

  test('have two forms, whatever is put in or taken out, if people see that', () => {
    fc.assert(
      fc.property(oneChange(markdownTexts), ([text, changed]) => {
        // a box is a box, whichever way its brackets are written
        fc.pre(!/\\?\[\s*x?\\?\] /i.test(text + changed));
        if (of(changed) === of(text)) expect(seenText(changed)).toBe(seenText(text));
      }),
      { numRuns: 300 },
    );
  });
});

test('a line ends in an update where it ends in the text, also behind an address', async () => {
  const { tracker } = await bench();
  const { key } = await tracker.createIssue({ title: 'A', body: '' });
  const text = 'See https://example.org/a\nand https://example.org/b.\nThanks for https://example.org/c \nand more';
  const { body } = await tracker.addComment(key, text);
  expect(body).toBe(
    'See <https://example.org/a>\\\nand <https://example.org/b>.\\\nThanks for <https://example.org/c>\\\nand more',
  );
  expect(of(body)).toBe(of(text));
});

test('the place of items is the board, and people have their addresses of mail', async () => {
  const { server, tracker } = await bench();
  expect(await tracker.containerId?.()).toBe(server.account.boardId);
  expect(server.exchanges).toEqual([]);
  const { author } = await tracker.createIssue({ title: 'A', body: '' });
  expect(author?.email).toBe(server.account.viewer.email);
});
