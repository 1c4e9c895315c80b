/** The `pace` command: one place that turns results into output and errors into exit codes. The commands are in `cli/`. */
import { Command } from 'commander';
import { createRedactor, type Redactor } from '../core/text/redact.ts';
import { VERSION } from '../core/version.ts';
import type { Log, World } from '../core/world.ts';
import { defineCommands } from './cli/groups.ts';
import { helpAskedBy, TOPICS_HELP, type Topic } from './cli/help.ts';
import { type Output, outputTo, talkTo } from './cli/output.ts';
import type { Action, CommonOptions, Shell } from './cli/shell.ts';
import { asksForJson, explained, tellOfTheRest } from './cli/trouble.ts';
import { atWorkspace } from './config/locate.ts';
import { hasColour, terminalLog } from './output/terminal-log.ts';
import { Interrupted, type Interruptible, interruptSignal } from './process/interrupt.ts';
import { guarded, inWorkspace, processRun, type Stream } from './process/world.ts';

/** What the command needs of the process. */
export interface Program extends Interruptible {
  readonly argv: readonly string[];
  readonly env: World['env'];
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: Stream;
  readonly stderr: Stream & NodeJS.WritableStream;
  exit(code: number): void;
}

export async function runCli(program: Program): Promise<number> {
  const redactor = createRedactor(program.env);
  const argv = program.argv.slice(2);
  const stdout = outputTo(1, () => guarded(program.stdout, redactor, program.env));
  const stderr = talkTo(2, () => guarded(program.stderr, redactor, program.env));
  // loaded only where there is a terminal: it comes with all of networking
  const canAsk = stderr.isTerminal && (await import('node:tty')).isatty(0);
  const shell = createShell(program, redactor, { stdout, stderr, canAsk });
  const asJson = asksForJson(argv);
  const help = helpOn({ stdout, stderr }, asJson);
  try {
    const cli = rootCommand(help);
    const asked = helpAskedBy(argv);
    if (asked && 'topic' in asked) await stdout.write(await textOf(asked.topic));
    else {
      const words = asked ? [...asked.path, '--help'] : argv;
      defineCommands(cli, shell, words);
      await cli.parseAsync(plainJsonFlags(words), { from: 'user' }).finally(help.printed);
    }
    await stdout.settled();
    if (asJson && shell.isTracker) tellOfTheRest(shell, { stderr, redact: redactor.redact });
    return shell.exitCode;
  } catch (error) {
    const { isTracker, failsWithOne } = shell;
    const code = explained(error, { stderr, asJson, redact: redactor.redact, isTracker, failsWithOne });
    // a request that is still under way would keep the process alive
    if (isTracker && error instanceof Interrupted) program.exit(code);
    return code;
  }
}

function interruptOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
  });
}

interface Outputs {
  readonly stdout: Output;
  readonly stderr: Output;
}

interface RunningShell extends Shell {
  readonly exitCode: number;
  /** A verb of trackers is under way. */
  readonly isTracker: boolean;
  /** Whatever goes wrong has one exit code. */
  readonly failsWithOne: boolean;
  readonly warnings: readonly string[];
}

function createShell(
  program: Program,
  redactor: Redactor,
  { stdout, stderr, canAsk }: Outputs & { readonly canAsk: boolean },
): RunningShell {
  const { env } = program;
  const signal = interruptSignal(program);
  const talk: Stream = { write: stderr.write, isTTY: stderr.isTerminal, columns: stderr.columns ?? 80 };
  let exitCode = 0;
  let isTracker = false;
  let failsWithOne = false;
  let isHanging = false;
  const warnings: string[] = [];
  async function run(options: CommonOptions, action: Action): Promise<void> {
    const log = heard(terminalLog(talk, env, { verbose: options.verbose ?? false }), warnings);
    const { world, end } = processRun(log, redactor);
    const own = env['GITHUB_ACTIONS'] === 'true' ? { ...world, addToSummary: summaryOfJob(redactor) } : world;
    try {
      exitCode =
        (await action(await atWorkspace(await inWorkspace(own, options.directory), options.config), signal)) ?? 0;
    } finally {
      await end();
    }
  }
  return {
    env,
    // opening it takes time, and most verbs read nothing
    get stdin() {
      return program.stdin;
    },
    stdout,
    ask: canAsk && !env['CI'] ? (question) => asked(program, question) : undefined,
    hasColour: hasColour({ write: stdout.write, isTTY: stdout.isTerminal }, env),
    progress: (text) => {
      if (text === '' && !isHanging) return;
      isHanging = text !== '';
      if (stderr.isTerminal && !env['CI']) void stderr.write(`\r\u001b[2K${text.slice(0, (stderr.columns ?? 80) - 1)}`);
    },
    setOutputs: async (values) => {
      if (env['GITHUB_ACTIONS'] !== 'true') return;
      const runner = await runnerOf(redactor);
      for (const [name, value] of Object.entries(values)) runner.setOutput(name, value);
    },
    run,
    serve: (options, action, { endsItself = false, failsWithOne: isAlike = false } = {}) => {
      isTracker = true;
      failsWithOne = isAlike;
      return run(options, endsItself ? action : (world) => Promise.race([action(world, signal), interruptOf(signal)]));
    },
    get exitCode() {
      return exitCode;
    },
    get isTracker() {
      return isTracker;
    },
    get failsWithOne() {
      return failsWithOne;
    },
    warnings,
  };
}

/** The same log, of which the warnings are kept. */
function heard(log: Log, warnings: string[]): Log {
  return {
    ...log,
    warn: (message) => {
      warnings.push(message);
      log.warn(message);
    },
  };
}

/** A step that runs the command itself has the same page as the action; a shell never loads what writes to it. */
function summaryOfJob(redactor: Redactor): NonNullable<World['addToSummary']> {
  return async (markdown) => (await runnerOf(redactor)).addToSummary(markdown);
}

async function runnerOf(redactor: Redactor) {
  const { actionsRunner } = await import('./output/workflow-commands.ts');
  return actionsRunner(redactor);
}

async function asked({ stdin, stderr }: Program, question: string): Promise<string> {
  const { ask } = await import('./cli/ask.ts');
  return ask(question, { input: stdin, output: stderr });
}

async function textOf(topic: Topic): Promise<string> {
  const { topicText } = await import('./cli/help-topics.ts');
  return topicText(topic);
}

interface Help {
  /** What commander prints. */
  readonly write: { writeOut(text: string): void; writeErr(text: string): void };
  /** Throws what has become of it. */
  printed(): Promise<void>;
}

/** Help on stdout, and what commander says of mistakes; to a program these are told otherwise. */
function helpOn({ stdout, stderr }: Outputs, asJson: boolean): Help {
  let last = Promise.resolve();
  const writeOut = (text: string) => {
    last = last.then(() => stdout.write(text));
    last.catch(() => undefined);
  };
  const writeErr = (text: string) => void (asJson || stderr.write(text));
  return { write: { writeOut, writeErr }, printed: () => last };
}

function rootCommand(help: Help): Command {
  return new Command('pace')
    .description('A release gate for CI, and one issue-tracker interface for every tracker.')
    .version(VERSION, '-V, --version')
    .showSuggestionAfterError()
    .showHelpAfterError('(add --help to see what is available)')
    .configureOutput(help.write)
    .exitOverride()
    .enablePositionalOptions()
    .addHelpText('after', `${HELP}\n${TOPICS_HELP}`);
}

const HELP = `
First steps:
  pace init                  write a configuration
  pace gate --day 1          decide day 1
  pace doctor                see whether token, permissions and hosts are as the gate needs them
  pace evidence              try the evidence alone
  pace issue list            see the escalation, should it hold

Exit codes of gate: 0 SHIP, PAUSED or UNKNOWN; 1 HOLD; 2 wrong usage or configuration.
Of doctor: 0 all is well; 1 the gate would be degraded; 2 wrong usage or configuration.
Of issue, label, milestone, user: \`pace issue --help\` lists them.`;

/** `--json KEY` is the flag and a key: the names of fields are letters, joined by commas. */
function plainJsonFlags(argv: readonly string[]): string[] {
  return argv.flatMap((word, index) => {
    const next = argv[index + 1];
    const isFields = next === undefined || /^-./.test(next) || /^[a-z]+(,[a-z]+)*$/i.test(next);
    return word !== '--json' || isFields ? [word] : ['--json='];
  });
}
