import { expect } from 'vitest';
import type { Settings } from '../../../core/ports/index.ts';
import { createTracker } from '../../../platforms/clickup/issues.ts';
import type { ClickUp } from '../../support/clickup.ts';
import type { RecordedExchange } from '../../support/loopback.ts';
import { loadSpec } from '../../support/openapi.ts';
import { testWorld } from '../../support/world.ts';

/** The settings that lead to a server. */
export function settingsFor({ state, apiUrl }: ClickUp, more: Settings = {}): Settings {
  return { token: state.token, list: state.list, api_url: apiUrl, ...more };
}

export async function trackerOn(server: ClickUp, more: Settings = {}) {
  const world = testWorld();
  return { tracker: await createTracker(world, settingsFor(server, more)), world };
}

/** What a person's shell has set for this server. */
export function shellEnv({ state, apiUrl }: ClickUp): Record<string, string> {
  return { PACE_CLICKUP_TOKEN: state.token, CLICKUP_LIST: state.list, CLICKUP_API_URL: apiUrl };
}

/** Method and path of every request, with its query. */
export function asked({ exchanges }: Pick<ClickUp, 'exchanges'>): string[] {
  return exchanges.map(({ asked: { method, path } }) => `${method} ${path.replace('/api/v2', '')}`);
}

/** Where ClickUp's description is narrower than what its users do. */
const KNOWN_GAPS = [
  // `null` clears a field
  /PUT .*: request \/(priority|due_date|points) must be (integer|number)/,
  // one side of a dependency is enough
  /DELETE .*\/dependency: query parameter dependency_of is missing/,
  // an edit of the text alone neither assigns nor reopens
  /PUT .*\/comment\/\d+: request \(whole\) must have required property '(assignee|resolved)'/,
];

/** Lists of objects that are described as lists of texts, but in the answer for a single task. */
const MISDESCRIBED = ['assignees', 'tags', 'dependencies', 'linked_tasks'];

/** Holds every exchange against ClickUp's description, where it is there. */
export function expectDescribed({ exchanges }: Pick<ClickUp, 'exchanges'>): void {
  const spec = loadSpec('clickup', { basePath: '/api', nullable: true, lenientAnswers: true });
  const found = [...new Set(spec.violations(exchanges.map(comparable)))];
  expect(found.filter((problem) => !KNOWN_GAPS.some((gap) => gap.test(problem))).slice(0, 20)).toEqual([]);
}

function comparable(exchange: RecordedExchange): RecordedExchange {
  const { asked: request, answer } = exchange;
  const isTask = /\/task(\/[^/]+)?$/.test(request.path);
  if (!isTask || (request.method === 'GET' && !/\/list\//.test(request.path))) return exchange;
  const text = JSON.stringify(answer.json, (name, value: unknown) => (MISDESCRIBED.includes(name) ? [] : value));
  return text === undefined ? exchange : { ...exchange, answer: { ...answer, json: JSON.parse(text) } };
}
