import { expect, test } from 'vitest';
import { lastPart, linkedFiles, notKeptHere } from '../../../core/drivers/linked-files.ts';
import type { Comment, Issue } from '../../../core/ports/index.ts';
import { collect } from '../../../core/tracker/collect.ts';

const ANN = { id: 'ann', name: 'Ann' };

function issueWith(body: string): Issue {
  return {
    ...{ key: '1', url: 'https://x.test/1', title: 'T', body, state: 'open', stateName: 'open', labels: [] },
    ...{ assignees: [], author: ANN, createdAt: 1, updatedAt: 2, metadata: {} },
  };
}

async function* said(...bodies: string[]): AsyncGenerator<Comment> {
  for (const [index, body] of bodies.entries()) yield { id: String(index), body, createdAt: 10 + index };
}

const ours = (address: string) => (address.startsWith('https://files.test/') ? { url: address } : undefined);

async function found(body: string, ...comments: string[]) {
  return (await collect(linkedFiles(issueWith(body), said(...comments), ours))).map(({ name, url }) => [name, url]);
}

test.each([
  ['a link', '[log](https://files.test/a.txt)', [['log', 'https://files.test/a.txt']]],
  ['a picture with a title', '![shot](https://files.test/b.png "Big")', [['shot', 'https://files.test/b.png']]],
  ['an address in angles', '[x](<https://files.test/c>)', [['x', 'https://files.test/c']]],
  [
    'a picture of HTML',
    '<img width="3" alt="z" src="https://files.test/d.png">',
    [['d.png', 'https://files.test/d.png']],
  ],
  ['a bare address', 'see https://files.test/e%20f.pdf.', [['e f.pdf', 'https://files.test/e%20f.pdf']]],
  ['a link without words', '[](https://files.test/g.zip)', [['g.zip', 'https://files.test/g.zip']]],
  ['something else', '[x](https://other.test/a) https://x.test', []],
  ['no link', 'files.test/a.txt', []],
])('%s is read', async (_, body, files) => {
  expect(await found(body)).toEqual(files);
});

test('each address comes once, of the body first, with who wrote it and when', async () => {
  const files = await collect(
    linkedFiles(
      issueWith('![a](https://files.test/1)'),
      said('again https://files.test/1 and https://files.test/2'),
      ours,
    ),
  );
  expect(files).toEqual([
    { id: 'https://files.test/1', name: 'a', url: 'https://files.test/1', author: ANN, createdAt: 1 },
    { id: 'https://files.test/2', name: '2', url: 'https://files.test/2', createdAt: 10 },
  ]);
});

test('a hostile text is read in time that grows no faster than it', async () => {
  for (const piece of ['[', '![a](', '<img src="', 'src = ', 'https://', '[a](<', '[]'])
    expect(await found(piece.repeat(100_000))).toEqual([]);
});

test('a name is read from an address', () => {
  expect(lastPart('https://x.test/a/b%20c.png?d=e#f')).toBe('b c.png');
  expect(lastPart('https://x.test/%E0%A4%A')).toBe('%E0%A4%A');
  expect(lastPart('https://x.test/')).toBe('file');
});

test('what is kept elsewhere is named with its address', () => {
  const { kind, message, remedy } = notKeptHere('Linear', { id: '1', name: 'PR 3', url: 'https://x.test/3' });
  expect([kind, message, remedy]).toEqual([
    'unsupported',
    'Linear does not keep PR 3: it is a link to another place.',
    'Please get it there: https://x.test/3',
  ]);
});
