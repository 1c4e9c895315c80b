/** What `doctor` looks at in the configuration and the plan. Mistakes become diagnoses, so that the rest is looked at all the same. */
import { statusContext } from '../../core/adapters/ci/gate-status.ts';
import { type Looks, looksAt } from '../../core/drivers/diagnosis-looks.ts';
import { asPaceError } from '../../core/errors.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { loadPlan } from '../../core/plan/read-plan.ts';
import type { Diagnosis, GateNeeds } from '../../core/ports/index.ts';
import type { World } from '../../core/world.ts';
import { ConfigError } from '../../core/yaml/problems.ts';
import { parseYaml } from '../../core/yaml/yaml-file.ts';
import { checkConfig, type LoadedConfig } from '../config/load.ts';
import type { PaceConfig } from '../config/schema.ts';
import { gateOf } from '../gate/identity/gate-name.ts';
import type { Policy } from '../gate/policy/outcomes.ts';
import { policyOf } from '../gate/policy/policy.ts';
import { policyWords } from '../gate/policy/words.ts';
import { createState } from '../gate/state/state.ts';
import { whichDay } from '../gate/which-day.ts';

export interface Configured {
  readonly diagnoses: readonly Diagnosis[];
  /** Without a usable file: the defaults, and the platforms that the environment tells. */
  readonly loaded: LoadedConfig;
  readonly needs: GateNeeds;
}

export async function diagnoseConfiguration(world: World, path: string | undefined): Promise<Configured> {
  const looks = looksAt('configuration');
  const loaded = await load(world, path, looks);
  const plan = await lookAtPlan(world, loaded.config, looks);
  return { diagnoses: looks.diagnoses, loaded, needs: needsOf(loaded.config, plan, gateOf(world, loaded)) };
}

async function load(world: World, path: string | undefined, looks: Looks): Promise<LoadedConfig> {
  try {
    // a stranger's change could name another address for the token here, too
    const { loaded, findings, notes } = await policyOf(world, { config: path });
    const { file = '', missing, warnings, sides } = loaded;
    if (missing) looks.note('file', { state: 'broken', detail: missing, remedy: 'Please run `pace init`.' });
    else looks.note('file', { state: 'ok', detail: file });
    lookAtPolicy(looks, loaded, { findings, notes });
    for (const warning of warnings) looks.note(placeOf(warning), { state: 'ok', detail: warning.message });
    looks.note('platforms', { state: 'ok', detail: sides.because });
    return loaded;
  } catch (error) {
    noteMistakes(looks, 'file', error);
    const detected = await checkConfig(world, parseYaml('pace.config.yaml', '{}'));
    looks.note('platforms', { state: 'unknown', detail: `Without the configuration: ${detected.sides.because}` });
    return detected;
  }
}

/** Whose configuration counts here, and for changes. */
function lookAtPolicy(looks: Looks, { config }: LoadedConfig, { findings, notes }: Omit<Policy, 'loaded'>): void {
  for (const { result, evidence } of findings) {
    const isUnknown = result === 'UNKNOWN';
    looks.note('policy', {
      state: isUnknown ? 'broken' : 'ok',
      detail: evidence,
      ...(isUnknown ? { remedy: '' } : {}),
    });
  }
  for (const detail of notes) looks.note('policy', { state: 'ok', detail });
  if (findings.length + notes.length === 0) looks.note('policy', { state: 'ok', detail: policyWords(config) });
}

function noteMistakes(looks: Looks, check: string, error: unknown): void {
  if (error instanceof ConfigError) {
    for (const problem of error.problems) {
      looks.note(placeOf(problem), { state: 'broken', detail: problem.message, remedy: 'Please correct this line.' });
    }
    return;
  }
  const { message, remedy } = asPaceError(error);
  looks.note(check, { state: 'broken', detail: message, remedy });
}

function placeOf({ file, line, column }: { file: string; line: number; column: number }): string {
  return `${file}:${line}:${column}`;
}

async function lookAtPlan(world: World, config: PaceConfig, looks: Looks): Promise<Plan | undefined> {
  let plan: Plan | undefined;
  try {
    plan = await loadPlan(world, config.sprint.plan);
    const text = world.env['PACE_DAY'];
    const given = text ? { text, source: 'PACE_DAY' } : undefined;
    const today = await whichDay({ world, config, plan, state: createState(world, { dryRun: true }), given });
    const { outside, unplanned } = today;
    const source = plan ? `${plan.file}, days: ${plan.days.length}` : 'none';
    const detail = `${source}. ${outside ?? unplanned ?? `Today is day ${today.day}.`}`;
    if (unplanned === undefined) looks.note('plan', { state: 'ok', detail });
    else looks.note('plan', { state: 'degraded', detail, remedy: 'Please begin a new sprint: `pace sprint start`.' });
  } catch (error) {
    noteMistakes(looks, 'plan', error);
  }
  // also where nothing tells the day: the plan still says what the gate needs
  return plan;
}

function needsOf(config: PaceConfig, plan: Plan | undefined, gate: string): GateNeeds {
  return {
    statusContext: statusContext(gate),
    waitsForCi: config.ci.enabled,
    opensReviews: plan?.days.some(({ humanGate }) => humanGate) ?? false,
    usesVariables: config.pause.by !== 'issue',
    purposes: config.advisory.push_to_issues ? ['hold', 'advisory'] : ['hold'],
  };
}
