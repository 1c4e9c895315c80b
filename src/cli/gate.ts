/** `pace gate`, `init`, `validate` and `doctor`. */
import type { Command } from 'commander';
import { json } from './json.ts';
import { common, type Shell } from './shell.ts';

export function defineGate(cli: Command, { stdout, hasColour, run }: Shell): void {
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
        const { gate } = await import('../commands/gate.ts');
        const { reportText } = await import('../output/report-text.ts');
        const outcome = await gate(world, options, signal);
        if (options.dotenv) {
          const { writeDotenv } = await import('../output/dotenv.ts');
          await writeDotenv(world, options.dotenv, outcome);
        }
        const { report } = outcome;
        await stdout.write(options.json ? json(world, report) : reportText(report, { colour: hasColour }));
        return outcome.exitCode;
      }),
    );
}

export function defineInit(cli: Command, { stdout, run }: Shell): void {
  common(cli.command('init'))
    .description('write a small pace.config.yaml that fits this repository')
    .option('--force', 'replace the one that is there')
    .action((options) =>
      run(options, async (world) => {
        const { init } = await import('../commands/init.ts');
        await stdout.write(await init(world, options));
        return 0;
      }),
    );
}

export function defineValidate(cli: Command, { stdout, run }: Shell): void {
  common(cli.command('validate'))
    .description('check pace.config.yaml and the plan, and show every mistake')
    .action((options) =>
      run(options, async (world) => {
        const { validate } = await import('../commands/validate.ts');
        await stdout.write(await validate(world, options));
        return 0;
      }),
    );
}

export function defineDoctor(cli: Command, { stdout, hasColour, run }: Shell): void {
  common(cli.command('doctor'))
    .description('look whether a gate run would work here: hosts, token, permissions, checkout; writes nothing')
    .option('--json', 'print a JSON array')
    .action((options) =>
      run(options, async (world) => {
        const { doctor } = await import('../commands/doctor.ts');
        const { doctorText } = await import('../output/doctor-text.ts');
        const { diagnoses, exitCode } = await doctor(world, options);
        await stdout.write(options.json ? json(world, diagnoses) : doctorText(diagnoses, { colour: hasColour }));
        return exitCode;
      }),
    );
}
