/** The `pace` command: definitions of arguments, one place that turns results into output and errors into exit codes. */
import { Command, CommanderError, Option } from 'commander';
import { asPaceError } from '../platforms/errors.ts';
import { createRedactor, type Redactor, redactDeep } from '../platforms/redact.ts';
import { plainText } from '../platforms/untrusted-text.ts';
import { VERSION } from '../platforms/version.ts';
import type { World } from '../platforms/world.ts';
import { ConfigError } from './config/problems.ts';
import { Interrupted, type Interruptible, interruptSignal } from './interrupt.ts';
import { hasColour, terminalLog } from './terminal-log.ts';
import { guarded, inWorkspace, processRun, type Stream } from './world.ts';

/** What the command needs of the process. */
export interface Program extends Interruptible {
  readonly argv: readonly string[];
  readonly env: World['env'];
  readonly stdout: Stream;
  readonly stderr: Stream;
}

/** Wrong usage or configuration. */
const EXIT_USAGE = 2;

export async function runCli(process: Program): Promise<number> {
  const redactor = createRedactor(process.env);
  const program = withoutSecrets(process, redactor);
  let exitCode = 0;
  const signal = interruptSignal(process);
  const run = async (options: CommonOptions, action: (world: World, signal: AbortSignal) => Promise<number>) => {
    const log = terminalLog(program.stderr, program.env, { verbose: options.verbose ?? false });
    const { world: ours, end } = processRun(log, redactor);
    try {
      exitCode = await action(await inWorkspace(ours, options.directory), signal);
    } finally {
      await end();
    }
  };
  const cli = definition(program, run);
  try {
    await cli.parseAsync([...program.argv]);
    return exitCode;
  } catch (error) {
    return explained(error, program.stderr);
  }
}

/** The one place where everything that is said passes. */
function withoutSecrets(process: Program, redactor: Redactor): Pick<Program, 'argv' | 'env' | 'stdout' | 'stderr'> {
  const { argv, env } = process;
  return { argv, env, stdout: guarded(process.stdout, redactor, env), stderr: guarded(process.stderr, redactor, env) };
}

interface CommonOptions {
  readonly config?: string;
  readonly directory?: string;
  readonly verbose?: boolean;
  readonly json?: boolean;
}

type Run = (options: CommonOptions, action: (world: World, signal: AbortSignal) => Promise<number>) => Promise<void>;

function definition(program: Pick<Program, 'stdout' | 'stderr' | 'env'>, run: Run): Command {
  const out = (text: string) => void program.stdout.write(text);
  const cli = new Command('pace')
    .description('A release gate for CI, and one issue-tracker interface for every tracker.')
    .version(VERSION, '-V, --version')
    .showSuggestionAfterError()
    .showHelpAfterError('(add --help for what there is)')
    .configureOutput({ writeOut: out, writeErr: (text) => void program.stderr.write(text) })
    .exitOverride()
    .addHelpText('after', HELP);

  common(cli.command('gate'))
    .description('decide the day: SHIP, or HOLD with one escalation issue')
    .option('--day <n>', 'gate day; else PACE_DAY, else the calendar of the plan')
    .option('--sha <commit>', 'commit to judge; else that of the CI job, else HEAD')
    .option('--attempt <k>', 'which try of the day this is')
    .option('--dry-run', 'judge and print; write nothing anywhere')
    .option('--json', 'print the whole report as one JSON object')
    .option('--dotenv <file>', 'also write the outcome as variables, for a GitLab dotenv report')
    .action((options) =>
      run(options, async (world, signal) => {
        const { gate } = await import('./commands/gate.ts');
        const { reportText } = await import('./report-text.ts');
        const outcome = await gate(world, options, signal);
        if (options.dotenv) {
          const { writeDotenv } = await import('./dotenv.ts');
          await writeDotenv(world, options.dotenv, outcome);
        }
        out(
          options.json
            ? json(world, outcome.report)
            : reportText(outcome.report, { colour: hasColour(program.stdout, program.env) }),
        );
        return outcome.exitCode;
      }),
    );

  common(cli.command('init'))
    .description('write a small pace.config.yaml that fits this repository')
    .option('--force', 'replace the one that is there')
    .action((options) =>
      run(options, async (world) => {
        const { init } = await import('./commands/init.ts');
        out(await init(world, options));
        return 0;
      }),
    );

  common(cli.command('validate'))
    .description('check pace.config.yaml and the plan, and show every mistake')
    .action((options) =>
      run(options, async (world) => {
        const { validate } = await import('./commands/validate.ts');
        out(await validate(world, options));
        return 0;
      }),
    );

  common(cli.command('doctor'))
    .description('look whether a gate run would work here: hosts, token, permissions, checkout; writes nothing')
    .option('--json', 'print a JSON array')
    .action((options) =>
      run(options, async (world) => {
        const { doctor } = await import('./commands/doctor.ts');
        const { doctorText } = await import('./doctor-text.ts');
        const { diagnoses, exitCode } = await doctor(world, options);
        const colour = hasColour(program.stdout, program.env);
        out(options.json ? json(world, diagnoses) : doctorText(diagnoses, { colour }));
        return exitCode;
      }),
    );

  const issue = cli.command('issue').description('read the issues of the configured tracker');
  common(issue.command('list'))
    .description('list issues, newest first')
    .addOption(new Option('--state <state>', 'which ones').choices(['open', 'closed', 'all']).default('open'))
    .option('--label <label>', 'only with this label; repeat for several', collect, [])
    .option('--limit <n>', 'at most so many', '50')
    .option('--json', 'print a JSON array')
    .action((options) =>
      run(options, async (world) => {
        const { listIssues } = await import('./commands/issue.ts');
        const { issueRows } = await import('./issue-text.ts');
        const issues = await listIssues(world, options);
        if (issues.length === 0 && !options.json) world.log.info('No issues.');
        out(options.json ? json(world, issues) : issueRows(issues));
        return 0;
      }),
    );
  common(issue.command('show'))
    .description('show one issue with its comments')
    .argument('<key>', 'its number or key, e.g. 12 or PROJ-12')
    .option('--json', 'print a JSON object')
    .action((key, options) =>
      run(options, async (world) => {
        const { showIssue } = await import('./commands/issue.ts');
        const { issueText } = await import('./issue-text.ts');
        const shown = await showIssue(world, { ...options, key });
        out(options.json ? json(world, shown) : issueText(shown));
        return 0;
      }),
    );
  return cli;
}

const HELP = `
First steps:
  pace init                  write a configuration
  pace gate --day 1          decide day 1
  pace doctor                see whether token, permissions and hosts are as the gate needs them
  pace issue list            see the escalation, should it hold

Exit codes of gate: 0 SHIP, PAUSED or UNKNOWN; 1 HOLD; 2 wrong usage or configuration.
Of doctor: 0 all is well; 1 the gate would be degraded; 2 wrong usage or configuration.`;

function common(command: Command): Command {
  return command
    .option('-c, --config <file>', 'configuration; else pace.config.yaml or pace/pace.config.yaml')
    .option('-C, --directory <folder>', 'workspace; else the current folder')
    .option('-v, --verbose', 'say more');
}

function collect(value: string, previous: string[]): string[] {
  return [...previous, value];
}

/** The same data, yet nothing in it is a command to a terminal or a runner. */
function json({ redact }: World, value: unknown): string {
  const text = JSON.stringify(redactDeep(redact, value), null, 2);
  return `${text.replace(/[\u007f-\u009f\p{DI}\u2028\u2029]|#(?=#\[)/gu, unicodeEscapes)}\n`;
}

function unicodeEscapes(character: string): string {
  const units = [...Array(character.length).keys()].map((index) => character.charCodeAt(index));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}

/** The one place that turns an error into words and an exit code. */
function explained(error: unknown, stderr: Stream): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT_USAGE;
  if (error instanceof Interrupted) return error.exitCode;
  if (error instanceof ConfigError) {
    stderr.write(`${plainText(error.message)}\n`);
    return EXIT_USAGE;
  }
  const { message, remedy, kind } = asPaceError(error);
  stderr.write(`Error: ${plainText([message, remedy].filter(Boolean).join('\n'))}\n`);
  return kind === 'unexpected' ? 1 : EXIT_USAGE;
}
