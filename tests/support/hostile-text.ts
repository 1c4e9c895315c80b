/** Texts as an attacker would write them: fragments with power on some platform, glued together at random. */
import fc from 'fast-check';

const FRAGMENTS = [
  ...['@octocat', '@org/team', '＠octocat', '@all', '#1', 'GH-1', 'gh-22', 'owner/repo#1', '!1', '~bug', '~"big bug"'],
  ...[
    '%v1',
    '%"next week"',
    '$1',
    '$HOME',
    '$$x^2$$',
    '&1',
    'group&2',
    '[vulnerability:1]',
    '*iteration:"one"',
    '^alert#1',
  ],
  ...['Fixes #1', 'closes https://github.com/o/r/issues/1', 'resolves o/r#1', 'Closes !2', 'fixes GH-3'],
  ...[
    '\n/close',
    '\n- /close',
    '\n> /label ~x',
    '/assign @me',
    '\n```\n/close\n```',
    '\n````\n/merge\n',
    '\n`\n/close\n`\n',
  ],
  ...['::error::x', '\n::set-output name=a::b', '##[group]x', '\n::stop-commands::t', '##vso[task]'],
  ...[
    '<b>x</b>',
    '<img src=x onerror=alert(1)>',
    '<!--',
    '-->',
    '<details>',
    '&lt;',
    '&#64;',
    '&amp;',
    '<https://x.y>',
  ],
  ...[
    '[a](http://x.y)',
    '![a](http://x.y)',
    '[a]: http://x.y',
    '[^1]',
    'http://x.y',
    'https://a.b/c?d=e',
    'www.x.y',
    'a@b.cd',
  ],
  ...['ftp://x.y', 'mailto:a@b.cd', 'javascript:alert(1)', '<!-- pace:metadata e30= -->', '<!-- pace:change-note -->'],
  ...[
    '```',
    '~~~',
    '    code',
    '`',
    '``',
    '**',
    '__',
    '~~',
    '|',
    '\\|',
    '\\',
    '\\\\',
    '\n|a|b|\n|-|-|\n',
    '\r\n',
    '\r',
    '\n\n',
  ],
  ...[
    '\n# h',
    '\n---',
    '\n===',
    '\n***',
    '1. ',
    '1) ',
    '- ',
    '+ ',
    '* ',
    '> ',
    '>>> ',
    '[ ] ',
    '[x] ',
    ':smile:',
    ': d',
    ':::',
    '::include{file=x}',
  ],
  ...[
    '\u001b[31m',
    '\u001b]8;;http://x.y\u0007',
    '\u001b]0;t\u001b\\',
    '\u001bPq\u001b\\',
    '\u009b2J',
    '\u009d0;x\u009c',
    '\u001b',
    '\u001b[',
  ],
  ...[
    '\u202e',
    '\u2066',
    '\u200b',
    '\u2060',
    '\ufeff',
    '\u{e0041}',
    '\u00ad',
    '\u3164',
    '\u2028',
    '\u0000',
    '\u0007',
    '\ud800',
    '\udc00',
  ],
  ...[
    'e\u0301\u0301\u0301\u0301\u0301\u0301',
    '\u0335\u0336\u0337\u0338\u0339',
    'é',
    '日本',
    '👩‍👧',
    ' ',
    '\t',
    'a',
    'Z',
    '0',
    '.',
    ',',
    '"',
    "'",
  ],
];

export function hostileText(options: { maxLength?: number } = {}): fc.Arbitrary<string> {
  const piece = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...FRAGMENTS) },
    fc.string({ unit: 'binary', maxLength: 6 }),
  );
  return fc.array(piece, { maxLength: options.maxLength ?? 8 }).map((pieces) => pieces.join(''));
}

/** What GitHub and GitLab take for a mention, a reference or an address, wherever it stands in a rendered text. */
export const POWERS: Readonly<Record<string, RegExp>> = {
  mention: /[@＠﹫][\p{L}\p{N}_-]/u,
  'GitHub reference': /#\d|GH-\d/i,
  'GitLab reference': /[!$&^]\d|[~%][\p{L}\p{N}_"]|\[[a-z_]+:|\*iteration:/iu,
  address: /:\/\/|www\./i,
};

/** https://docs.gitlab.com/user/project/quick_actions/: a line that begins so, outside of what it takes for code. */
export const QUICK_ACTION = /^\/[a-z_]+(?:\s|$)/im;

/** Lines that a runner of GitHub Actions takes for a command. */
export const WORKFLOW_COMMAND = /^\s*::|##\[/m;
