/** `pace` in a folder of its own on the embedded tracker, within the test's process. */
import { onTestFinished } from 'vitest';
import { type CliOptions, type InProcessRun, runCliHere } from './in-process.ts';
import { newWorkspace, type Workspace } from './workspace.ts';

export interface PaceHere {
  readonly workspace: Workspace;
  /** Runs the words. */
  pace(...args: string[]): Promise<InProcessRun>;
  /** The same with something in the pipe. */
  pipe(input: NonNullable<CliOptions['input']>, ...args: string[]): Promise<InProcessRun>;
  /** The same with all that can be given. */
  run(options: Omit<CliOptions, 'cwd'>): Promise<InProcessRun>;
  /** What the words print as JSON. Throws when they fail. */
  data(...args: string[]): Promise<unknown>;
}

export async function paceHere(
  options: { files?: Readonly<Record<string, string>>; env?: Readonly<Record<string, string>>; git?: boolean } = {},
): Promise<PaceHere> {
  const { files = {}, git = false } = options;
  const workspace = await newWorkspace(files, { git });
  onTestFinished(() => workspace.dispose());
  const run = ({ env, ...given }: Omit<CliOptions, 'cwd'>) =>
    runCliHere({ cwd: workspace.path, env: { PACE_AGENT: 'tester', ...options.env, ...env }, ...given });
  const pace = (...args: string[]) => run({ args });
  return {
    workspace,
    run,
    pace,
    pipe: (input, ...args) => run({ args, input }),
    data: async (...args) => {
      const { code, stdout, stderr } = await pace(...args);
      if (code !== 0) throw new Error(`pace ${args.join(' ')} ended with ${code}: ${stderr}`);
      return JSON.parse(stdout);
    },
  };
}
