import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { resolveSettings } from '../../../core/drivers/settings.ts';
import { withUnexpectedAnswers } from '../../../core/http/unexpected-answer.ts';
import { createHost } from '../../../platforms/jenkins/host.ts';
import jenkins from '../../../platforms/jenkins/index.ts';
import type { JenkinsServer } from '../../support/jenkins.ts';
import { testWorld } from '../../support/world.ts';

/** What a person's shell has set for this server. */
export function shellEnv({ url, user, token }: JenkinsServer): Record<string, string> {
  return { JENKINS_URL: url, PACE_JENKINS_USER: user, PACE_JENKINS_TOKEN: token };
}

/** What Jenkins sets in a build. https://www.jenkins.io/doc/book/pipeline/jenkinsfile/#using-environment-variables */
export function buildEnv(server: JenkinsServer, job: string, number: number): Record<string, string> {
  const path = job
    .split('/')
    .map((part) => `job/${encodeURIComponent(part)}/`)
    .join('');
  return {
    ...shellEnv(server),
    JENKINS_URL: `${server.url}/`,
    JOB_NAME: job,
    BUILD_NUMBER: String(number),
    BUILD_URL: `${server.url}/${path}${number}/`,
  };
}

const folders: string[] = [];

afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'pace-jenkins-'));
  folders.push(folder);
  return folder;
}

export async function hostIn(env: Record<string, string>, cwd?: string) {
  const world = testWorld({ env, cwd: cwd ?? (await newFolder()), start: Date.now() });
  const { settings, missing } = resolveSettings({ platform: jenkins, side: 'ci', env });
  if (missing.length > 0) throw missing[0];
  return { world, host: withUnexpectedAnswers(createHost(world, settings), 'Jenkins') };
}
