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
