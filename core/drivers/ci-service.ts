/**
 * A CI service that hosts no code: what its variables tell of the run. The package knows the services and most of their variables;
 * here is what it does not read, above all the head of a pull request where the service builds a merge.
 */
import { defined } from '../defined.ts';
import type { RunSubject } from '../ports/index.ts';
import type { World } from '../world.ts';
import { isSha } from './workflow-event.ts';

type Env = World['env'];

export interface CiService extends RunSubject {
  /** What people call it. */
  readonly name: string;
  /** The head of a pull request, else the commit that is built; absent where nothing tells. */
  readonly sha?: string;
  /** `owner/name`, where the service tells it and no address. */
  readonly repository?: string;
  /** Where the repository is cloned from. */
  readonly repositoryUrl?: string;
}

/** Whether a program runs in a job of a CI, ours or another: what is there was not put there by a person at the keyboard. */
export async function isInCi(env: Env): Promise<boolean> {
  return (
    isJobOfHost(env) || isYes(env['CI']) || MARKS.some((name) => env[name]) || (await serviceOf(env)) !== undefined
  );
}

/** Of services that neither call themselves so nor set in every job what they are told by. */
const MARKS = ['TF_BUILD', 'bamboo_buildKey'];

/** `undefined` outside of CI, in the jobs of the hosts that PACE knows by itself, and in a service that nobody knows. */
export async function ciService(env: Env): Promise<CiService | undefined> {
  if (isJobOfHost(env)) return undefined;
  const found = await serviceOf(env);
  if (found === undefined) return undefined;
  const { id, name, slug } = found;
  const more = MORE.get(id) ?? {};
  const sha = [firstOf(env, more.head), firstOf(env, more.sha), found.sha].find(isSha);
  const repositoryUrl = firstOf(env, more.url);
  const repository = repositoryUrl === undefined && !more.hasOtherSlug ? nameIn(slug) : undefined;
  return { name, ...subjectOf(env, { ...found, sha }, more), ...defined({ sha, repositoryUrl, repository }) };
}

/** Gitea's runners and those of Forgejo set the first one, too. */
function isJobOfHost(env: Env): boolean {
  return ['GITHUB_ACTIONS', 'GITLAB_CI', 'BITBUCKET_BUILD_NUMBER', 'JENKINS_URL'].some((name) => Boolean(env[name]));
}

function isYes(value: string | undefined): boolean {
  return value !== undefined && !/^(|0|false|no|off)$/i.test(value.trim());
}

interface Told {
  readonly id: string;
  readonly name: string;
  readonly sha?: string | undefined;
  readonly branch?: string | undefined;
  readonly tag?: string | undefined;
  readonly isPull?: boolean | undefined;
  readonly pull?: string | undefined;
  readonly source?: string | undefined;
  readonly slug?: string | undefined;
}

/** By these the package tells a service, beside those of our hosts. It is large, and a shell has none of them. */
const SIGNS = [
  ...['CI', 'CI_NAME', 'APPVEYOR', 'BUILD_BUILDURI', 'bamboo_agentId', 'BITRISE_IO', 'BUDDY_WORKSPACE_ID', 'BUILDKITE'],
  ...['CIRCLECI', 'CIRRUS_CI', 'CF_PAGES', 'CODEBUILD_BUILD_ID', 'CF_BUILD_ID', 'DRONE', 'JB_SPACE_EXECUTION_NUMBER'],
  ...[
    'NETLIFY',
    'DISTELLI_APPNAME',
    'SAILCI',
    'SCREWDRIVER',
    'SCRUTINIZER',
    'SEMAPHORE',
    'SHIPPABLE',
    'TEAMCITY_VERSION',
  ],
  ...['TRAVIS', 'VELA', 'VERCEL', 'NOW_GITHUB_DEPLOYMENT', 'WERCKER_MAIN_PIPELINE_STARTED'],
];

/** No folder is called so: the package looks at a checkout where variables tell too little, and PACE does that by itself. */
const NO_FOLDER = '\0';

async function serviceOf(env: Env): Promise<Told | undefined> {
  if (!SIGNS.some((name) => env[name])) return undefined;
  const { default: envCi } = await import('env-ci');
  try {
    const {
      service: id,
      name = '',
      commit: sha,
      branch,
      tag,
      isPr,
      pr,
      prBranch,
      slug,
    } = envCi({ env, cwd: NO_FOLDER });
    if (id === undefined) return undefined;
    return { id, name, sha, branch, tag, isPull: isPr, pull: pr, source: prBranch, slug };
  } catch {
    // it takes some variables for granted
    return { id: '', name: 'a CI service' };
  }
}

/** Names of variables, the first that has a value counts. */
interface More {
  /** The head commit of a pull request. */
  readonly head?: readonly string[];
  readonly sha?: readonly string[];
  /** The number of a pull request, at the end of the value. */
  readonly pull?: readonly string[];
  readonly source?: readonly string[];
  readonly target?: readonly string[];
  readonly branch?: readonly string[];
  readonly url?: readonly string[];
  /** What the package calls the repository is something else. */
  readonly hasOtherSlug?: boolean;
}

const MORE = new Map<string, More>(
  Object.entries({
    // https://www.appveyor.com/docs/environment-variables/
    appveyor: { head: ['APPVEYOR_PULL_REQUEST_HEAD_COMMIT'] },
    // https://learn.microsoft.com/en-us/azure/devops/pipelines/build/variables
    azurePipelines: {
      head: ['SYSTEM_PULLREQUEST_SOURCECOMMITID'],
      // of a repository on GitHub the other number is one of Azure's own
      pull: ['SYSTEM_PULLREQUEST_PULLREQUESTNUMBER'],
      url: ['BUILD_REPOSITORY_URI'],
    },
    // https://confluence.atlassian.com/bamboo/bamboo-variables-289277087.html
    bamboo: {
      pull: ['bamboo_repository_pr_key'],
      source: ['bamboo_repository_pr_sourceBranch'],
      target: ['bamboo_repository_pr_targetBranch'],
      url: ['bamboo_planRepository_1_repositoryUrl'],
    },
    // https://docs.bitrise.io/en/bitrise-ci/references/available-environment-variables.html
    bitrise: { url: ['GIT_REPOSITORY_URL'], hasOtherSlug: true },
    // https://buddy.works/docs/pipelines/environment-variables
    buddy: {
      source: ['BUDDY_EXECUTION_PULL_REQUEST_HEAD_BRANCH'],
      target: ['BUDDY_EXECUTION_PULL_REQUEST_BASE_BRANCH'],
      url: ['BUDDY_SCM_URL'],
    },
    // https://buildkite.com/docs/pipelines/configure/environment-variables
    buildkite: { url: ['BUILDKITE_REPO'] },
    // https://circleci.com/docs/variables/
    circleci: { url: ['CIRCLE_REPOSITORY_URL'] },
    // https://cirrus-ci.org/guide/writing-tasks/#environment-variables
    cirrus: { url: ['CIRRUS_REPO_CLONE_URL'] },
    // https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-env-vars.html
    codebuild: {
      sha: ['CODEBUILD_RESOLVED_SOURCE_VERSION'],
      pull: ['CODEBUILD_WEBHOOK_TRIGGER', 'CODEBUILD_SOURCE_VERSION'],
      source: ['CODEBUILD_WEBHOOK_HEAD_REF'],
      target: ['CODEBUILD_WEBHOOK_BASE_REF'],
      branch: ['CODEBUILD_WEBHOOK_HEAD_REF'],
      url: ['CODEBUILD_SOURCE_REPO_URL'],
    },
    // https://docs.drone.io/pipeline/environment/reference/
    drone: { url: ['DRONE_GIT_HTTP_URL', 'DRONE_REMOTE_URL'] },
    // https://docs.netlify.com/build/configure-builds/environment-variables/
    netlify: { url: ['REPOSITORY_URL'] },
    puppet: { hasOtherSlug: true },
    // https://docs.screwdriver.cd/user-guide/environment-variables
    screwdriver: { url: ['SCM_URL'] },
    // https://docs.semaphoreci.com/reference/env-vars
    semaphore: { head: ['SEMAPHORE_GIT_PR_SHA'], url: ['SEMAPHORE_GIT_URL'] },
    // https://www.jetbrains.com/help/teamcity/predefined-build-parameters.html
    teamcity: { hasOtherSlug: true },
    // https://docs.travis-ci.com/user/environment-variables/
    travis: { head: ['TRAVIS_PULL_REQUEST_SHA'] },
    // https://go-vela.github.io/docs/reference/environment/variables/
    vela: { url: ['VELA_REPO_CLONE'] },
    // https://vercel.com/docs/environment-variables/system-environment-variables
    vercel: { pull: ['VERCEL_GIT_PULL_REQUEST_ID'], source: ['VERCEL_GIT_COMMIT_REF'] },
    // https://woodpecker-ci.org/docs/usage/environment
    woodpecker: {
      pull: ['CI_COMMIT_PULL_REQUEST'],
      source: ['CI_COMMIT_SOURCE_BRANCH'],
      target: ['CI_COMMIT_TARGET_BRANCH'],
      url: ['CI_REPO_CLONE_URL', 'CI_REPO_URL'],
    },
  }),
);

/** What is told of a pull request stands for a change, with or without its number. */
function subjectOf(env: Env, told: Told, more: More): RunSubject {
  const branch = firstOf(env, more.branch) ?? told.branch ?? '';
  const numbers = [
    ...[...valuesOf(env, more.pull), told.pull ?? ''].map((text) => NUMBER.exec(text)?.[1]),
    PULL.exec(branch)?.[1],
  ];
  const id = numbers.find((number) => number !== undefined) ?? (told.isPull ? told.sha?.slice(0, 12) : undefined);
  if (id === undefined) return defined({ branch: told.tag ? undefined : branchIn(branch) });
  const source = branchIn(firstOf(env, more.source) ?? told.source) ?? '';
  const target = branchIn(firstOf(env, more.target) ?? told.branch) ?? '';
  return { change: { id, source, target: target === source ? '' : target, labels: [] } };
}

/** `12`, `pr/12`, `pull/12`. */
const NUMBER = /^(?:[a-z-]+\/)?([1-9]\d{0,11})$/;

/** What a pull or merge request is called in place of a branch. */
const PULL = /^(?:refs\/)?(?:pull|pull-requests|merge-requests)\/([1-9]\d{0,11})(?:\/\w+)?$/;

/** Tags have none, and what stands for a pull request or for the default branch is the name of none. */
function branchIn(ref: string | undefined): string | undefined {
  const branch = ref?.replace(/^refs\/heads\//, '');
  return branch === undefined || /^(refs\/.*|<default>|)$/.test(branch) || PULL.test(branch) ? undefined : branch;
}

/** The package joins owner and name, also where they are not set. */
function nameIn(slug: string | undefined): string | undefined {
  const parts = slug?.split('/') ?? [];
  const isName = parts.length > 1 && parts.every((part) => /^[\w.-]+$/.test(part) && part !== 'undefined');
  return isName ? slug : undefined;
}

function firstOf(env: Env, names: readonly string[] | undefined): string | undefined {
  return valuesOf(env, names)[0];
}

function valuesOf(env: Env, names: readonly string[] = []): string[] {
  return names.flatMap((name) => env[name] || []);
}
