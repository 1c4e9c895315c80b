import { expect, test } from 'vitest';
import { hostedHome, hostedOrigin } from '../../../core/hosted/address.ts';

test.each([
  ['https://tracker.example.org', 'https://tracker.example.org'],
  [' https://Tracker.example.org:8443/ ', 'https://tracker.example.org:8443'],
  ['http://127.0.0.1:8765', 'http://127.0.0.1:8765'],
  ['http://localhost:1/', 'http://localhost:1'],
  ['http://[::1]:9', 'http://[::1]:9'],
])('%s is the origin %s', (address, origin) => {
  expect(hostedOrigin(address)).toBe(origin);
});

test.each([
  ['http://tracker.example.org', /not https/],
  ['http://127.0.0.1.example.org', /not https/],
  ['http://localhost.example.org', /not https/],
  ['ftp://tracker.example.org', /not a web address/],
  ['tracker.example.org', /not a web address/],
  ['https://tracker.example.org/under/a/path', /at the root/],
  ['https://tracker.example.org/?x=1', /at the root/],
])('%s is refused', (address, words) => {
  expect(() => hostedOrigin(address)).toThrow(words);
});

test('a password in an address is not repeated', () => {
  expect(() => hostedOrigin('https://ann:hunter2@tracker.example.org')).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining('hunter2') }),
  );
});

test('credentials are in the home folder, or where the environment says', () => {
  expect(hostedHome({ HOME: '/home/ann' })).toBe('/home/ann/.spec-kitty');
  expect(hostedHome({ HOME: '/home/ann', SPEC_KITTY_HOME: '/state' })).toBe('/state');
  expect(() => hostedHome({})).toThrow(/home folder/);
});
