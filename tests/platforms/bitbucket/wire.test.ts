import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { pipelineToChecks, toCheckState } from '../../../platforms/bitbucket/pipelines.ts';
import { pipelineOf, statusToCheck, toChangeRequest } from '../../../platforms/bitbucket/wire.ts';

const read = (name: string) => JSON.parse(readFileSync(new URL(`golden/${name}.json`, import.meta.url), 'utf8'));

test('a pipeline with its steps reads as it always has', () => {
  const { pipeline, steps } = read('pipeline');
  const checks = pipelineToChecks({ pipeline, steps: steps.values }, 'https://bitbucket.org/acme/shop');
  expect(checks).toEqual(read('pipeline.golden'));
});

test('build statuses read as they always have', () => {
  const { values } = read('statuses');
  expect(values.map(statusToCheck)).toEqual(read('statuses.golden'));
  expect(values.map((status: { url: string; key: string; state: string }) => pipelineOf(status, 'acme/shop'))).toEqual([
    41,
    undefined,
  ]);
});

test('a pull request reads as it always has', () => {
  expect(toChangeRequest(read('pull-request'))).toEqual(read('pull-request.golden'));
});

test.each([
  ['https://bitbucket.org/Acme/Shop/addon/pipelines/home#!/results/7', 7],
  ['https://bitbucket.org/acme/shop/pipelines/results/7', 7],
  ['https://bitbucket.org/acme/shop/pipelines/results/7/steps/%7Ba%7D', undefined],
  ['https://bitbucket.org/acme/shop/pipelines/results/7?x=1', 7],
  ['https://bitbucket.org/acme/shop/pipelines/results/7/', 7],
  ['https://bitbucket.org/acme/other/pipelines/results/7', undefined],
  ['https://ci.example.org/results/7', undefined],
  [null, undefined],
])('the status at %s was written by pipeline %s', (url, number) => {
  expect(pipelineOf({ key: 'a', state: 'FAILED', url }, 'acme/shop')).toBe(number);
});

// https://developer.atlassian.com/cloud/bitbucket/rest/api-group-pipelines/
test.each([
  ['PARSING', {}, 'pending'],
  ['PENDING', {}, 'pending'],
  ['READY', {}, 'pending'],
  ['IN_PROGRESS', { stage: { name: 'RUNNING' } }, 'pending'],
  ['IN_PROGRESS', { stage: { name: 'PENDING' } }, 'pending'],
  ['IN_PROGRESS', { stage: { name: 'PAUSED' } }, 'waiting'],
  ['IN_PROGRESS', { stage: { name: 'HALTED' } }, 'waiting'],
  ['PENDING', { stage: { name: 'PAUSED' } }, 'waiting'],
  ['PAUSED', {}, 'waiting'],
  ['HALTED', {}, 'waiting'],
  ['COMPLETED', { result: { name: 'SUCCESSFUL' } }, 'success'],
  ['COMPLETED', { result: { name: 'FAILED' } }, 'failure'],
  ['COMPLETED', { result: { name: 'ERROR' } }, 'failure'],
  ['COMPLETED', { result: { name: 'STOPPED' } }, 'cancelled'],
  ['COMPLETED', { result: { name: 'EXPIRED' } }, 'cancelled'],
  ['COMPLETED', { result: { name: 'NOT_RUN' } }, 'skipped'],
  ['COMPLETED', { result: { name: 'SKIPPED' } }, 'skipped'],
  ['COMPLETED', { result: { name: 'GLORIOUS' } }, 'unknown'],
  ['COMPLETED', {}, 'unknown'],
  ['SUCCESSFUL', {}, 'unknown'],
  [undefined, {}, 'unknown'],
])('%s with %o is %s', (name, more, state) => {
  expect(toCheckState({ ...(name ? { name } : {}), ...more })).toBe(state);
});

test('a status with a word that nobody knows is no pass', () => {
  expect(statusToCheck({ key: 'a', state: 'SPLENDID' })).toMatchObject({ state: 'unknown', vendorState: 'SPLENDID' });
});
