/** Jenkins as a code host: it runs the checks. The code is that of the checkout; change requests are files. */
import { join } from 'node:path';
import { checkoutName, checkoutRepository } from '../../core/drivers/checkout.ts';
import { JENKINS_SUMMARY_FILE } from '../../core/drivers/summary-file.ts';
import { writtenReviews } from '../../core/drivers/written-reviews.ts';
import type { CodeHost, Settings } from '../../core/ports/index.ts';
import { cut } from '../../core/text/untrusted-text.ts';
import type { World } from '../../core/world.ts';
import { connect } from './api.ts';
import { createChecks } from './checks.ts';
import { currentBuild, judgedCommit, repositoryOfBuild } from './job.ts';
import { buildId, pathOf } from './wire.ts';

const DESCRIPTION_LIMIT = 500;

/** Makes no request yet. */
export function createHost(world: World, settings: Settings): CodeHost {
  const { env, cwd } = world;
  const api = connect(world, settings);
  const own = currentBuild(env);
  return {
    platform: 'jenkins',
    repositoryName: () => checkoutName(world),
    repository: () => checkoutRepository(world),
    repositoryOfJob: async () => repositoryOfBuild(env),
    ...writtenReviews(world),
    listChecks: createChecks(world, api, settings),
    ownCheck: async () => own && { id: buildId(own.job, own.number) },
    judgedCommit: () => judgedCommit(world),
    // folders and the server itself can set variables for their jobs; nothing can write them from outside
    getVariable: async (name) => (Object.hasOwn(env, name) && env[name]) || undefined,
    jobUrl: () => (own && env['BUILD_URL']) || undefined,
    jobSummary: () => ({ path: join(cwd, JENKINS_SUMMARY_FILE), append: false, maxBytes: 64 * 1024 * 1024 }),
    ...(own && api.hasToken
      ? {
          describeRun: (line: string) =>
            api.submit('describeRun', `${pathOf(own.job)}/${encodeURIComponent(own.number)}/submitDescription`, {
              description: withoutTags(cut(line, DESCRIPTION_LIMIT)),
            }),
        }
      : {}),
    diagnose: async (needs) => (await import('./doctor.ts')).diagnoseHost(world, api, settings, needs),
  };
}

/** What formats a description is a setting of the server: some show entities as they are, others obey tags. */
function withoutTags(line: string): string {
  return line.replaceAll('<', '‹').replaceAll('>', '›');
}
