/**
 * By whose configuration a run judges (`policy.from`). A change is judged by that of the branch that it goes to, whole: what it says
 * itself of evidence, waivers, plugins or the hosts that get the token counts once it is merged. Until the rules are known nothing of
 * the commit's own file is done.
 */

import { lstat, realpath } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';
import { defined } from '../../../core/defined.ts';
import { checkoutBranch } from '../../../core/drivers/checkout.ts';
import { asPaceError, PaceError } from '../../../core/errors.ts';
import type { Plan } from '../../../core/plan/plan.ts';
import { parsePlan, planPaths } from '../../../core/plan/read-plan.ts';
import type { CodeHost } from '../../../core/ports/index.ts';
import { gitOr } from '../../../core/programs/git.ts';
import {
  cloneAround,
  fileInCommit,
  isBranchName,
  trackedFiles,
  trackedLinks,
} from '../../../core/programs/git-objects.ts';
import { isRecord } from '../../../core/record.ts';
import { plainLine } from '../../../core/text/untrusted-text.ts';
import type { World } from '../../../core/world.ts';
import { ConfigError } from '../../../core/yaml/problems.ts';
import { MAX_FILE_BYTES, parseYaml, textOfYaml, type YamlFile } from '../../../core/yaml/yaml-file.ts';
import { openHost } from '../../../platforms/index.ts';
import {
  checkConfig,
  type FoundConfig,
  findConfig,
  type LoadedConfig,
  loadFound,
  readBySchema,
} from '../../config/load.ts';
import { configPaths } from '../../config/locate.ts';
import type { Finding } from '../finding.ts';
import { broughtRules, changesOfRules, type OwnRules, unknownRules } from './finding.ts';
import { type Job, jobOfRun } from './job.ts';
import { isOf, type LookedUp, lookUp, type Sources } from './look-up.ts';
import { candidatesIn, foldersUp, lookUpNearest, NAME_IT, type Nearness } from './nearest.ts';
import { ownRules, type WorkspaceFile } from './own-rules.ts';
import { changedPlugin, pluginsNamed } from './plugins.ts';

/** The word for the commit's own configuration. */
const COMMIT = 'commit';

/** What the operator says: nothing else of it is trusted. `''` and absent mean the same. */
export interface AskedPolicy {
  /** The configuration's path. */
  readonly config?: string | undefined;
  readonly change?: string | undefined;
  /** A branch, or `commit`. */
  readonly policyFrom?: string | undefined;
}

export interface Policy {
  readonly loaded: LoadedConfig;
  /** What the commit changes in the rules; or that the rules are not known, which nothing can make up for. */
  readonly findings: readonly Finding[];
  /** By whose rules the run judges, where they are not the commit's as a matter of course. */
  readonly notes: readonly string[];
  /** That of the branch whose rules count; absent where the one in the workspace does. */
  readonly plan?: BranchPlan;
}

/** Throws `ConfigError` and `PaceError` for the configuration that counts, as `loadConfig` does. */
export async function policyOf(world: World, asked: AskedPolicy): Promise<Policy> {
  const job = await jobOfRun(world);
  const run = await policyRun(world, asked, job);
  if (asked.policyFrom && !isBranchName(asked.policyFrom)) throw noBranch(asked.policyFrom);
  if (asked.policyFrom === COMMIT) return itsOwn(run, [`${ITS_OWN}, as \`--policy-from\` says.`]);
  // a path that leads elsewhere is the operator's word
  if (run.candidates.length === 0) return itsOwn(run);
  return run.isChange ? ofChange(run) : ofDay(run);
}

const ITS_OWN = "Judged by the commit's own configuration";

interface PolicyRun extends Nearness {
  readonly world: World;
  readonly asked: AskedPolicy;
  readonly job: Job | undefined;
  readonly isChange: boolean;
  readonly workspace: WorkspaceFile & Pick<FoundConfig, 'ignored'>;
}

async function policyRun(world: World, asked: AskedPolicy, job: Job | undefined): Promise<PolicyRun> {
  const clone = cloneAround(world);
  const workspace = await inWorkspace(world, asked.config);
  const root = clone?.cwd ?? folderOf(world, job);
  let opened: Promise<CodeHost | undefined> | undefined;
  const host = () => {
    opened ??= job ? hostOfJob(world, job) : hostByHand(world, workspace);
    return opened;
  };
  return {
    ...{ world, asked, job, workspace },
    isChange: Boolean(asked.change) || job?.subject?.judged.change !== undefined,
    cwd: world.cwd,
    candidates: candidatesIn(root, world.cwd, asked.config),
    nearest: asked.config || !job ? [] : foldersUp(world.here ?? world.cwd, root),
    root,
    sources: { clone, host, subject: job?.subject, isByHand: job === undefined },
  };
}

async function inWorkspace(world: World, path: string | undefined): Promise<PolicyRun['workspace']> {
  try {
    return await findConfig(world, path ? { path } : {});
  } catch (error) {
    if (error instanceof ConfigError) return { error };
    throw error;
  }
}

/** By the job's variables alone: a configuration could name another address for the token. */
async function hostOfJob(world: World, { platform, subject }: Job): Promise<CodeHost | undefined> {
  if (!platform?.createHost) return undefined;
  const section = subject?.repository && platform.projectSettings?.(subject.repository);
  return openHost(world, section ? { platform, section } : { platform });
}

/** Of the configuration in the person's own checkout. */
async function hostByHand(world: World, workspace: PolicyRun['workspace']): Promise<CodeHost | undefined> {
  if (workspace.error) return undefined;
  const { sides, side } = await loadFound(world, workspace);
  return openHost(world, side(sides.ci));
}

/** Without a clone the job says where the repository's paths begin. */
function folderOf({ cwd }: World, job: Job | undefined): string {
  const { folder } = job?.subject ?? {};
  return folder && !relative(folder, cwd).startsWith('..') ? folder : cwd;
}

async function ofDay(run: PolicyRun): Promise<Policy> {
  const { world, asked, workspace, job } = run;
  const from = asked.policyFrom || wordIn(workspace.yaml);
  if (from === undefined || from === COMMIT) return itsOwn(run);
  const branch = job ? job.subject?.judged.branch : checkoutBranch(world);
  if (from === branch) return itsOwn(run);
  return byNamedBranch(run, from, asked.policyFrom ? '--policy-from' : 'policy.from');
}

/** A branch that was named must have the rules. */
async function byNamedBranch(run: PolicyRun, branch: string, namedBy: string): Promise<Policy> {
  const found = await lookUpNearest(run, branch);
  if (found.how === 'found') return byRulesOf(run, branch, found);
  if (found.how === 'unknown') return unknown(run, found.why, fetching(run, branch));
  if (found.how === 'elsewhere') return unknown(run, found.why, NAME_IT);
  const why = `${plainLine(branch, 100)}, which \`${namedBy}\` names, has no configuration`;
  return unknown(run, why, 'Please commit one there, or name a branch that has one.');
}

async function ofChange(run: PolicyRun): Promise<Policy> {
  const { asked, job, workspace } = run;
  if (asked.policyFrom) return byNamedBranch(run, asked.policyFrom, '--policy-from');
  const base = await baseOf(run);
  // by hand, of a change that the host does not know either: the run says so
  if (base === undefined && job === undefined) return itsOwn(run);
  if (base === undefined) {
    const why = 'the job does not tell which branch the change goes to';
    return unknown(run, why, 'Please name the branch: `--policy-from main` (the input `policy-from`).');
  }
  const found = await lookUpNearest(run, base);
  if (found.how === 'found') return byBase(run, base, found);
  if (found.how === 'unknown') return unknown(run, found.why, fetching(run, base));
  if (found.how === 'elsewhere') return unknown(run, found.why, NAME_IT);
  // what the commit does not have either is the operator's: made by an earlier step
  if (await isOperators(run)) return itsOwn(run);
  const moved = job && (await movedHere(run));
  if (moved !== undefined) {
    const why = `${plainLine(base, 100)} has no configuration in this folder, but ${moved}`;
    return unknown(
      run,
      why,
      'Please let a person look at that, or name whose configuration judges with `--policy-from`.',
    );
  }
  const file = workspace.yaml?.file ?? run.candidates[0]?.shown ?? '';
  return itsOwn(run, [], [broughtRules(file, base)]);
}

/**
 * Why the folder may not be the one that the operator has named: the system has gone through a link of the commit, or it is a
 * submodule, and the commit says of what. That the base has nothing by this path proves nothing then.
 */
async function movedHere({ world, sources: { clone } }: PolicyRun): Promise<string | undefined> {
  if (!clone) return undefined;
  if (clone.isSubmodule) return 'it is a submodule, and the commit around it says of which repository';
  const [here, root] = await Promise.all([realpath(world.cwd), realpath(clone.cwd)]);
  if (here === root) return undefined;
  for (const path of await trackedLinks(clone)) {
    const target = await realpath(resolve(root, path)).catch(() => root);
    if (target !== root && !relative(target, here).startsWith('..'))
      return `it can be reached by the link ${plainLine(path, 200)}, too`;
  }
  return undefined;
}

/** Of a change the base's word counts, one step far. */
async function byBase(run: PolicyRun, base: string, found: Found): Promise<Policy> {
  const word = wordIn(await saidOf(base, async () => parsed(found)));
  if (word === undefined || word === base) return byRulesOf(run, base, found);
  if (word !== COMMIT) return byNamedBranch(run, word, `policy.from of ${plainLine(base, 100)}`);
  return itsOwn(run, [`${ITS_OWN}, as that of ${plainLine(base, 100)} says (\`policy.from: commit\`).`]);
}

function fetching({ sources }: PolicyRun, branch: string): string {
  if (sources.isByHand) return 'Please name a branch that this clone has (`git branch --all` lists them), or fetch it.';
  const name = plainLine(branch, 100);
  return `Please fetch that branch before the gate runs (\`git fetch --depth=1 origin +refs/heads/${name}:refs/remotes/origin/${name}\`, or \`fetch-depth: 0\` of actions/checkout), or let the job's token read files of the repository.`;
}

/** The branch that the change goes to. What the job does not tell is asked; of a change that nobody knows it is the default branch. */
async function baseOf({ asked, job, sources }: PolicyRun): Promise<string | undefined> {
  const told = job?.subject?.judged.change;
  const isTold = told !== undefined && (!asked.change || asked.change === told.id);
  const target = isTold ? told.target : await targetAtHost(sources, asked.change ?? '');
  if (target || job === undefined) return target || undefined;
  return job.subject?.defaultBranch ?? (await defaultBranchHere(sources)) ?? (await defaultBranchAtHost(sources));
}

async function targetAtHost({ host }: Sources, id: string): Promise<string | undefined> {
  try {
    return (await (await host())?.changeById?.(id))?.target;
  } catch {
    // the run asks again, and says what is wrong
    return undefined;
  }
}

/** As the last clone or fetch of the very repository tells it. */
async function defaultBranchHere({ clone, subject }: Sources): Promise<string | undefined> {
  if (!clone?.defaultBranch || !subject?.repository) return undefined;
  const origin = await gitOr(clone, ['config', '--get', 'remote.origin.url']);
  return origin !== undefined && isOf(origin, subject) ? clone.defaultBranch : undefined;
}

async function defaultBranchAtHost({ host }: Sources): Promise<string | undefined> {
  try {
    return (await (await host())?.repository())?.defaultBranch;
  } catch {
    return undefined;
  }
}

/** A file that was named, and that no commit has brought: neither it nor a link on the way to it is tracked. */
async function isOperators({ world, asked, sources, candidates }: PolicyRun): Promise<boolean> {
  const [candidate] = candidates;
  if (!asked.config || !candidate) return false;
  if (!sources.clone) return true;
  const path = resolve(sources.clone.cwd, candidate.path);
  const isPlain = await lstat(path).then(
    (found) => found.isFile(),
    () => false,
  );
  if (!isPlain) return false;
  const [real, root] = await Promise.all([realpath(path), realpath(sources.clone.cwd)]);
  if (relative(root, real).split(sep).join('/') !== candidate.path) return false;
  const tracked = await trackedFiles(sources.clone, [`:(literal)${candidate.path}`]).catch((error: unknown) => {
    world.log.debug(asPaceError(error).message);
    return [candidate.path];
  });
  return tracked.length === 0;
}

/** `none`: the branch has none, and the commit's own does not count. */
export type BranchPlan = { readonly how: 'found'; readonly plan: Plan } | { readonly how: 'none' };

type Found = Extract<LookedUp, { how: 'found' }>;

function parsed({ file, bytes }: Found): YamlFile {
  return parseYaml(file.shown, textOfYaml(file.shown, bytes));
}

function noBranch(text: string): PaceError {
  const message = `\`--policy-from\` is "${plainLine(text, 80)}", which is not the name of a branch.`;
  return new PaceError({ kind: 'validation', message, remedy: 'Please name a branch, such as main, or `commit`.' });
}

/** `policy.from`, as the text of a file says it: before the rest is looked at, where what is no name of a branch is told as a mistake. */
function wordIn(yaml: YamlFile | undefined): string | undefined {
  const section: unknown = isRecord(yaml?.value) ? yaml.value['policy'] : undefined;
  const word: unknown = isRecord(section) ? section['from'] : undefined;
  return typeof word === 'string' && isBranchName(word) ? word : undefined;
}

async function byRulesOf(run: PolicyRun, branch: string, found: Found): Promise<Policy> {
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
async function saidOf<T>(branch: string, work: () => Promise<T>): Promise<T> {
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
async function itsOwn(
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
async function unknown(run: PolicyRun, why: string, remedy: string): Promise<Policy> {
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
