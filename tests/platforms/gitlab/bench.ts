import { expect } from 'vitest';
import { resolveSettings } from '../../../core/drivers/settings.ts';
import type { Settings } from '../../../core/ports/index.ts';
import type { World } from '../../../core/world.ts';
import gitlab from '../../../platforms/gitlab/index.ts';
import type { GitLabServer } from '../../support/gitlab.ts';
import type { RecordedExchange } from '../../support/loopback.ts';
import { loadSpec } from '../../support/openapi.ts';
import { type TestWorld, testWorld } from '../../support/world.ts';

/** What a person's shell has set for this server. */
export function shellEnv(server: GitLabServer): Record<string, string> {
  return { PACE_GITLAB_TOKEN: server.token, GITLAB_PROJECT: server.project, GITLAB_URL: server.origin };
}

/** What GitLab sets in a job of the project's pipeline, without any token. */
export function jobEnv(server: GitLabServer, more: Record<string, string> = {}): Record<string, string> {
  return {
    GITLAB_CI: 'true',
    CI_SERVER_URL: server.origin,
    CI_PROJECT_PATH: server.project,
    CI_PROJECT_ID: '4217',
    CI_PROJECT_URL: `${server.origin}/${server.project}`,
    CI_DEFAULT_BRANCH: 'main',
    CI_COMMIT_SHA: server.sha,
    CI_JOB_TOKEN: server.jobToken,
    ...more,
  };
}

export function settingsOf(env: Record<string, string | undefined>, side: 'ci' | 'tracker' = 'ci') {
  return resolveSettings({ platform: gitlab, side, env }).settings;
}

export function hostIn(env: Record<string, string>, overrides: Partial<World> = {}) {
  const world: TestWorld = testWorld({ env, ...overrides });
  return gitlab.createHost(world, settingsOf(env)).then((host) => ({ host, world }));
}

export function trackerIn(env: Record<string, string>, overrides: Partial<World> = {}, more: Settings = {}) {
  const world: TestWorld = testWorld({ env, ...overrides });
  return gitlab
    .createTracker(world, { ...settingsOf(env, 'tracker'), ...more })
    .then((tracker) => ({ tracker, world }));
}

/** Method and path of every request, with its query. */
export function asked(server: GitLabServer): string[] {
  return server.exchanges.map(({ asked: { method, path, query } }) => {
    const rest = path.replace(/^\/api\/v4\/projects\/[^/]+/, '');
    return `${method} ${rest}${query.size > 0 ? `?${decodeURIComponent(String(query))}` : ''}`;
  });
}

// where the description is not true: these fields of issues and members are not texts …
const MISTYPED_ISSUE = new Set([
  'weight',
  'blocking_issues_count',
  'epic_iid',
  'issue_link_id',
  'access_level',
  'moved_to_id',
  'user_notes_count',
]);
const MISTYPED_PARTS = new Set(['milestone', 'epic', 'iteration']);
// … epics are not in it …
const UNDESCRIBED = /\/groups\/[^/]+\/epics(\/\d+)?: not in the description$|\/notes: status 202 is not described$/;
// … the success of these is 201, not 200 …
const CREATIONS = /\/(statuses\/\w+|repository\/commits)$/;
// … these fields of merge requests are not texts …
const MISTYPED = new Set(['source_project_id', 'target_project_id', 'labels', 'draft', 'force_remove_source_branch']);
// … and every kind of action does not need the fields of all the others
const ACTIONS = /request \/actions\/\d+ must have required property '(previous_path|execute_filemode)'$/;

/** Holds every exchange against GitLab's own description, where it is there. */
export function expectDescribed(exchanges: readonly RecordedExchange[]): void {
  const spec = loadSpec('gitlab', { nullable: true });
  const described = exchanges.map(({ asked, answer, ...exchange }) => {
    const created = asked.method === 'POST' && answer.status === 201 && CREATIONS.test(asked.path);
    const status = created ? 200 : answer.status;
    const names = /\/merge_requests(\/\d+)?$/.test(asked.path) ? MISTYPED : MISTYPED_ISSUE;
    if (answer.json === undefined) return { ...exchange, asked, answer: { ...answer, status } };
    const json = JSON.parse(JSON.stringify(answer.json), (key, value) => asText(names, key, value));
    return { ...exchange, asked, answer: { ...answer, status, json } };
  });
  const violations = spec
    .violations(described)
    .filter((violation) => !ACTIONS.test(violation) && !UNDESCRIBED.test(violation));
  expect([...new Set(violations)]).toEqual([]);
}

function asText(names: ReadonlySet<string>, key: string, value: unknown): unknown {
  if (names.has(key) && value !== null) return String(value);
  if (!MISTYPED_PARTS.has(key) || typeof value !== 'object' || value === null) return value;
  const numbers = Object.entries(value).map(([name, part]) => [
    name,
    /^(i?id|project_id|group_id|expired|sequence|state)$/.test(name) ? String(part) : part,
  ]);
  return Object.fromEntries(numbers);
}
