import type { Answer, Asked, Routes } from '../loopback.ts';
import {
  bodyOf,
  guarded,
  type PipelineRow,
  page,
  refused,
  type State,
  type StepRow,
  type VariableRow,
} from './state.ts';

const READ = ['read:pipeline:bitbucket'];
const ADMIN = [...READ, 'admin:pipeline:bitbucket'];

export interface StepToSet {
  readonly name?: string;
  /** `COMPLETED SUCCESSFUL`, `IN_PROGRESS RUNNING`, `PENDING`: the state, then its result or stage. */
  readonly state: string;
  readonly manual?: boolean;
  readonly runNumber?: number;
  /** Another attempt of the step before it. */
  readonly again?: boolean;
}

export interface PipelineToSet {
  readonly state?: string;
  readonly branch?: string;
  readonly selector?: { readonly type: string; readonly pattern?: string };
  /** The number of the pull request that it belongs to. */
  readonly request?: number;
}

/** https://developer.atlassian.com/cloud/bitbucket/rest/api-group-pipelines/ */
export function pipelineRoutes(state: State): Routes {
  const found = ({ params }: Asked) => state.variables.find(({ uuid }) => uuid === params['uuid']);
  return guarded(state, {
    'GET /pipelines': [
      READ,
      (asked) => {
        if (state.withoutPipelines) return refused(404, 'Not found');
        const rows = state.pipelines.filter(({ sha }) => [null, sha].includes(asked.query.get('target.commit.hash')));
        return page(state, asked, rows.toReversed(), pipelineOf, false);
      },
    ],
    'GET /pipelines/:uuid/steps': [
      READ,
      (asked) => {
        const row = state.pipelines.find(({ uuid }) => uuid === asked.params['uuid']);
        return row ? page(state, asked, row.steps, stepOf, false) : refused(404, 'Not found');
      },
    ],
    'GET /pipelines_config/variables': [READ, (asked) => page(state, asked, state.variables, variableOf, false)],
    'POST /pipelines_config/variables': [
      ADMIN,
      (asked) => {
        const { key, value, secured } = bodyOf(asked);
        if (state.variables.some((row) => row.key === key)) return refused(409, 'Conflict');
        const row = { uuid: state.uuid(), key: String(key), value: String(value), secured: secured === true };
        state.variables.push(row);
        return { status: 201, json: variableOf(row) };
      },
    ],
    'PUT /pipelines_config/variables/:uuid': [
      ADMIN,
      (asked): Answer => {
        const row = found(asked);
        if (!row) return refused(404, 'Variable not found');
        const { value, secured } = bodyOf(asked);
        Object.assign(row, { value: String(value), secured: secured === true });
        return { json: variableOf(row) };
      },
    ],
  });
}

/** Adds a pipeline with these steps, and the status that Pipelines writes about it. */
export function addPipeline(
  state: State,
  sha: string,
  steps: readonly StepToSet[],
  { state: word = 'COMPLETED SUCCESSFUL', branch = 'main', selector, request }: PipelineToSet,
): PipelineRow {
  const commit = { type: 'commit', hash: sha };
  const chosen = selector ?? { type: 'branches', pattern: branch };
  const target =
    request === undefined
      ? { type: 'pipeline_ref_target', ref_type: 'branch', ref_name: branch, selector: chosen, commit }
      : {
          type: 'pipeline_pullrequest_target',
          source: branch,
          destination: 'main',
          selector: { type: 'pull-requests', pattern: '**' },
          pullrequest: { id: request },
          commit,
        };
  const row: PipelineRow = {
    uuid: state.uuid(),
    number: state.pipelines.length + 1,
    sha,
    target,
    state: stateOf('pipeline', word),
    steps: [],
    createdOn: state.time(),
  };
  state.pipelines.push(row);
  setSteps(state, row, steps);
  const at = state.time();
  state.statuses.push({
    sha,
    key: String(-1_000_000 - row.number),
    state: { SUCCESSFUL: 'SUCCESSFUL', FAILED: 'FAILED', ERROR: 'FAILED' }[word.split(' ')[1] ?? ''] ?? 'INPROGRESS',
    name: `Pipeline #${row.number} for ${branch}`,
    description: '',
    url: `https://bitbucket.org/${state.repository}/addon/pipelines/home#!/results/${row.number}`,
    refname: branch,
    createdOn: at,
    updatedOn: at,
  });
  return row;
}

export function setSteps(state: State, pipeline: PipelineRow, steps: readonly StepToSet[]): void {
  pipeline.steps = [];
  for (const { name, state: word, manual = false, runNumber = 1, again = false } of steps) {
    const started = /^(COMPLETED(?! NOT_RUN)|IN_PROGRESS)/.test(word);
    const row: StepRow = {
      uuid: again ? (pipeline.steps.at(-1)?.uuid ?? '') : state.uuid(),
      ...(name === undefined ? {} : { name }),
      state: stateOf('pipeline_step', word),
      runNumber,
      manual,
      ...(started ? { startedOn: state.time() } : {}),
      ...(word.startsWith('COMPLETED') ? { completedOn: state.time() } : {}),
    };
    pipeline.steps.push(row);
  }
}

export function stateOf(what: 'pipeline' | 'pipeline_step', word: string): object {
  const [name = '', second] = word.split(' ');
  const type = `${what}_state_${name.toLowerCase()}`;
  if (second === undefined) return { name, type };
  const part = { name: second, type: `${type}_${second.toLowerCase()}` };
  return { name, type, [name === 'COMPLETED' ? 'result' : 'stage']: part };
}

function pipelineOf({ uuid, number, target, state, createdOn }: PipelineRow) {
  return { type: 'pipeline', uuid, build_number: number, target, state, created_on: createdOn };
}

function stepOf({ uuid, name, state, runNumber, manual, startedOn, completedOn }: StepRow) {
  return {
    type: 'pipeline_step',
    uuid,
    ...(name === undefined ? {} : { name }),
    run_number: runNumber,
    state,
    trigger: { type: `pipeline_step_trigger_${manual ? 'manual' : 'automatic'}` },
    ...(startedOn ? { started_on: startedOn } : {}),
    ...(completedOn ? { completed_on: completedOn } : {}),
  };
}

function variableOf({ uuid, key, value, secured }: VariableRow) {
  return { type: 'pipeline_variable', uuid, key, secured, ...(secured ? {} : { value }) };
}
