/** The texts of `pace help TOPIC`, made from the tables that the program itself goes by. */
import { loadPlatform, platformNames } from '../../platforms/index.ts';
import described from '../commands/described.json' with { type: 'json' };
import type { CompactDescription } from '../commands/description.ts';
import { EXIT_CODES, exitCodeHelp } from '../commands/exit-codes.ts';
import { COMMENT_FIELDS, ISSUE_FIELDS } from '../tracker/print/fields.ts';
import { FORMATS } from '../tracker/print/formats.ts';
import { IS_WORDS, STATE_WORDS, WORDS } from '../tracker/query/conditions.ts';
import { TIME_FORMS } from '../tracker/times.ts';
import type { Topic } from './help.ts';

/** Variables that no platform's table has. */
export const OWN_VARIABLES: readonly (readonly [name: string, why: string])[] = [
  ['PACE_BACKEND', 'the tracker of `issue`, `label`, `milestone`, `user`: a backend or a platform'],
  ['PACE_AGENT', 'the name of an agent, for claims; on the embedded tracker also who writes'],
  ['PACE_DAY', 'the day of the gate, where --day is not given'],
  ['PACE_ATTEMPT', 'which attempt of the day this is, where --attempt is not given'],
  ['PACE_EVIDENCE_SHA', 'the commit that the evidence is of, where --evidence-sha is not given'],
  ['PACE_PAUSED', 'pauses the gate; as a variable of the host, for everybody'],
  ['CI', 'set: nothing is asked, and no live line is shown'],
  ['NO_COLOR, FORCE_COLOR', 'no colour; colour also where there is no terminal'],
  ['VISUAL, EDITOR', 'what --editor opens'],
  ['HTTPS_PROXY, HTTP_PROXY, NO_PROXY', 'the way to the network; in lower case too'],
  ['NODE_EXTRA_CA_CERTS, SSL_CERT_FILE', 'further certificate authorities, in PEM'],
];

export async function topicText(topic: Topic): Promise<string> {
  const text = { environment, formatting, 'exit-codes': exitCodes, query, agents }[topic];
  return `${(await text()).trim()}\n`;
}

async function environment(): Promise<string> {
  const platforms = await Promise.all(platformNames.map(loadPlatform));
  const sections = platforms.map(({ title, needs }) => {
    const rows = needs.flatMap(({ env, why, required, secret }) =>
      env.length === 0
        ? []
        : [[env.join(', '), `${why}${required ? ' (needed)' : ''}${secret ? ' (secret)' : ''}`] as const],
    );
    return rows.length === 0 ? '' : `${title}\n${table(rows)}`;
  });
  return [
    'The variables that PACE reads. Of several names in a row the first that is set counts. What a configuration says comes before.',
    `PACE\n${table(OWN_VARIABLES)}`,
    ...sections.filter(Boolean),
  ].join('\n\n');
}

function formatting(): string {
  return `
What lists and single things are printed as: --format ${FORMATS.join(' | ')}, or a template.

  table      for people; at a terminal with a header, colour and the age of issues, in a pipe the rows alone
  json       the same as --json: an array for a list, an object for one thing. --json key,title names fields
  ids        one per line
  markdown   a table; of \`issue show\` the whole issue
  template   --format '{key} {title}': a line for each thing; \\t, \\n, {{ and }} are signs

Lists have 50 entries unless --limit says otherwise; where there are more, stderr says so. With --page and --json an object comes
back: {"items": […], "next": "…", "total": 180}. \`next\` goes with the next --page, and is null after the last one; \`total\` is null
where counting would mean reading them all.

Data goes to stdout, everything else to stderr; with --json the last line of stderr is the error, as an object.

Fields of an issue: ${Object.keys(ISSUE_FIELDS).join(', ')}.
Of a comment: ${Object.keys(COMMENT_FIELDS).join(', ')}.
Of every other command: \`pace describe --json\`.`;
}

function exitCodes(): string {
  const { tracker, sync, epic, gate, doctor, plain, facade } = EXIT_CODES;
  return [
    ['Of issue, label, milestone, user, backend', tracker] as const,
    ['Of sync', sync] as const,
    ['Of epic', epic] as const,
    ['Of gate', gate] as const,
    ['Of doctor', doctor] as const,
    ['Of tracker', facade] as const,
    ['Of all others', plain] as const,
  ]
    .map(([title, codes]) => `${title}:\n${exitCodeHelp(codes)}`)
    .join('\n\n');
}

function query(): string {
  const commands = described.commands as readonly CompactDescription[];
  const { arguments: flags = [] } = commands.find(({ name }) => name === 'issue list') ?? {};
  const aboutOf = (word: string) =>
    word === 'is' ? IS_WORDS.join(', ') : flags.find(({ flag }) => flag === `--${word}`)?.about;
  const rows = WORDS.map((word) => [word, aboutOf(word) ?? ''] as const);
  return `
The words of --query 'state:open -label:bug sort:updated crash', which are flags as well (--state open):

${table(rows)}

A dash in front leaves out what fits: -label:bug, -(type:bug OR label:crash). OR means that one side is enough, and parentheses group.
Quotes keep blanks together: label:"good first issue". Words without a name are looked for in title and body.

States: ${STATE_WORDS.join(', ')}.
Times: ${TIME_FORMS}.`;
}

function agents(): string {
  return `
How programs work with issues:

  PACE_AGENT=NAME                          a name of its own for each agent
  pace agent prime                         what is ready, yours, blocked
  pace issue ready --claim --for 2h        take the first that can be begun; exit code 9: there is none
  pace issue claim KEY --for 2h --start    take this one; exit code 10: somebody else has it
  pace issue renew KEY --for 2h            keep it for longer
  pace issue show KEY --json title,body    read it, as data
  pace issue comment KEY "…"               say what was done
  pace issue close KEY                     and end it
  pace issue release KEY                   or give it back

\`pace agent skill\` is this as a file, \`pace agent setup TOOL\` tells an agent of it, \`pace mcp\` serves agents without a shell.

Everything with --json is data, and so are errors: the last line of stderr is {"error": {"kind", "message", "remedy", "operation"}}.
Exit codes tell the kinds of trouble apart: \`pace help exit-codes\`. --dry-run of every verb that writes sends nothing.
\`pace describe --json\` has every command with its arguments, fields and exit codes.`;
}

function table(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, about]) => `  ${name.padEnd(width)}  ${about}`.trimEnd()).join('\n');
}
