/** Every vendor's tracker on 127.0.0.1, started alike: the variables that lead to it, and what was asked of it. */
import { shellEnv as clickupEnv } from '../platforms/clickup/bench.ts';
import { shellEnv as giteaEnv } from '../platforms/gitea/bench.ts';
import { shellEnv as gitlabEnv } from '../platforms/gitlab/bench.ts';
import { startAsana } from './asana.ts';
import { startClickUp } from './clickup.ts';
import { startGitea } from './gitea.ts';
import { startGitHub } from './github.ts';
import { startGitLab } from './gitlab.ts';
import { isWrite, type JiraOptions, startJira } from './jira.ts';
import { startLinear } from './linear.ts';
import type { Asked, Loopback } from './loopback.ts';
import { startMonday } from './monday.ts';

export interface TrackerServer extends Pick<Loopback, 'exchanges' | 'trouble'> {
  /** What `--backend` takes. */
  readonly platform: string;
  readonly env: Readonly<Record<string, string>>;
  /** Somebody who can be given an issue. */
  readonly person: string;
  isWrite(asked: Asked): boolean;
  close(): Promise<void>;
}

const isRestWrite = ({ method }: Asked) => method !== 'GET' && method !== 'HEAD';
const isMutation = ({ body }: Asked) => /^\s*mutation\b/.test(String((body as { query?: unknown } | null)?.query));

async function github(): Promise<TrackerServer> {
  const server = await startGitHub({ people: ['ada'] });
  const { token, repository, origin } = server;
  const env = { GITHUB_TOKEN: token, GITHUB_REPOSITORY: repository, GITHUB_API_URL: origin, GITHUB_SERVER_URL: origin };
  return { ...server, platform: 'github', env, person: 'ada', isWrite: githubWrite };
}

/** Its GraphQL is asked by POST, too. */
function githubWrite(asked: Asked): boolean {
  return asked.path.endsWith('/graphql') ? isMutation(asked) : isRestWrite(asked);
}

async function gitlab(): Promise<TrackerServer> {
  const server = await startGitLab({ role: 'Owner' });
  return { ...server, platform: 'gitlab', env: gitlabEnv(server), person: 'ada', isWrite: githubWrite };
}

async function gitea(): Promise<TrackerServer> {
  const server = await startGitea();
  return { ...server, platform: 'gitea', env: giteaEnv(server), person: 'ada', isWrite: isRestWrite };
}

async function jira(options: JiraOptions = {}): Promise<TrackerServer> {
  const server = await startJira({ projectKey: 'PACE', ...options });
  const { url, email, token, projectKey, people } = server;
  const env = { JIRA_URL: url, JIRA_EMAIL: email, JIRA_TOKEN: token, JIRA_PROJECT_KEY: projectKey };
  return { ...server, platform: 'jira', env, person: people[0] ?? '', isWrite };
}

async function linear(): Promise<TrackerServer> {
  const server = await startLinear();
  const env = { LINEAR_API_KEY: server.token, LINEAR_TEAM: server.teamKey, LINEAR_API_URL: server.apiUrl };
  return { ...server, platform: 'linear', env, person: 'ada', isWrite: isMutation };
}

async function asana(): Promise<TrackerServer> {
  const server = await startAsana();
  const [person] = server.state.users;
  return { ...server, platform: 'asana', person: person?.gid ?? '', isWrite: isRestWrite };
}

async function clickup(): Promise<TrackerServer> {
  const server = await startClickUp();
  return { ...server, platform: 'clickup', env: clickupEnv(server), person: '183', isWrite: isRestWrite };
}

async function monday(): Promise<TrackerServer> {
  const server = await startMonday();
  return { ...server, platform: 'monday', person: '7001', isWrite: isMutation };
}

export const TRACKER_SERVERS = {
  ...{ github, gitlab, gitea },
  'jira cloud': () => jira(),
  'jira data center': () => jira({ deployment: 'Data Center', prefix: '/jira' }),
  ...{ linear, asana, clickup, monday },
} as const satisfies Record<string, () => Promise<TrackerServer>>;
