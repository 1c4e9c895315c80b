/** `docs/configuration.md`: the reference for people. */

import { z } from 'zod';
import type { Platform } from '../../core/ports/index.ts';
import { describedSchema, shapeOf } from '../../core/yaml/schema-shape.ts';
import { configPaths } from '../config/locate.ts';
import { configSchema, evidenceSchema, foreignSections } from '../config/schema.ts';
import { code, paragraphs, table } from './markdown.ts';
import { settingTable } from './platform-table.ts';
import { typeWords } from './type-words.ts';

const INTRODUCTION = `<!-- Written by \`npm run generate\` from src/config/schema.ts and the platforms' own needs: please change those. -->

# Configuration

PACE reads ${configPaths.map(code).join(', else ')} in the workspace, or the file that \`--config\` (the input \`config\`) names. \`pace init\` writes
a minimal one; [pace.config.example.yaml](../pace.config.example.yaml) shows every key. An empty file, or an empty section, means
the defaults below. With the line

\`\`\`yaml
# yaml-language-server: $schema=./pace.schema.json
\`\`\`

at the top, and [pace.schema.json](../pace.schema.json) beside it, editors complete and check the file while you type.

Mistakes are reported all at once, each as \`file:line:column: what, why, and what was probably meant\`, and PACE exits 2. \`pace validate\`
does the same without judging anything, for all platforms.`;

const PRECEDENCE = `## Whose configuration counts

A change (a pull or merge request) cannot change the rules by which it is judged: they are those of the branch that it goes to, the **whole** file, with
evidence, waivers, quarantine, freezes, plugins and the addresses that get the token. What a change adds counts once it is merged. From the workspace come the
plan, and the files that evidence reads. The report says whose rules counted, and shows as an ADVISORY of \`policy\` what the commit changes in them.

| Run | Rules |
| --- | --- |
| a day | the commit's own; with \`policy.from: <branch>\` in it those of that branch |
| a change | those of the branch that it goes to, of the default branch where the job does not tell which; where \`policy.from\` there names another branch, those of that one, and with \`policy.from: commit\` the commit's own. What the commit says of \`policy.from\` does not count |
| \`--policy-from <branch>\` (the input \`policy-from\`) | those of that branch, or with \`commit\` the commit's own: the operator's word comes first |
| \`--config\` with a file outside of the repository, or with one that neither the commit nor that branch has | that file: the operator's word, too |
| a change by hand (\`--change 12\`) outside of CI | as for a change, with the addresses of the configuration in the checkout; the checkout's own rules where nobody knows the change |
| what only \`gate.subject: change\` makes a change | as for a day: it goes nowhere |

- Whether a run is about a change is told by the variables and the event of the job, before any configuration is read.
- The branch is read from the clone by git, without a checkout: \`origin/<branch>\`, where that remote is the repository of the job and not a fork of it; else the
  first parent of the merge that the host has made to test the change. What the clone lacks is asked from the host (GitHub, GitLab, Gitea, Bitbucket; the job's own
  token will do on all but Bitbucket), at the address that the job's variables tell.
- Where neither has it, nothing is judged: UNKNOWN, with what to do. Have the branch in the clone: \`fetch-depth: 0\` of actions/checkout, or
  \`git fetch --depth=1 origin +refs/heads/main:refs/remotes/origin/main\`. Whether an UNKNOWN stops the pipeline is part of the rules, so the exit code is 0 then, unless the commit's
  own file has \`gate.on_unknown: hold\`; the commit status is \`error\`.
- Where that branch has no configuration, the commit that brings the first one is judged by it, and an ADVISORY says so.
- Mistakes in the commit's file are shown, and do not stop the run; those of the file that counts exit 2.
- A plugin is loaded from the workspace, and only where it is as on that branch: its file, what lies beside it (at the root of the repository: what it names by a relative
  path), what these name so, and what \`package.json\` tells the loader. Else nothing is judged. The branch must be in the clone for that. What an earlier step has installed into
  \`node_modules\` cannot be compared, nor what a plugin reads by a path that it puts together.
- A job of another event that checks a change out (a comment, a dispatch by hand) does not tell that it is about one: name it there (\`--change\`, the input \`change\`), or
  the branch (\`--policy-from\`). \`pace validate\` looks at the file of the commit and loads its plugins; \`pace doctor\` looks with the rules that count.
- A workflow that also runs on the *push* of a branch judges a day there, by the commit's own rules, and sets the same status on the same commit: run it on pushes of protected branches only,
  or set \`policy.from\` by the operator's word.

## Where a value comes from

1. the file,
2. else the environment (for platforms: the variables listed below, the first one that is set),
3. else the default.

\`platform.ci\` and \`platform.tracker\` win over the older \`platform.type\`. With \`auto\`, the CI side is the platform whose CI variables are set,
else the one that the git remote belongs to, else \`local\`. The tracker is a platform that only tracks issues when everything it needs is
set, else the platform of the CI side, else \`local\`. The log says what was chosen and why.`;

const SECRETS = `## Secrets

A secret is never written in the file. Write the name of an environment variable in its place, as \`env:NAME\` or \`\${NAME}\`; inside a longer text of a
platform's section \`\${NAME}\` works too. A variable that is not set is reported with the line that names it. Anything that looks like a credential
(a token of a known form, a private key, a URL with a password, a literal under a key such as \`token\` or \`password\`), also in a comment, is refused
without being shown.`;

export function configurationPage(platforms: readonly Platform[]): string {
  const others = new Set<string>([...platforms.map(({ name }) => name), ...foreignSections]);
  const sections = Object.entries(shapeOf(configSchema)).filter(([key]) => !others.has(key));
  const foreign = `## Sections of other PACE tools\n\nAccepted and not looked at: ${foreignSections.map(code).join(', ')}. Any other unknown key is a mistake.`;
  return `${paragraphs(
    INTRODUCTION,
    PRECEDENCE,
    ...sections.map(([key, schema]) => section(key, schema)),
    SECRETS,
    platformSections(platforms),
    foreign,
  )}\n`;
}

function section(key: string, schema: z.ZodType): string {
  const { description, schema: inner } = describedSchema(schema);
  const head = `## \`${key}\`\n\n${description}`;
  if (key === 'evidence')
    return paragraphs(`${head} A list; \`type\` says what an item is.`, ...evidenceSchema.options.map(evidence));
  if (inner instanceof z.ZodArray) return paragraphs(`${head} A list of:`, keyTable(rows(inner.element as z.ZodType)));
  // what has no keys of its own says in its description what it holds
  return Object.keys(shapeOf(inner)).length === 0 ? head : paragraphs(head, keyTable(rows(inner)));
}

function evidence(option: z.ZodType): string {
  const { type, ...rest } = shapeOf(option);
  if (!(type instanceof z.ZodLiteral)) return '';
  return paragraphs(`### \`type: ${String(type.value)}\``, type.description ?? '', keyTable(shapeRows(rest, '')));
}

function keyTable(content: readonly (readonly string[])[]): string {
  return table(['Key', 'Type', 'Default', 'Meaning'], content);
}

function rows(schema: z.ZodType): string[][] {
  return shapeRows(shapeOf(schema), '');
}

function shapeRows(shape: Readonly<Record<string, z.ZodType>>, prefix: string): string[][] {
  return Object.entries(shape).flatMap(([key, schema]) => {
    const described = describedSchema(schema);
    const inner = shapeOf(described.schema);
    if (Object.keys(inner).length > 0) return shapeRows(inner, `${prefix}${key}.`);
    const fallback =
      described.default === undefined ? (described.optional ? '' : 'required') : valueText(described.default);
    return [[code(prefix + key), typeWords(schema), fallback, described.description]];
  });
}

function valueText(value: unknown): string {
  if (typeof value === 'object' && value !== null && Object.keys(value).length === 0) return 'none';
  if (!Array.isArray(value)) return code(String(value));
  return value.length === 0 ? 'none' : value.map((item) => code(String(item))).join(', ');
}

function platformSections(platforms: readonly Platform[]): string {
  const tables = platforms
    .filter(({ needs }) => needs.length > 0)
    .map((platform) => paragraphs(`### \`${platform.name}\``, settingTable(platform)));
  return paragraphs(
    '## Platforms',
    'Each platform has a section of its own name. Every setting may come from the environment.',
    ...tables,
  );
}
