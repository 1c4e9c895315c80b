import { expect, test } from 'vitest';
import { diagnoseConfiguration } from '../../../src/doctor/configuration.ts';
import { testWorld } from '../../support/world.ts';
import { checkout } from '../gate/parts.support.ts';

const LOCAL = 'platform: { ci: local, tracker: local }\n';
const NOW = Date.parse('2026-03-04T09:00:00Z');

async function look(files: Readonly<Record<string, string>>, path?: string) {
  const cwd = checkout(files);
  const env = { PATH: process.env['PATH'], GIT_CEILING_DIRECTORIES: `${cwd}/..` };
  const { diagnoses, needs } = await diagnoseConfiguration(testWorld({ cwd, env, start: NOW }), path);
  return { needs, plan: diagnoses.find(({ check }) => check === 'plan') };
}

const sprint = (settings: string) => ({ 'pace.config.yaml': `${LOCAL}sprint: ${settings}\n` });

test.each([
  ['a day of the sprint', '{ start_date: 2026-03-02 }', 'ok', 'none. Today is day 3.'],
  ['a day before it', '{ start_date: 2026-03-05 }', 'ok', 'none. Today is 2026-03-04 in UTC; day 1 is 2026-03-05.'],
  ['a day after its length', '{ start_date: 2026-03-02, duration_days: 2 }', 'ok', 'none. Today is day 3.'],
])('today is told as %s', async (_, settings, state, detail) => {
  const { plan } = await look(sprint(settings));
  expect(plan?.state).toBe(state);
  expect(plan?.detail.startsWith(detail)).toBe(true);
});

test('today is told as one that the plan leaves out, which a new sprint mends', async () => {
  const plan = 'start_date: 2026-03-02\ndays: [{ day: 1 }, { day: 9 }]\n';
  expect((await look({ ...sprint('{}'), 'plan.yaml': plan })).plan).toMatchObject({
    state: 'degraded',
    detail: 'plan.yaml, days: 2. Day 3 is not in plan.yaml: it is judged without a story.',
    remedy: expect.stringContaining('pace sprint start'),
  });
});

test('what the gate needs names its own status, by its name or its folder', async () => {
  const needs = async (files: Readonly<Record<string, string>>, path?: string) => (await look(files, path)).needs;
  const shop = { 'apps/shop/pace.config.yaml': LOCAL };
  expect((await needs(sprint('{}'))).statusContext).toBe('pace/gate');
  expect((await needs({ 'pace.config.yaml': `${LOCAL}gate: { name: web }\n` })).statusContext).toBe('pace/web');
  expect((await needs(shop, 'apps/shop/pace.config.yaml')).statusContext).toBe('pace/apps/shop');
  expect((await needs({})).statusContext).toBe('pace/gate');
});

test('what the gate needs follows from configuration and plan', async () => {
  expect((await look(sprint('{}'))).needs).toMatchObject({
    ...{ waitsForCi: true, opensReviews: false, usesVariables: false, purposes: ['hold'] },
  });
  const config = `${LOCAL}ci: { enabled: false }\npause: { by: both }\nadvisory: { push_to_issues: true }\n`;
  const plan = 'days: [{ day: 1 }, { day: 2, human_gate: true }]\n';
  expect((await look({ 'pace.config.yaml': config, 'plan.yaml': plan })).needs).toMatchObject({
    ...{ waitsForCi: false, opensReviews: true, usesVariables: true, purposes: ['hold', 'advisory'] },
  });
});
