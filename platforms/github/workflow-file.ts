/**
 * Which jobs of a workflow's file are gates of PACE: what has not begun has no other mark yet. A word too much would leave out a check
 * that counts, so that all else is no gate. Pure. https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
 */
import { isRecord } from '../../core/record.ts';
import type { World } from '../../core/world.ts';
import { MAX_FILE_BYTES, parseYaml } from '../../core/yaml/yaml-file.ts';

export interface FileGates {
  /** All jobs of the file are gates. */
  readonly isWhole: boolean;
  /** By the name that its check run has. */
  isGateJob(name: string): boolean;
}

/** How a workflow of this repository names the action that we are. */
export interface OwnAction {
  /** `owner/name`; `''` where we are no action, or one of the repository itself. */
  readonly repository: string;
  readonly isLocal: boolean;
}

/** https://docs.github.com/en/actions/reference/workflows-and-actions/variables#default-environment-variables */
export function ownAction(env: World['env']): OwnAction {
  const repository = env['GITHUB_ACTION_REPOSITORY'] ?? '';
  return { repository: repository.toLowerCase(), isLocal: repository === '' && env['INPUT_COMMAND'] !== undefined };
}

/** `undefined` where no job is one, or the file cannot be read. */
export function gatesInFile(text: string, action: OwnAction): FileGates | undefined {
  if (text.length > MAX_FILE_BYTES) return undefined;
  const { value, problems } = parseYaml('workflow', text);
  const jobs = isRecord(value) && isRecord(value['jobs']) ? Object.entries(value['jobs']) : [];
  if (problems.length > 0) return undefined;
  const [gates, others] = [jobs.filter(([, job]) => isGate(job, action)), jobs.filter(([, job]) => !isGate(job, action))]; // biome-ignore format: one thought
  if (gates.length === 0) return undefined;
  return {
    isWhole: others.length === 0,
    isGateJob: (name) => gates.some((job) => mayBe(job, name)) && !others.some((job) => mayBe(job, name)),
  };
}

function isGate(job: unknown, action: OwnAction): boolean {
  const steps = isRecord(job) ? job['steps'] : undefined;
  return Array.isArray(steps) && steps.some((step) => isRecord(step) && (usesGate(step, action) || runsGate(step)));
}

function usesGate({ uses, with: inputs }: Readonly<Record<string, unknown>>, action: OwnAction): boolean {
  if (typeof uses !== 'string') return false;
  const isOurs = action.isLocal ? /^\.\/?$/.test(uses.trim()) : repositoryOf(uses) === action.repository;
  const command = isRecord(inputs) ? (inputs['command'] ?? 'gate') : 'gate';
  return isOurs && command === 'gate';
}

/** `octo/pace` of `octo/pace@v1`; `undefined` for what is no action of a repository's root. */
function repositoryOf(uses: string): string | undefined {
  return /^([\w.-]+\/[\w.-]+)@\S+$/.exec(uses.trim())?.[1]?.toLowerCase();
}

/** At the beginning of a command: in a comment, or as another one's argument, it starts nothing. */
const RUNS_GATE =
  /(?:^|\n|&&|\|\||;)[ \t]*(?:\w+=\S*[ \t]+)*(?:(?:npx|node)[ \t]+(?:-\S+[ \t]+)*)?(?:[\w./-]*\/)?(?:pace|dist\/index\.js)[ \t]+gate(?![\w-])/;

function runsGate({ run }: Readonly<Record<string, unknown>>): boolean {
  return typeof run === 'string' && RUNS_GATE.test(run);
}

/** `test`, `test (24, ubuntu)` in a matrix. A name that is an expression can be any. */
function mayBe([key, job]: readonly [string, unknown], name: string): boolean {
  const given = isRecord(job) && typeof job['name'] === 'string' ? job['name'] : key;
  return given.includes('${{') || name === given || name.startsWith(`${given} (`);
}
