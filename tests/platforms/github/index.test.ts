import { describe, expect, test } from 'vitest';
import type { Settings } from '../../../core/ports/index.ts';
import platform from '../../../platforms/github/index.ts';

const PLACE = { repository: 'octo-org/octo.repo', issues_repository: 'octo-org/octo.repo' };

function read(address: string, configured?: Settings) {
  return platform.readIssueUrl(new URL(address), configured);
}

describe('the address of an issue', () => {
  test.each([
    'https://github.com/octo-org/octo.repo/issues/12',
    'https://github.com/octo-org/octo.repo/issues/12/',
    'https://github.com/octo-org/octo.repo/issues/12?tab=x#issuecomment-1',
    'https://github.com/octo-org/octo.repo/pull/12/files',
  ])('%s', (address) => {
    expect(read(address)).toEqual({ key: '12', settings: { ...PLACE, server_url: 'https://github.com' } });
    expect(read(address, { server_url: 'https://github.com' })).toEqual({ key: '12', settings: PLACE });
  });

  test('on a server with data residency, and on one that is configured', () => {
    const tenant = 'https://octo.ghe.com/octo-org/octo.repo/issues/3';
    expect(read(tenant)).toEqual({ key: '3', settings: { ...PLACE, server_url: 'https://octo.ghe.com' } });
    const own = 'http://127.0.0.1:8080/octo-org/octo.repo/issues/3';
    expect(read(own, { server_url: 'http://127.0.0.1:8080/' })).toEqual({ key: '3', settings: PLACE });
  });

  test.each([
    'https://github.com/octo-org/octo.repo/issues',
    'https://github.com/octo-org/octo.repo/issues/0',
    'https://github.com/octo-org/octo.repo/issues/12x',
    'https://github.com/octo-org/octo.repo/discussions/12',
    'https://github.com/issues/12',
    'https://gitlab.com/octo-org/octo.repo/-/issues/12',
    'https://github.com.example.org/octo-org/octo.repo/issues/12',
    'https://git.example.org/octo-org/octo.repo/issues/12',
  ])('is not %s', (address) => {
    expect(read(address)).toBeUndefined();
  });

  test('on another server than the configured one is none: the token is not for it', () => {
    const address = 'https://github.com/octo-org/octo.repo/issues/12';
    expect(read(address, { server_url: 'https://github.example.org' })).toBeUndefined();
  });
});

test('a project is a repository, also where issues live in another one', () => {
  expect(platform.projectSettings('octo-org/octo.repo')).toEqual(PLACE);
});

test('a push that is refused says that the checkout has to keep its credentials, and for what', () => {
  expect(platform.pushRemedy).toMatch(/`state\.persist: branch`.*only then.*`persist-credentials: true`/);
});
