/** `pace gate`, `init`, `validate`, `doctor` and `describe` at the command line. Each loads only its own. */
import type { Doctor, Gate, Init, Validate } from '../commands/options.ts';
import { OutputLost } from './output.ts';
import type { Session } from './session.ts';

export const alone = {
  gate: async (session: Session, { dotenv, ...options }: Gate & { readonly dotenv?: string }) => {
    const { gate } = await import('../commands/gate.ts');
    const { reportText } = await import('../output/report-text.ts');
    const { removeEarlierOutcome } = await import('../output/earlier-outcome.ts');
    const { world, signal, shell } = session;
    // before anything can go wrong
    if (!options.dryRun) await removeEarlierOutcome(world, dotenv);
    const outcome = await gate(world, options, signal);
    if (dotenv) {
      const { writeDotenv } = await import('../output/dotenv.ts');
      await writeDotenv(world, dotenv, outcome);
    }
    const { report } = outcome;
    try {
      await session.answer(report, () => reportText(report, { colour: shell.hasColour }));
      await shell.stdout.settled();
    } catch (error) {
      if (!(error instanceof OutputLost)) throw error;
      // the day is decided, whether its report is read or not
      world.log.warn(`${error.message} The decision is ${report.decision}, and stands. ${error.remedy}`);
    }
    return outcome.exitCode;
  },
  init: async ({ world, shell }: Session, options: Init) => {
    const { init } = await import('../commands/init.ts');
    const { file, because } = await init(world, options);
    await shell.stdout.write(`Wrote ${file}. ${because}\nNext: pace validate, then pace gate --day 1\n`);
  },
  validate: async ({ world, shell }: Session, options: Validate) => {
    const { validate } = await import('../commands/validate.ts');
    const { validText } = await import('../output/valid-text.ts');
    await shell.stdout.write(validText(await validate(world, options)));
  },
  doctor: async (session: Session, options: Doctor) => {
    const { doctor } = await import('../commands/doctor.ts');
    const { doctorText } = await import('../output/doctor-text.ts');
    const { diagnoses, exitCode } = await doctor(session.world, options);
    await session.answer(diagnoses, () => doctorText(diagnoses, { colour: session.shell.hasColour }));
    return exitCode;
  },
  describe: async (session: Session) => {
    const { describe } = await import('../commands/describe.ts');
    const { describeText } = await import('../output/describe-text.ts');
    const described = describe();
    await session.answer(described, () => describeText(described));
  },
};
