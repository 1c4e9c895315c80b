/** Talk for people: on a terminal, in a pipe, in a CI. */
import { describe, expect, test } from 'vitest';
import { paint } from '../../../core/text/paint.ts';
import { hasColour, terminalLog } from '../../../src/output/terminal-log.ts';

function written(
  use: (log: ReturnType<typeof terminalLog>) => void,
  options: {
    stream?: { isTTY?: boolean; columns?: number };
    env?: Record<string, string>;
    how?: { verbose?: boolean; quiet?: boolean };
  } = {},
): string {
  const texts: string[] = [];
  const stream = { write: (text: string) => void texts.push(text), ...options.stream };
  use(terminalLog(stream, options.env ?? {}, options.how));
  return texts.join('');
}

const TERMINAL = { isTTY: true, columns: 20 };
const PLAIN = { NO_COLOR: '1' };
const CLEAR = '\r\u001b[2K';

describe('on a terminal', () => {
  test('progress is one live line that fits, and gives way to what is said', () => {
    const text = written(
      (log) => {
        log.progress('first');
        log.progress('a line that is longer than the terminal');
        log.info('said');
        log.info('again');
      },
      { stream: TERMINAL, env: PLAIN },
    );
    expect(text).toBe(`${CLEAR}first${CLEAR}a line that is lon…${CLEAR}said\nagain\n`);
  });

  test('without a known width a line has 79 characters', () => {
    const text = written((log) => log.progress('x'.repeat(100)), { stream: { isTTY: true }, env: PLAIN });
    expect(text).toBe(`${CLEAR}${'x'.repeat(78)}…`);
  });

  test('warnings, details and titles have colours of their own', () => {
    const text = written(
      (log) => {
        log.warn('careful');
        log.debug('detail');
        log.group('Title')();
      },
      { stream: TERMINAL, how: { verbose: true } },
    );
    expect(text).toBe('\u001b[33mWarning: careful\u001b[0m\n\u001b[2mdetail\u001b[0m\n\u001b[1mTitle\u001b[0m\n');
  });

  test('in a CI each change is a line', () => {
    const text = written((log) => log.progress('step'), { stream: TERMINAL, env: { ...PLAIN, CI: 'true' } });
    expect(text).toBe('step\n');
  });
});

test('in a pipe everything is a plain line', () => {
  const text = written((log) => {
    log.progress('step\u001b[31m');
    log.info('a\u001b[2Jb');
    log.warn('c\u0007d');
    log.group('e')();
  });
  expect(text).toBe('step\nab\nWarning: cd\ne\n');
});

test('details come when they are asked for; a quiet log has warnings only', () => {
  const all = (log: ReturnType<typeof terminalLog>) => {
    log.info('info');
    log.debug('debug');
    log.progress('progress');
    log.group('group')();
    log.warn('warn');
  };
  expect(written(all)).toBe('info\nprogress\ngroup\nWarning: warn\n');
  expect(written(all, { how: { verbose: true } })).toBe('info\ndebug\nprogress\ngroup\nWarning: warn\n');
  expect(written(all, { how: { quiet: true } })).toBe('Warning: warn\n');
});

test.each<[boolean, boolean | undefined, Record<string, string>]>([
  [true, true, {}],
  [false, undefined, {}],
  [false, false, {}],
  [false, true, { TERM: 'dumb' }],
  [false, true, { NO_COLOR: '1' }],
  [true, true, { NO_COLOR: '' }],
  [false, true, { NO_COLOR: '1', FORCE_COLOR: '1' }],
  [true, undefined, { FORCE_COLOR: '1' }],
  [true, true, { FORCE_COLOR: '1', TERM: 'dumb' }],
  [false, undefined, { FORCE_COLOR: '0' }],
  [true, true, { FORCE_COLOR: '0' }],
  [false, undefined, { FORCE_COLOR: '' }],
])('colour: %s, on a terminal: %s, with %j', (expected, isTTY, env) => {
  const stream = { write: () => true, ...(isTTY === undefined ? {} : { isTTY }) };
  expect(hasColour(stream, env)).toBe(expected);
});

test('paint leaves a text as it is without colour', () => {
  expect([paint(true, '31', 'x'), paint(false, '31', 'x')]).toEqual(['\u001b[31mx\u001b[0m', 'x']);
});
