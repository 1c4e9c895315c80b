/** The GitHub Action: inputs in, outputs, annotations and an exit code out. */
import { relative, resolve } from 'node:path';
import { asPaceError, PaceError } from '../core/errors.ts';
import { createRedactor } from '../core/text/redact.ts';
import { isCredentialName } from '../core/text/secret-names.ts';
import type { Log, World } from '../core/world.ts';
import { ConfigError } from '../core/yaml/problems.ts';
import { gate } from './commands/gate.ts';
import type { Gate } from './commands/options.ts';
import { atWorkspace } from './config/locate.ts';
import type { Finding } from './gate/finding.ts';
import { title as titleOf } from './gate/finding.ts';
import { ordered, proofOf } from './gate/report/findings-table.ts';
import type { Report } from './gate/report.ts';
import { subjectText } from './gate/subject.ts';
import { removeEarlierOutcome } from './output/earlier-outcome.ts';
import { endCommands, handOn, outputsOf } from './output/outputs.ts';
import { reportText } from './output/report-text.ts';
import { type StepFiles, stepFiles } from './output/step-files.ts';
import { type Annotation, actionsRunner, type Runner } from './output/workflow-commands.ts';
import { Interrupted, type Interruptible, interruptSignal } from './process/interrupt.ts';
import { inWorkspace, processRun } from './process/world.ts';

/** The inputs of `action.yml`, as the runner hands them over. */
const INPUTS = [
  'command',
  'config',
  'day',
  'change',
  'sha',
  'evidence-sha',
  'policy-from',
  'attempt',
  'dry-run',
  'token',
  'working-directory',
  'check-run-id',
] as const;
type Inputs = Record<(typeof INPUTS)[number], string>;

/** GitHub shows ten annotations of a level per step; the rest vanish. */
const SHOWN_ANNOTATIONS = 10;

const EXIT_USAGE = 2;

/** What the action needs of the process. */
interface Program extends Interruptible {
  readonly env: World['env'];
}

export async function runAction(program: Program): Promise<number> {
  const { env } = program;
  const signal = interruptSignal(program);
  const redactor = createRedactor(env);
  const runner = actionsRunner(redactor);
  maskCredentials(env, runner);
  const { world: ours, end } = processRun(runner.log, redactor);
  try {
    const inputs = readInputs(runner);
    const files = stepFiles(env);
    const own = { ...withInputs(ours, inputs), addToSummary: ownSummary(runner, files) };
    const world = await atWorkspace(await inWorkspace(own, inputs['working-directory']), inputs.config);
    return await runCommand(world, inputs, { runner, files, signal });
  } catch (error) {
    return explained(error, runner);
  } finally {
    await end();
  }
}

function readInputs(runner: Runner): Inputs {
  return Object.fromEntries(INPUTS.map((name) => [name, runner.input(name)])) as Inputs;
}

/** The token input stands for the variable of the same purpose. */
function withInputs(world: World, inputs: Inputs): World {
  const { env } = world;
  return {
    ...world,
    env: {
      ...env,
      ...(inputs.token ? { GITHUB_TOKEN: inputs.token } : {}),
      ...(inputs['check-run-id'] ? { PACE_CHECK_RUN_ID: inputs['check-run-id'] } : {}),
    },
  };
}

/** Whatever is named like a credential is masked before anything is printed. */
function maskCredentials(env: World['env'], runner: Runner): void {
  for (const [name, value] of Object.entries(env)) {
    if (value && isCredentialName(name)) runner.mask(value);
  }
}

/** What a command has written to the page of the job is not PACE's word. */
function ownSummary(runner: Runner, files: StepFiles): Runner['addToSummary'] {
  return async (markdown) => {
    await takeOut(runner.log, files);
    await runner.addToSummary(markdown);
    files.keep('GITHUB_STEP_SUMMARY');
  };
}

function takeOut(log: Log, files: StepFiles): Promise<void> {
  return handOn(log, () => {
    const names = files.restore();
    if (names.length === 0) return;
    log.warn(
      `Something other than PACE has written to ${names.join(', ')} of this step, most likely a command of the evidence. It was taken out.`,
    );
  });
}

interface Step {
  readonly runner: Runner;
  readonly files: StepFiles;
  readonly signal: AbortSignal;
}

async function runCommand(world: World, inputs: Inputs, step: Step): Promise<number> {
  const { runner } = step;
  if (inputs.command === '' || inputs.command === 'gate') return runGate(world, inputs, step);
  if (inputs.command === 'validate') {
    const { validate } = await import('./commands/validate.ts');
    const { validText } = await import('./output/valid-text.ts');
    runner.log.info(validText(await validate(world, inputs)));
    return 0;
  }
  if (inputs.command === 'doctor') return runDoctor(world, inputs, runner);
  throw usage(
    `"${inputs.command}" is not a command of this action.`,
    'Please set `command` to gate, validate or doctor.',
  );
}

async function runGate(world: World, inputs: Inputs, { runner, files, signal }: Step): Promise<number> {
  const { 'evidence-sha': evidenceSha, 'policy-from': policyFrom } = inputs;
  const options: Gate = { ...inputs, evidenceSha, policyFrom, dryRun: isTrue(runner, 'dry-run') };
  if (!options.dryRun) await removeEarlierOutcome(world, undefined);
  const end = runner.log.group('PACE gate');
  const outcome = await gate(world, options, signal).finally(end);
  const { report } = outcome;
  runner.log.info(reportText(report));
  for (const annotation of annotationsOf(world, report, outcome.exitCode)) runner.annotate(annotation);
  await endCommands(world);
  await takeOut(runner.log, files);
  await handOn(runner.log, () => {
    for (const [name, value] of Object.entries(outputsOf(world, outcome))) runner.setOutput(name, value);
  });
  return outcome.exitCode;
}

async function runDoctor(world: World, inputs: Inputs, runner: Runner): Promise<number> {
  const { doctor } = await import('./commands/doctor.ts');
  const { counts, doctorText } = await import('./output/doctor-text.ts');
  const { diagnoses, exitCode } = await doctor(world, inputs);
  runner.log.info(doctorText(diagnoses));
  if (exitCode !== 0) runner.annotate({ level: 'error', title: 'PACE doctor', message: counts(diagnoses) });
  return exitCode;
}

/** One for the decision, then findings whose place is known, then waivers: of each level as many as GitHub shows, the rest is counted. */
function annotationsOf(world: World, report: Report, exitCode: number): Annotation[] {
  const title = `PACE ${subjectText(report.subject)}: ${report.decision}`;
  const level = exitCode === 0 ? 'warning' : 'error';
  const decision: Annotation[] = report.decision === 'SHIP' ? [] : [{ level, title, message: report.holdReason }];
  const waivers = report.findings
    .filter(({ result }) => result === 'WAIVED')
    .map(
      (finding): Annotation => ({ level: 'warning', title: `Waived: ${titleOf(finding)}`, message: proofOf(finding) }),
    );
  const placed = ordered(report.findings)
    .filter(({ result, file }) => file && (result === 'FAIL' || result === 'ADVISORY'))
    .map((finding) => annotationOf(world, finding));
  const all = [...decision, ...placed, ...waivers];
  const levels = Map.groupBy(all, (annotation) => annotation.level);
  const shown = all.filter((one) => (levels.get(one.level) ?? []).indexOf(one) < SHOWN_ANNOTATIONS);
  const more = all.length - shown.length;
  return [...shown, ...(more > 0 ? [{ level: 'notice' as const, message: `${more} more in the job summary.` }] : [])];
}

function annotationOf(world: World, finding: Finding): Annotation {
  const { file = '', line, column } = finding;
  const root = world.env['GITHUB_WORKSPACE'] ?? world.cwd;
  return {
    level: finding.result === 'FAIL' ? 'error' : 'warning',
    title: titleOf(finding),
    message: finding.evidence,
    file: relative(root, resolve(world.cwd, file)),
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
  };
}

function isTrue(runner: Runner, name: keyof Inputs): boolean {
  const value = runner.flag(name);
  if (value === undefined)
    throw usage(`The input ${name} is "${runner.input(name)}".`, 'Please set it to true or false.');
  return value;
}

function usage(message: string, remedy: string): PaceError {
  return new PaceError({ kind: 'configuration', message, remedy });
}

/** Every mistake of a configuration becomes an annotation at its line. */
function explained(error: unknown, runner: Runner): number {
  if (error instanceof ConfigError) {
    for (const { file, line, column, message } of error.problems) {
      runner.annotate({ level: 'error', title: 'PACE configuration', file, line, column, message });
    }
    return EXIT_USAGE;
  }
  if (error instanceof Interrupted) return error.exitCode;
  const { message, remedy, kind } = asPaceError(error);
  runner.annotate({ level: 'error', title: 'PACE', message: [message, remedy].filter(Boolean).join('\n') });
  return kind === 'unexpected' ? 1 : EXIT_USAGE;
}
