/**
 * By whose configuration a run judges (`policy.from`). A change is judged by that of the branch that it goes to, whole: what it says
 * itself of evidence, waivers, plugins or the hosts that get the token counts once it is merged. Until the rules are known nothing of
 * the commit's own file is done.
 */

import { checkoutBranch } from '../../../core/drivers/checkout.ts';
import { PaceError } from '../../../core/errors.ts';
import { isBranchName } from '../../../core/programs/git-objects.ts';
import { isRecord } from '../../../core/record.ts';
import { plainLine } from '../../../core/text/untrusted-text.ts';
import type { World } from '../../../core/world.ts';
import type { YamlFile } from '../../../core/yaml/yaml-file.ts';
import { baseOf } from './base.ts';
import { broughtRules } from './finding.ts';
import { jobOfRun } from './job.ts';
import { lookUpNearest, NAME_IT } from './nearest.ts';
import { byRulesOf, type Found, fetching, itsOwn, type Policy, parsed, saidOf, unknown } from './outcomes.ts';
import { type AskedPolicy, type PolicyRun, policyRun } from './run.ts';
import { isOperators, movedHere } from './whose-file.ts';

/** The word for the commit's own configuration. */
const COMMIT = 'commit';

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

/** Of a change the base's word counts, one step far. */
async function byBase(run: PolicyRun, base: string, found: Found): Promise<Policy> {
  const word = wordIn(await saidOf(base, async () => parsed(found)));
  if (word === undefined || word === base) return byRulesOf(run, base, found);
  if (word !== COMMIT) return byNamedBranch(run, word, `policy.from of ${plainLine(base, 100)}`);
  return itsOwn(run, [`${ITS_OWN}, as that of ${plainLine(base, 100)} says (\`policy.from: commit\`).`]);
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
