/** The lines under what sync copies are known again, whatever the address of the origin is. */
import { expect, test } from 'vitest';
import {
  copiedFrom,
  copyLine,
  filesLine,
  filesOrigin,
  joinBody,
  splitBody,
  stepLine,
  stepOrigin,
  tellsOf,
} from '../../../src/sync/footers.ts';

const PLACES = [
  { name: 'octo-org/octo-repo#12', url: 'https://example.org/octo-org/octo-repo/issues/12' },
  { name: '.pace/pace.db#1', url: '.pace/pace.db#1' },
  { name: 'PACE-1', url: 'beads:pace_demo-1' },
  { name: 'A#1', url: 'fp:A[1]_*b*' },
];

test.each(PLACES)('a line tells the origin $url', (place) => {
  const body = joinBody({ shared: 'Above', own: `${stepLine(place)}\n\nBelow` });
  expect([stepOrigin(body), splitBody(body)]).toEqual([
    place.url,
    { shared: 'Above', own: `${stepLine(place)}\n\nBelow` },
  ]);
  expect(filesOrigin(`- [a](b)\n\n${filesLine(place, ['10023', 'a_b.c/d'])}`)).toBe(place.url);
  const list = `- [a](b)\n\n${filesLine(place, ['10023', 'a_b.c/d'])}`;
  expect([tellsOf(list, '10023'), tellsOf(list, 'a_b.c/d'), tellsOf(list, '1002')]).toEqual([true, true, false]);
  // as an older PACE has written it
  expect(filesOrigin(list.replace(/, files .*\./, '.'))).toBe(place.url);
  expect(copiedFrom(`Text\n\n${copyLine('Ann', place, '4567')}`)).toEqual({ id: '4567', url: place.url });
});

test('an address that no browser opens is no link: a tracker would make something else of it', () => {
  expect(PLACES.map((place) => stepLine(place).includes(']('))).toEqual([true, false, false, false]);
});

test.each([
  'In step with what we said. What stands below',
  'In step with. What stands below this line stays here.',
  ' In step with a. What stands below this line stays here.',
])('a sentence of a person is none: %s', (line) => {
  expect(stepOrigin(`Text\n\n${line}`)).toBeUndefined();
});
