/** Talk for people: on a terminal with colour and one live line, in a pipe or CI log as plain lines, changes only. */
import { paint } from '../../core/text/paint.ts';
import { plainLine, plainText } from '../../core/text/untrusted-text.ts';
import type { Log, World } from '../../core/world.ts';
import type { Stream } from '../process/world.ts';

export function terminalLog(
  stream: Stream,
  env: World['env'],
  options: { verbose?: boolean; quiet?: boolean } = {},
): Log {
  const colour = hasColour(stream, env);
  const live = stream.isTTY === true && !env['CI'];
  let hanging = false;

  function line(text: string): void {
    if (hanging) stream.write('\r\u001b[2K');
    hanging = false;
    stream.write(`${text}\n`);
  }

  return {
    info: (message) => {
      if (!options.quiet) line(plainText(message));
    },
    warn: (message) => line(paint(colour, '33', `Warning: ${plainText(message)}`)),
    debug: (message) => {
      if (options.verbose) line(paint(colour, '2', plainText(message)));
    },
    progress: (message) => {
      if (options.quiet) return;
      if (!live) return line(plainText(message));
      stream.write(`\r\u001b[2K${plainLine(message, (stream.columns ?? 80) - 1)}`);
      hanging = true;
    },
    group: (title) => {
      if (!options.quiet) line(paint(colour, '1', plainText(title)));
      return () => undefined;
    },
  };
}

/** https://no-color.org, https://force-color.org */
export function hasColour(stream: Stream, env: World['env']): boolean {
  if (env['NO_COLOR']) return false;
  if (env['FORCE_COLOR'] && env['FORCE_COLOR'] !== '0') return true;
  return stream.isTTY === true && env['TERM'] !== 'dumb';
}
