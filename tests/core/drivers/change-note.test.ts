import fc from 'fast-check';
import { expect, test } from 'vitest';
import { noteBody, noteMarker } from '../../../core/drivers/change-note.ts';

test('a note begins with a mark that nobody sees, which has the name of its gate', () => {
  expect(noteBody({ gate: 'shop', markdown: '# HOLD' }, 1000)).toBe('<!-- pace:change-note shop -->\n# HOLD');
});

test('the mark can be hidden in another way', () => {
  const hide = (mark: string) => `[//]: # (${mark})`;
  expect(noteMarker('shop', hide)).toBe('[//]: # (pace:change-note shop)');
  expect(noteBody({ gate: 'shop', markdown: 'Text.' }, 1000, hide)).toBe('[//]: # (pace:change-note shop)\nText.');
});

test.each([
  ['web-shop_2.0', 'web-shop_2.0'],
  ['a--b---c', 'a-%2Db-%2D%2Dc'],
  ['-->', '-%2D%3E'],
  ['a b', 'a%20b'],
  ["(it's) ~*!*~", '%28it%27s%29%20%7E%2A%21%2A%7E'],
  ['größe', 'gr%C3%B6%C3%9Fe'],
  ['half \ud83d', 'half%20%EF%BF%BD'],
])('the gate %j is called %s in it', (gate, name) => {
  expect(noteMarker(gate)).toBe(`<!-- pace:change-note ${name} -->`);
});

test('no name ends the mark, and two names have two marks of which neither begins the other', () => {
  const name = fc.string({ unit: fc.constantFrom('-', '>', '<', '!', ')', '(', ' ', '%', '2', 'D', 'a', '\n') });
  fc.assert(
    fc.property(name, name, (one, other) => {
      const [first, second] = [noteMarker(one), noteMarker(other)];
      expect(first.slice(4, -3)).not.toMatch(/--|[<>\n]/);
      expect(first.startsWith(second)).toBe(one === other);
    }),
  );
});

test('a note that is too long is cut behind its mark', () => {
  const body = noteBody({ gate: 'shop', markdown: 'x'.repeat(100) }, 60);
  expect([body.length, body.at(-1)]).toEqual([60, '…']);
  expect(body.startsWith(`${noteMarker('shop')}\nxxx`)).toBe(true);
  const fitting = noteBody({ gate: 'shop', markdown: 'x'.repeat(29) }, 60);
  expect([fitting.length, fitting.at(-1)]).toEqual([60, 'x']);
});
