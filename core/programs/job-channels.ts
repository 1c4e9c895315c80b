/**
 * The ways by which a step of a job speaks in the job's name: files that later steps and jobs read, services of the runner, and what
 * proves to others which job this is. A command that is judged gets none of them, and no configuration can hand one on.
 */

interface Channels {
  readonly names: RegExp;
  /** Elsewhere the name is in everybody's use: it is a channel only where this variable is set. */
  readonly where?: string;
}

const CHANNELS: readonly Channels[] = [
  // https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands; Gitea and Forgejo have them by all three names
  { names: /^(?:GITHUB|GITEA|FORGEJO)_(?:OUTPUT|ENV|PATH|STATE|STEP_SUMMARY)$/i },
  // https://docs.github.com/en/actions/reference/security/oidc; artifacts and caches of the run have addresses and a token of their own
  { names: /^ACTIONS_(?:RUNTIME_|RESULTS_|CACHE_|ID_TOKEN_REQUEST_)/i },
  // https://buildkite.com/docs/agent/v3/cli-env, https://buildkite.com/docs/apis/agent-api/internal-job
  { names: /^BUILDKITE_(?:ENV_FILE|ENV_JSON_FILE|AGENT_ACCESS_TOKEN|AGENT_JOB_API_(?:SOCKET|TOKEN))$/i },
  // https://support.atlassian.com/bitbucket-cloud/docs/variables-and-secrets/#Output-variables
  { names: /^BITBUCKET_PIPELINES_VARIABLES_PATH$/i },
  // https://circleci.com/docs/set-environment-variable/: every later step begins with it
  { names: /^BASH_ENV$/, where: 'CIRCLECI' },
  // https://docs.drone.io, https://developer.harness.io/docs/continuous-integration/use-ci/run-step-settings
  { names: /^(?:DRONE_(?:OUTPUT|ENV|CARD_PATH)|HARNESS_OUTPUT_SECRET_FILE)$/i },
  // https://go-vela.github.io/docs/usage/tutorials/outputs
  { names: /^VELA_(?:BASE64_)?(?:MASKED_)?OUTPUTS$/i },
  // https://www.appveyor.com/docs/build-worker-api: tests, messages and variables of the build
  { names: /^APPVEYOR_API_URL$/i },
  // https://cloud.google.com/build/docs/build-config-file-schema: what a step leaves there stands in the build's results
  { names: /^BUILDER_OUTPUT$/i },
  // https://github.com/bitrise-io/envman, https://docs.codemagic.io/yaml-basic-configuration/configuring-environment-variables,
  // https://cirrus-ci.org/guide/tips-and-tricks, https://docs.appcircle.io/environment-variables
  { names: /^(?:ENVMAN_ENVSTORE_PATH|CM_ENV|CIRRUS_ENV|AC_ENV_FILE_PATH)$/i },
  // https://www.jetbrains.com/help/teamcity/predefined-build-parameters.html: the file holds the build's own login
  { names: /^TEAMCITY_BUILD_PROPERTIES_FILE$/i },
  // https://docs.screwdriver.cd/user-guide/metadata
  { names: /^SD_META_(?:PATH|DIR)$/i },
  // https://docs.dagger.io: the engine that runs the pipeline
  { names: /^DAGGER_SESSION_(?:PORT|TOKEN)$/i },
  // https://learn.microsoft.com/azure/devops/pipelines/build/variables: logins of the job's service connections
  { names: /^(?:ENDPOINT_AUTH|SECUREFILE_TICKET)_/i },
];

/** Whether a variable of this name is one, in a job whose environment is this. */
export function isJobChannel(name: string, env: Readonly<Record<string, string | undefined>>): boolean {
  return CHANNELS.some(({ names, where }) => names.test(name) && (where === undefined || Boolean(env[where])));
}

/** Whether it is one in any job: what a configuration may not hand on. */
export function canBeJobChannel(name: string): boolean {
  return CHANNELS.some(({ names, where }) => where === undefined && names.test(name));
}
