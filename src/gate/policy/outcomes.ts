/** The policies that a run can end with: by the rules of a branch, by the commit's own, or not known. */

import { defined } from '../../../core/defined.ts';
import type { Plan } from '../../../core/plan/plan.ts';
import { parsePlan, planPaths } from '../../../core/plan/read-plan.ts';
import { gitOr } from '../../../core/programs/git.ts';
import { fileInCommit, trackedFiles } from '../../../core/programs/git-objects.ts';
import { plainLine } from '../../../core/text/untrusted-text.ts';
import { ConfigError } from '../../../core/yaml/problems.ts';
import { MAX_FILE_BYTES, parseYaml, textOfYaml, type YamlFile } from '../../../core/yaml/yaml-file.ts';
import { checkConfig, type LoadedConfig, loadFound, readBySchema } from '../../config/load.ts';
import { configPaths } from '../../config/locate.ts';
import type { Finding } from '../finding.ts';
import { changesOfRules, type OwnRules, unknownRules } from './finding.ts';
import { type LookedUp, lookUp } from './look-up.ts';
import { candidatesIn } from './nearest.ts';
import { ownRules } from './own-rules.ts';
import { changedPlugin, pluginsNamed } from './plugins.ts';
import type { PolicyRun } from './run.ts';

export interface Policy {
  readonly loaded: LoadedConfig;
  /** What the commit changes in the rules; or that the rules are not known, which nothing can make up for. */
  readonly findings: readonly Finding[];
  /** By whose rules the run judges, where they are not the commit's as a matter of course. */
  readonly notes: readonly string[];
  /** That of the branch whose rules count; absent where the one in the workspace does. */
  readonly plan?: BranchPlan;
}

/** `none`: the branch has none, and the commit's own does not count. */
export type BranchPlan = { readonly how: 'found'; readonly plan: Plan } | { readonly how: 'none' };

export type Found = Extract<LookedUp, { how: 'found' }>;

export function parsed({ file, bytes }: Found): YamlFile {
  return parseYaml(file.shown, textOfYaml(file.shown, bytes));
}

export async function byRulesOf(run: PolicyRun, branch: string, found: Found): Promise<Policy> {
  const { world, sources } = run;
  const yaml = await saidOf(branch, async () => parsed(found));
  const { clone } = sources;
  const changed = await changedPlugin(world.cwd, pluginsNamed(yaml.value), { clone, commit: found.commit });
  if (changed !== undefined) return unknown(run, changed, PLUGIN_REMEDY);
  const loaded = await saidOf(branch, () => checkConfig(world, yaml));
  const plan = run.isChange ? await planOn(run, branch, loaded.config.sprint.plan) : undefined;
  if (plan?.how === 'unknown') return unknown(run, plan.why, fetching(run, branch));
  const own = await ownRules(sources, run.workspace, run.candidates);
  const at = found.sha === '' ? '' : ` (${found.sha.slice(0, 7)})`;
  const notes = [`Judged by the configuration of ${plainLine(branch, 100)}${at}.`];
  const common = { loaded, ...defined({ plan }) };
  if (own === undefined) return { ...common, findings: [], notes: [...notes, NOT_COMPARED] };
  const counts = { config: loaded.config, file: found.file.shown, branch };
  const findings = (await isUntouched(run, found, own)) ? [] : changesOfRules(own, counts);
  return { ...common, findings, notes };
}

/**
 * A change is measured against the days of a sprint, which the plan names: one that the commit brings could name a sprint without any.
 * What no commit has brought is the operator's.
 */
async function planOn(
  { world, sources }: PolicyRun,
  branch: string,
  named: string | undefined,
): Promise<BranchPlan | Extract<LookedUp, { how: 'unknown' }> | undefined> {
  const { clone } = sources;
  const paths = named === undefined ? planPaths : [named];
  const candidates = paths.flatMap((path) => candidatesIn(clone?.cwd ?? world.cwd, world.cwd, path));
  const found = await lookUp(sources, branch, candidates);
  if (found.how === 'unknown') return found;
  if (found.how === 'found') return { how: 'found', plan: await saidOf(branch, async () => parsePlan(parsed(found))) };
  const isTracked =
    clone &&
    (
      await trackedFiles(
        clone,
        candidates.map(({ path }) => `:(literal)${path}`),
      )
    ).length > 0;
  return clone && !isTracked ? undefined : { how: 'none' };
}

const NOT_COMPARED =
  'What the judged commit changes in the configuration was not looked at: neither this clone nor the host shows that commit.';

const PLUGIN_REMEDY =
  'A plugin runs with all that the job may, so it is not loaded. Please let a person look at the change and merge it, and have the base branch in the clone (`fetch-depth: 0`).';

/** The mistakes are not in the file that lies here. */
export async function saidOf<T>(branch: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const where = `This is so on ${plainLine(branch, 100)}, whose configuration counts.`;
    throw new ConfigError(
      error.problems.map((problem) => ({ ...problem, message: `${problem.message} ${where}` })),
      { cause: error },
    );
  }
}

/** A commit that lags behind has changed nothing, where the clone tells what both have come from. */
async function isUntouched({ sources }: PolicyRun, { commit, file }: Found, own: OwnRules): Promise<boolean> {
  const { clone, subject } = sources;
  if (!clone || !commit || own.how !== 'valid') return false;
  const head = subject?.judged.sha ?? 'HEAD';
  const common = await gitOr(clone, ['merge-base', '--end-of-options', commit, head]);
  if (!common) return false;
  const before = await fileInCommit(clone, common, file.path, MAX_FILE_BYTES);
  return before.how === 'found' && before.bytes.toString('utf8').replace(/^\ufeff/, '') === own.text;
}

/** As always, with every mistake of it. */
export async function itsOwn(
  run: PolicyRun,
  notes: readonly string[] = [],
  findings: readonly Finding[] = [],
): Promise<Policy> {
  if (run.workspace.error) throw run.workspace.error;
  const loaded = await loadFound(run.world, run.workspace);
  return { loaded, notes, findings: loaded.missing === undefined ? findings : [] };
}

/**
 * Nothing is judged, and the token goes nowhere but where the job itself says. Whether that stops the pipeline is part of the rules
 * that are not known: the commit's own word counts only where it is the stricter one.
 */
export async function unknown(run: PolicyRun, why: string, remedy: string): Promise<Policy> {
  const { world, workspace, candidates } = run;
  const file = workspace.yaml?.file ?? candidates[0]?.shown ?? configPaths[0];
  const defaults = await checkConfig(world, parseYaml(file, '{}'));
  const own = workspace.yaml && readBySchema(workspace.yaml).config;
  const { gate, ci } = defaults.config;
  const config = {
    ...defaults.config,
    gate: { ...gate, on_unknown: own?.gate.on_unknown ?? gate.on_unknown },
    ci: { ...ci, enabled: false },
  };
  return { loaded: { ...defaults, config }, findings: [unknownRules(file, why, remedy)], notes: [] };
}
export function fetching({ sources }: PolicyRun, branch: string): string {
  if (sources.isByHand) return 'Please name a branch that this clone has (`git branch --all` lists them), or fetch it.';
  const name = plainLine(branch, 100);
  return `Please fetch that branch before the gate runs (\`git fetch --depth=1 origin +refs/heads/${name}:refs/remotes/origin/${name}\`, or \`fetch-depth: 0\` of actions/checkout), or let the job's token read files of the repository.`;
}
