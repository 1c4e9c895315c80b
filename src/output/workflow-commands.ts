/**
 * How PACE speaks with the runner of GitHub Actions: GitHub's own toolkit, and around it what that leaves to its users. It does
 * not hide credentials from the log of a step, and it prints foreign text as it is, commands to the runner included.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 *
 * The one file that loads the toolkit. It writes to the process's own stream and reads the process's variables.
 */
import { randomUUID } from 'node:crypto';
import {
  type AnnotationProperties,
  debug,
  endGroup,
  error,
  getBooleanInput,
  getInput,
  info,
  notice,
  setOutput,
  setSecret,
  startGroup,
  summary,
  warning,
} from '@actions/core';
import { errorCode, PaceError } from '../../core/errors.ts';
import { holdsCommand, withoutSigns } from '../../core/text/log-commands.ts';
import { secretParts } from '../../core/text/secret-parts.ts';
import { plainText } from '../../core/text/untrusted-text.ts';
import type { Log, World } from '../../core/world.ts';

export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice';
  readonly message: string;
  readonly title?: string;
  /** Relative to the repository's root. */
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

export interface Runner {
  readonly log: Log;
  /** An input of `action.yml`; `''` when it is not set. */
  input(name: string): string;
  /** The same as a yes or no, and not set is no; `undefined` for what is neither. */
  flag(name: string): boolean | undefined;
  /** From now on the runner shows `***` in its place. */
  mask(secret: string): void;
  annotate(annotation: Annotation): void;
  setOutput(name: string, value: string): void;
  /** Adds Markdown to the page of the job. */
  addToSummary(markdown: string): Promise<void>;
}

const ANNOTATE = { error, warning, notice };

/** The runner that this process is a step of. All that goes out through it has been redacted. */
export function actionsRunner({ redact }: Pick<World, 'redact'>): Runner {
  // the older kind of command may stand anywhere in a line
  const clean = (text: string) => withoutSigns(redact(plainText(text)));

  /** Text from outside could hold commands: the runner is told to take none until it sees the token again. */
  function line(message: string): void {
    const text = clean(message);
    if (!holdsCommand(text)) {
      info(text);
      return;
    }
    // guessed by nobody, as `world.random` could be
    const token = randomUUID();
    info(`::stop-commands::${token}\n${text}\n::${token}::`);
  }

  return {
    log: {
      info: line,
      warn: (message) => warning(clean(message)),
      debug: (message) => debug(clean(message)),
      progress: line,
      group: (title) => {
        startGroup(clean(title));
        return endGroup;
      },
    },
    input: (name) => getInput(name),
    flag: (name) => {
      if (getInput(name) === '') return false;
      try {
        return getBooleanInput(name);
      } catch {
        return undefined;
      }
    },
    mask: (secret) => {
      // of a text of several lines the runner would mask every line, `{` too
      for (const part of secretParts(secret)) if (!/[\r\n]/.test(part)) setSecret(part);
    },
    annotate: ({ level, message, ...place }) => ANNOTATE[level](clean(message), propertiesOf(place, clean)),
    setOutput: (name, value) => {
      // without the runner's file the toolkit, which reads the process itself, would print the command of older runners, which
      // newer ones refuse
      if (!process.env['GITHUB_OUTPUT']) return;
      try {
        setOutput(name, redact(value));
      } catch (error) {
        throw explained(error);
      }
    },
    addToSummary: async (markdown) => {
      try {
        // what a failed attempt has left is not said twice
        await summary.emptyBuffer().addRaw(redact(markdown)).write();
      } catch (error) {
        throw explained(error);
      }
    },
  };
}

/** The toolkit finds a file of the runner missing in words of its own; what the disk says comes through as it is. */
function explained(cause: unknown): unknown {
  if (!(cause instanceof Error) || errorCode(cause) !== '') return cause;
  return new PaceError({
    kind: 'configuration',
    message: cause.message.replace(/[^.]$/, '$&.'),
    remedy: 'The runner makes that file for every step: a container of your own must have it at the same place.',
    cause,
  });
}

function propertiesOf(
  { title, file, line, column }: Omit<Annotation, 'level' | 'message'>,
  clean: (text: string) => string,
): AnnotationProperties {
  return {
    ...(title ? { title: clean(title) } : {}),
    ...(file ? { file: clean(file) } : {}),
    ...(line ? { startLine: line } : {}),
    ...(column ? { startColumn: column } : {}),
  };
}
