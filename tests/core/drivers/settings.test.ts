import { expect, it } from 'vitest';
import { resolveSettings } from '../../../core/drivers/settings.ts';
import type { Platform } from '../../../core/ports/index.ts';

const forge: Platform = {
  name: 'forge',
  title: 'Forge',
  needs: [
    {
      key: 'token',
      env: ['FORGE_TOKEN'],
      envInJob: ['GITHUB_TOKEN'],
      why: 'a token',
      for: 'both',
      required: true,
      secret: true,
    },
  ],
  detectCi: (env) => env['FORGE_CI'] === 'true',
};

function resolved(env: Record<string, string>) {
  const { settings, missing } = resolveSettings({ platform: forge, side: 'ci', env });
  return { settings, missing: missing.length };
}

it('takes a variable that others use too only in a job of the platform itself', () => {
  expect(resolved({ GITHUB_TOKEN: 'of-github' })).toEqual({ settings: {}, missing: 1 });
  expect(resolved({ FORGE_CI: 'true', GITHUB_TOKEN: 'of-the-job' })).toEqual({
    settings: { token: 'of-the-job' },
    missing: 0,
  });
});

it('prefers the variable that is meant for it', () => {
  const env = { FORGE_CI: 'true', GITHUB_TOKEN: 'of-the-job', FORGE_TOKEN: 'of-a-person' };
  expect(resolved(env)).toEqual({ settings: { token: 'of-a-person' }, missing: 0 });
});

/** With two addresses of one server, of which one follows from the other. */
const host: Platform = {
  name: 'host',
  title: 'Host',
  needs: [
    { key: 'token', env: ['HOST_TOKEN'], why: 'a token', for: 'both', required: true, secret: true },
    {
      key: 'job_token',
      env: ['HOST_JOB_TOKEN'],
      why: 'a token',
      for: 'both',
      required: false,
      secret: true,
      ofJob: true,
    },
    {
      key: 'url',
      env: ['HOST_URL'],
      why: 'x',
      for: 'both',
      required: false,
      default: 'https://host.test',
      server: true,
    },
    { key: 'api', env: ['HOST_API'], why: 'x', for: 'both', required: false, server: true, follows: 'url' },
  ],
};
const TOKEN = { HOST_TOKEN: 'secret' };

function opened(given: Omit<Parameters<typeof resolveSettings>[0], 'platform' | 'side'> & { platform?: Platform }) {
  const { settings, missing, withheld } = resolveSettings({ platform: host, side: 'tracker', ...given });
  return { settings, missing: missing.map(({ message }) => message), withheld: withheld.map(({ message }) => message) };
}

it('gives the token to the server of the section, of the environment, or to the public one', () => {
  for (const [section, env] of [
    [{ url: 'https://own.test' }, {}],
    [{}, { HOST_URL: 'https://own.test' }],
    [{}, {}],
  ] as const) {
    expect(opened({ section, env: { ...TOKEN, ...env } }).settings).toMatchObject({ token: 'secret' });
  }
});

it('does not give it to another server that was asked for, and says whose it is', () => {
  const words = 'Host at https://host.test was not sent the token in HOST_TOKEN: it belongs to https://own.test.';
  const asked = { url: 'https://host.test' };
  const given = { section: { url: 'https://own.test' }, asked, env: TOKEN };
  expect(opened(given)).toEqual({ settings: { url: 'https://host.test' }, missing: [words], withheld: [words] });
  expect(opened({ ...given, section: { ...given.section, token: 'of-the-section' } }).withheld).toEqual([
    'Host at https://host.test was not sent the token in `token` of its section: it belongs to https://own.test.',
  ]);
  expect(opened({ ...given, platform: { ...host, readsWithoutToken: true } })).toMatchObject({
    missing: [],
    withheld: [words],
  });
});

it('withholds no secret that this side has no use for', () => {
  const needs = host.needs.map((need) => (need.key === 'token' ? { ...need, for: 'ci' as const } : need));
  const asked = { url: 'https://host.test' };
  const given = { section: { url: 'https://own.test' }, asked, env: TOKEN, platform: { ...host, needs } };
  expect(opened(given)).toEqual({ settings: { url: 'https://host.test' }, missing: [], withheld: [] });
});

it('does not ask for a token where an address leads to what is public', () => {
  const platform = { ...host, readsWithoutToken: true };
  expect(opened({ platform, env: {}, isByAddress: true })).toMatchObject({
    missing: [],
    withheld: [expect.stringContaining('HOST_TOKEN')],
  });
  expect(opened({ platform, env: {} }).missing).toHaveLength(1);
  expect(opened({ env: {}, isByAddress: true }).missing).toHaveLength(1);
});

it('takes no address of the environment beside one of the file that it follows from', () => {
  const env = { ...TOKEN, HOST_API: 'https://api.host.test', HOST_URL: 'https://host.test' };
  expect(opened({ section: { url: 'https://own.test' }, env }).settings).toEqual({ token: 'secret', url: 'https://own.test' }); // biome-ignore format: one thought
  expect(opened({ section: { api: 'https://own.test/api' }, env }).settings['api']).toBe('https://own.test/api');
});

it('knows an API as its server’s, by its name alone', () => {
  const home = [{ url: 'https://host.test' }];
  const at = (api: string) => opened({ section: {}, homes: home, env: { ...TOKEN, HOST_API: api } }).settings['token'];
  expect(at('https://api.host.test/v3')).toBe('secret');
  expect(at('https://host.test/api/v3')).toBe('secret');
  expect(at('http://host.test/api/v3')).toBeUndefined();
  expect(at('https://host.test:8443/api/v3')).toBeUndefined();
  expect(at('https://evil.test')).toBeUndefined();
});

it('keeps a job’s own token for the server of the job, without a word', () => {
  const env = { HOST_URL: 'https://host.test', HOST_JOB_TOKEN: 'of-the-job', ...TOKEN };
  expect(opened({ env }).settings).toMatchObject({ job_token: 'of-the-job' });
  const own = opened({ section: { url: 'https://own.test' }, env });
  expect(own).toEqual({ settings: { token: 'secret', url: 'https://own.test' }, missing: [], withheld: [] });
});
