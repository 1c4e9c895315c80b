import { execFileSync } from 'node:child_process';
import { dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { World } from '../../../core/world.ts';
import { parseYaml } from '../../../core/yaml/yaml-file.ts';
import { platforms } from '../../../platforms/index.ts';
import { withBuiltRepository } from '../../../src/config/built-repository.ts';
import { checkConfig } from '../../../src/config/load.ts';
import { testWorld } from '../../support/world.ts';
import { checkout } from '../gate/parts.support.ts';

const TRAVIS = { TRAVIS: 'true', TRAVIS_REPO_SLUG: 'octo-org/shop' };
const circle = (url: string) => ({ CIRCLECI: 'true', CIRCLE_REPOSITORY_URL: url });

type Name = keyof typeof platforms;

async function sections(
  ci: Name,
  env: World['env'],
  given: Record<string, Record<string, string>> = {},
  tracker: Name = ci,
) {
  const [host, issues] = await Promise.all([platforms[ci](), platforms[tracker]()]);
  return withBuiltRepository(
    testWorld({ env }),
    { ci: host.default, tracker: issues.default, because: '', problems: [] },
    given,
  );
}

describe('the repository that a CI service builds', () => {
  test('is that of the host where nothing else tells one', async () => {
    expect(await sections('github', TRAVIS)).toEqual({ github: { repository: 'octo-org/shop' } });
    expect(await sections('github', circle('git@github.com:octo-org/shop.git'))).toEqual({
      github: { repository: 'octo-org/shop' },
    });
    expect(await sections('gitlab', circle('https://gitlab.com/octo/sub/shop.git'))).toEqual({
      gitlab: { project: 'octo/sub/shop' },
    });
    expect(await sections('github', TRAVIS, { github: { token: 'x' } })).toEqual({
      github: { token: 'x', repository: 'octo-org/shop' },
    });
  });

  test('is not where file or variables tell one, and in no shell', async () => {
    const given = { github: { repository: 'octo-org/other' } };
    expect(await sections('github', TRAVIS, given)).toBe(given);
    const none = {};
    expect(await sections('github', { ...TRAVIS, GITHUB_REPOSITORY: 'octo-org/other' }, none)).toBe(none);
    expect(await sections('github', {}, none)).toBe(none);
    expect(await sections('local', TRAVIS, none)).toBe(none);
    expect(await sections('local', TRAVIS, none, 'jira')).toBe(none);
  });

  test('is none of this host where it lies on another server', async () => {
    expect(await sections('github', circle('https://gitlab.com/octo/shop.git'))).toEqual({ github: {} });
    expect(await sections('github', circle('/srv/git/shop.git'))).toEqual({ github: {} });
    expect(await sections('github', { CIRCLECI: 'true' })).toEqual({ github: {} });
  });

  test('may lie on a server of one’s own, which the settings name', async () => {
    const ours = circle('https://git.example.org/octo/shop.git');
    expect(await sections('github', { ...ours, GITHUB_SERVER_URL: 'https://git.example.org' })).toEqual({
      github: { repository: 'octo/shop' },
    });
    expect(await sections('gitlab', ours, { gitlab: { url: 'https://git.example.org' } })).toEqual({
      gitlab: { url: 'https://git.example.org', project: 'octo/shop' },
    });
  });

  test('serves a tracker, too, that is a host of code, and asks nothing of the one that has all', async () => {
    const env = { ...TRAVIS, GITLAB_PROJECT: 'octo/other' };
    expect(await sections('gitlab', env, {}, 'github')).toEqual({ github: { repository: 'octo-org/shop' } });
  });
});

test('a configuration is read with it, and the host is found by its address where there is no remote', async () => {
  const cwd = checkout({ a: '' });
  execFileSync('git', ['init', '--quiet'], { cwd });
  const env = {
    PATH: process.env['PATH'],
    GIT_CEILING_DIRECTORIES: dirname(cwd),
    ...circle('https://github.com/octo-org/shop.git'),
    GITHUB_TOKEN: 'x',
  };
  const { sides, sections: read } = await checkConfig(testWorld({ cwd, env }), parseYaml('pace.config.yaml', '{}'));
  expect([sides.ci.name, read['github']]).toEqual(['github', { repository: 'octo-org/shop' }]);
  expect(sides.because).toContain('found by the git remote at github.com');
});
