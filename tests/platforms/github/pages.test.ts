import { expect, test } from 'vitest';
import { type Page, pagesAhead } from '../../../platforms/github/pages.ts';

/** Ten pages of one item each, and what was asked for, in order; `left` is told which reads were given up. */
function tenPages() {
  const asked: string[] = [];
  const left: string[] = [];
  const read = async (url: string, _: boolean, signal: AbortSignal): Promise<Page<string>> => {
    asked.push(url);
    signal.addEventListener('abort', () => left.push(url));
    const number = Number(url);
    return { items: async () => [url], next: number < 10 ? String(number + 1) : undefined };
  };
  return { asked, left, read };
}

test('who stops within the first page has asked for no other', async () => {
  const { asked, read } = tenPages();
  for await (const page of pagesAhead('1', read)) {
    expect(page).toEqual(['1']);
    break;
  }
  expect(asked).toEqual(['1']);
});

test('from the second page on the next one, and no more, is on its way while the consumer works', async () => {
  const { asked, read } = tenPages();
  const states: string[] = [];
  for await (const [item] of pagesAhead('1', read)) states.push(`${item}: ${asked.length}`);
  expect(states).toEqual(['1: 1', '2: 3', '3: 4', '4: 5', '5: 6', '6: 7', '7: 8', '8: 9', '9: 10', '10: 10']);
  expect(asked).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9', '10']);
});

test('the page that was on its way is given up when the consumer leaves', async () => {
  const { left, read } = tenPages();
  for await (const [item] of pagesAhead('1', read)) if (item === '3') break;
  expect(left).toContain('4');
});

test('a page that cannot be read is told when it is its turn, and by nobody when it is nobody’s', async () => {
  const { read } = tenPages();
  const failing = async (url: string, isFirst: boolean, signal: AbortSignal) => {
    if (url === '3') throw new Error('no page 3');
    return read(url, isFirst, signal);
  };
  const seen: string[] = [];
  const whole = async () => {
    for await (const page of pagesAhead('1', failing)) seen.push(...page);
  };
  await expect(whole()).rejects.toThrow('no page 3');
  expect(seen).toEqual(['1', '2']);
  for await (const [item] of pagesAhead('1', failing)) if (item === '2') break;
  await new Promise((resolve) => setTimeout(resolve, 5));
});
