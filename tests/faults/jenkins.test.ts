import { type JenkinsServer, startJenkins } from '../support/jenkins.ts';
import { faultSuite, type Stage, type Step } from './scenario.ts';
import { ciSteps } from './steps.ts';

const SHA = 'beef'.repeat(10);
const JOB = 'acme/gate';

function shellEnv({ url, user, token }: JenkinsServer): Record<string, string> {
  return { JENKINS_URL: url, PACE_JENKINS_USER: user, PACE_JENKINS_TOKEN: token, PACE_JENKINS_JOBS: 'acme' };
}

async function startStage(): Promise<Stage> {
  const server = await startJenkins();
  server.addBuild({ job: 'acme/test', sha: SHA, result: 'FAILURE' });
  server.addBuild({ job: 'acme/lint', sha: SHA, result: 'SUCCESS' });
  // so far back that a second request is needed
  for (let count = 0; count < 25; count += 1)
    server.addBuild({ job: 'acme/lint', sha: 'cafe'.repeat(10), result: 'SUCCESS' });
  server.addBuild({ job: JOB, sha: SHA });
  return {
    origin: server.origin,
    sha: SHA,
    env: shellEnv(server),
    trouble: server.trouble,
    seen: async () => ({ description: server.build(JOB, 1)?.description }),
    close: server.close,
  };
}

const waits = ciSteps.filter(({ name }) => name === 'waitForCommitCi');
const inBuild = { JOB_NAME: JOB, BUILD_NUMBER: '1' };

const describeStep: Step = {
  name: 'postDailySummary',
  env: inBuild,
  act: async ({ ci }) => {
    await ci.postDailySummary({ day: 3, report: { decision: 'SHIP' } });
    return ci.faults.length === 0;
  },
  instead: false,
};

faultSuite({
  platform: 'jenkins',
  startStage,
  steps: [...waits.map((step) => ({ ...step, env: inBuild })), describeStep],
  permission: /(Job\/Read|Run\/Update)/,
});
