import { expect, it } from 'vitest';
import { resolveSettings } from '../../../core/drivers/settings.ts';
import jenkins from '../../../platforms/jenkins/index.ts';

it('knows its builds, and is not taken in by a job elsewhere that starts builds here', () => {
  const jobs = [
    { JENKINS_URL: 'https://ci.example.org/', BUILD_NUMBER: '7', JOB_NAME: 'shop' },
    { JENKINS_URL: 'https://ci.example.org/' },
    { BUILD_NUMBER: '7', JOB_NAME: 'shop' },
    {},
  ];
  expect(jobs.map((env) => jenkins.detectCi(env))).toEqual([true, false, false, false]);
});

it('needs an address only; a build has it', () => {
  const { settings, missing } = resolveSettings({
    platform: jenkins,
    side: 'ci',
    env: { JENKINS_URL: 'https://ci.example.org/', JENKINS_USER: 'ann', JENKINS_API_TOKEN: 'x' },
  });
  expect([settings, missing]).toEqual([
    { url: 'https://ci.example.org/', user: 'ann', token: 'x', unstable: 'failure' },
    [],
  ]);
  expect(resolveSettings({ platform: jenkins, side: 'ci', env: {} }).missing.length).toBe(1);
});
