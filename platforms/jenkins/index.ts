import type { Platform } from '../../core/ports/index.ts';

/** Jenkins runs CI; it hosts no code and tracks no issues. https://www.jenkins.io/doc/book/using/remote-access-api/ */
export default {
  name: 'jenkins',
  title: 'Jenkins',
  needs: [
    {
      key: 'url',
      env: ['JENKINS_URL'],
      why: 'the web address of the server, with the path that it may be under; a job has it',
      for: 'ci',
      required: true,
      example: 'https://jenkins.example.org',
      server: true,
    },
    {
      key: 'user',
      env: ['PACE_JENKINS_USER', 'JENKINS_USER', 'JENKINS_USER_ID'],
      why: 'the id of the user whose token it is',
      for: 'ci',
      required: false,
      example: 'pace',
    },
    {
      key: 'token',
      env: ['PACE_JENKINS_TOKEN', 'JENKINS_TOKEN', 'JENKINS_API_TOKEN'],
      why: 'an API token of that user; needed where anonymous people may not read, and to describe the build',
      scope: 'Overall/Read, Job/Read, Run/Update',
      for: 'ci',
      required: false,
      secret: true,
    },
    {
      key: 'jobs',
      env: ['PACE_JENKINS_JOBS', 'JENKINS_JOB_NAME'],
      why: 'the jobs and folders whose builds count, by full name, with commas between them; else the folder of the job that PACE runs in',
      for: 'ci',
      required: false,
      example: 'acme/shop, acme/tools/lint',
    },
    {
      key: 'unstable',
      env: ['PACE_JENKINS_UNSTABLE'],
      why: 'what an unstable build is: `failure`, `neutral` or `success`',
      for: 'ci',
      required: false,
      default: 'failure',
      example: 'neutral',
    },
    {
      key: 'remote',
      env: ['PACE_JENKINS_REMOTE'],
      why: 'the address of the repository, where builds check out others too: only what they checked out of this one counts',
      for: 'ci',
      required: false,
      example: 'https://git.example.org/acme/shop.git',
    },
  ],
  // other systems know a Jenkins by its address too, to start builds there
  detectCi: (env) => Boolean(env['JENKINS_URL'] && env['BUILD_NUMBER'] && env['JOB_NAME']),
  subjectOfJob: async (world) => (await import('./job.ts')).subjectOfJob(world),
  pushRemedy:
    'Please let git push from the workspace: the Git plugin’s `withCredentials([gitUsernamePassword(credentialsId: …)])` around the step, with an account that may write to the repository.',
  createHost: async (world, settings) => (await import('./host.ts')).createHost(world, settings),
} satisfies Platform;
