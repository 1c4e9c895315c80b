/**
 * The protocol between a GitHub Actions step and its runner: commands on stdout, files for outputs.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 *
 * Written here because the toolkit's core package loads a whole HTTP client at every start.
 */
import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { plainText } from '../../core/text/untrusted-text.ts';
import type { Log, World } from '../../core/world.ts';
import type { Stream } from '../process/world.ts';

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
  /** From now on the runner shows `***` in its place. */
  mask(secret: string): void;
  annotate(annotation: Annotation): void;
  setOutput(name: string, value: string): void;
}

export function actionsRunner(stream: Stream, env: World['env'], { redact }: Pick<World, 'redact'>): Runner {
  const command = (name: string, properties: Record<string, string | number | undefined>, message: string) =>
    void stream.write(`::${name}${propertyList(properties, redact)}::${escapeData(redact(message))}\n`);

  /** Text from outside could hold commands: the runner is told to take none until it sees the token again. */
  function line(message: string): void {
    // the older kind of command may stand anywhere in a line
    const text = redact(plainText(message)).replaceAll('##[', '#\u2060#[');
    if (!/^\s*::/m.test(text)) return void stream.write(`${text}\n`);
    const token = randomUUID();
    stream.write(`::stop-commands::${token}\n${text}\n::${token}::\n`);
  }

  return {
    log: {
      info: line,
      warn: (message) => command('warning', {}, plainText(message)),
      debug: (message) => command('debug', {}, plainText(message)),
      progress: line,
      group: (title) => {
        command('group', {}, plainText(title));
        return () => command('endgroup', {}, '');
      },
    },
    mask: (secret) => {
      for (const part of secret.split(/\r?\n/)) if (part.length > 2) stream.write(`::add-mask::${escapeData(part)}\n`);
    },
    annotate: ({ level, message, title, file, line: row, column }) =>
      command(level, { title, file, line: row, col: column }, plainText(message)),
    setOutput: (name, value) => {
      const path = env['GITHUB_OUTPUT'];
      if (!path) return;
      const delimiter = `pace-${randomUUID()}`;
      appendFileSync(path, `${name}<<${delimiter}\n${redact(value)}\n${delimiter}\n`);
    },
  };
}

function propertyList(properties: Record<string, string | number | undefined>, redact: World['redact']): string {
  const set = Object.entries(properties).filter(([, value]) => value !== undefined && value !== '');
  return set.length === 0
    ? ''
    : ` ${set.map(([name, value]) => `${name}=${escapeProperty(redact(plainText(String(value))))}`).join(',')}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
