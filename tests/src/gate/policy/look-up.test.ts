import { expect, test } from 'vitest';
import { isOf } from '../../../../src/gate/policy/look-up.ts';

const PLACE = { repository: 'Acme/shop', url: 'https://git.example.org/host/acme/shop' };

test.each([
  'https://github.com/acme/shop',
  'https://token:x@github.com/acme/shop.git',
  'git@github.com:acme/shop.git',
  'ssh://git@host:22/ACME/Shop.git/',
  'https://git.example.org/host/acme/shop.git',
  '/srv/mirrors/whatever.git',
  'file:///srv/mirrors/whatever.git',
  '../shop.git',
])('%s is the repository of the job, or a mirror of the operator', (remote) => {
  expect(isOf(remote, PLACE)).toBe(true);
});

test.each([
  'https://github.com/stranger/shop',
  'git@github.com:stranger/shop.git',
  'https://gitlab.com/evil/acme/shop.git',
  'https://github.com/acme/shop2',
  'https://github.com/',
])('%s is another one', (remote) => {
  expect(isOf(remote, PLACE)).toBe(false);
});

test('where no repository is told, no address is it', () => {
  expect(isOf('https://github.com/', {})).toBe(false);
  expect(isOf('https://github.com/acme/shop', {})).toBe(false);
});
