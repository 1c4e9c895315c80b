/** Moments to the minute. */
import { expect, test } from 'vitest';
import { dateAndMinute, minute } from '../../../core/text/minute.ts';

test.each([
  ['2026-06-07T12:40:59.999Z', '2026-06-07 12:40'],
  ['1969-12-31T23:59:00.000Z', '1969-12-31 23:59'],
  ['+012345-06-07T08:09:10.000Z', '+012345-06-07 08:09'],
])('%s is %s, of a far year too', (time, words) => {
  expect([dateAndMinute(Date.parse(time)), minute(Date.parse(time))]).toEqual([words, `${words} UTC`]);
});
