/** `pace issue create` and `edit`. */
import type { Command } from 'commander';
import { ISSUE_STATES, ISSUE_TYPES, PRIORITY_NAMES } from '../../core/ports/index.ts';
import type { Change } from '../tracker/edits.ts';
import { EXIT_PARTIAL } from './exit-codes.ts';
import { printEdited } from './issue-edited.ts';
import { inSession, type Session, writing } from './session.ts';
import { proposing, type Shell, several } from './shell.ts';

function texts(command: Command): Command {
  return command
    .option('--body <text>', 'the text, in Markdown; - reads stdin')
    .option('--description <text>', 'the same as --body')
    .option('-F, --body-file <file>', 'the text from a file; - reads stdin')
    .option('-e, --editor', 'write the text in $VISUAL or $EDITOR');
}

function fields(command: Command, clears: string): Command {
  return command
    .addOption(proposing('-s, --state <state>', 'its state', ISSUE_STATES))
    .addOption(proposing('--type <type>', 'its type, or one of the tracker’s own', ISSUE_TYPES))
    .addOption(proposing('--priority <priority>', `how urgent; also 0 to 4${clears}`, PRIORITY_NAMES))
    .option('--milestone <title>', `its milestone${clears}`)
    .option('--parent <key>', `the issue above it${clears}`)
    .option('--points <n>', `story points${clears}`)
    .option('--due <day>', `due date, as 2026-11-30${clears}`)
    .option('--meta <key=value>', 'metadata of programs: JSON or text; key=none removes it', several);
}

export const WRITES = { create: defineCreate, edit: defineEdit };

function defineCreate(issue: Command, shell: Shell): void {
  fields(texts(writing(issue.command('create'))), '')
    .description('create an issue')
    .argument('[title]', 'asked for at a terminal')
    .option('-t, --title <title>', 'the same')
    .option('-l, --label <label>', 'a label; priority:high and type:bug mean the field', several)
    .option('-a, --assignee <person>', 'who it is for; @me', several)
    .action((title: string | undefined, options) =>
      inSession(shell, options, (session) => create(session, { ...options, title: title ?? options.title })),
    );
}

function defineEdit(issue: Command, shell: Shell): void {
  fields(texts(writing(issue.command('edit'))), ', or none')
    .description('change one or several issues')
    .argument('<keys...>', 'e.g. 12 13, PROJ-12')
    .option('-t, --title <title>', 'a new title')
    .option('-l, --label <label>', 'replace all labels; several; none', several)
    .option('--add-label <label>', 'add a label; several', several)
    .option('--remove-label <label>', 'remove a label; several', several)
    .option('-a, --assignee <person>', 'replace all assignees; @me; none', several)
    .option('--add-assignee <person>', 'assign somebody as well', several)
    .option('--remove-assignee <person>', 'take it from somebody', several)
    .action((keys: string[], options) => inSession(shell, options, (session) => edit(session, keys, options)));
}

/** What commander gives. */
// biome-ignore lint/suspicious/noExplicitAny: commander's own type of options
type Options = Record<string, any>;

async function create(session: Session, options: Options): Promise<number> {
  const { ISSUES } = await import('../tracker/print/shapes.ts');
  const { fieldValues } = await import('../tracker/values.ts');
  const { createIssue } = await import('../commands/issue-create.ts');
  const { world } = session;
  const printing = session.printing(ISSUES);
  const values = fieldValues(options);
  const change = {
    ...(await wordsOf(session, options)),
    values,
    labels: listed(options['label']),
    assignees: listed(options['assignee']),
  };
  const { tracker } = await session.open();
  const { issue, unassigned } = await createIssue(tracker, change);
  const { plainLine } = await import('../../core/text/untrusted-text.ts');
  await printing.one(issue, `Created ${plainLine(issue.key)}: ${plainLine(issue.title)}\n${plainLine(issue.url)}\n`);
  if (unassigned.length === 0 || session.isDryRun) return 0;
  world.log.warn(
    `${plainLine(issue.key)} is created, but not assigned to ${plainLine(unassigned.join(', '))}: ${tracker.name} does not know them as people who can be assigned here.`,
  );
  return EXIT_PARTIAL;
}

/** Title and text; at a terminal what is missing is asked for. */
async function wordsOf(session: Session, options: Options): Promise<{ title: string; body: string }> {
  const { bodyOf } = await import('../tracker/body.ts');
  const { editorOf } = await import('../tracker/editor.ts');
  const { usageError } = await import('../tracker/usage.ts');
  const { world, shell } = session;
  const { title } = options;
  if (title !== undefined) return { title, body: (await bodyOf(options, { world, stdin: shell.stdin })) ?? '' };
  if (!shell.ask) throw usageError('The title is missing.', 'Please pass it: pace issue create "What is wrong".');
  const asked = await shell.ask('Title: ');
  const hasText = [options['body'], options['description'], options['bodyFile']].some((text) => text !== undefined);
  const editor = options['editor'] || (!hasText && editorOf(world.env) !== undefined);
  if (hasText || editor)
    return { title: asked, body: (await bodyOf({ ...options, editor }, { world, stdin: shell.stdin })) ?? '' };
  return { title: asked, body: await shell.ask('Text: ') };
}

async function edit(session: Session, references: readonly string[], options: Options): Promise<number> {
  const { fieldValues } = await import('../tracker/values.ts');
  const { bodyOf } = await import('../tracker/body.ts');
  const { editIssues } = await import('../commands/issue-edit.ts');
  const { usageError } = await import('../tracker/usage.ts');
  const { ISSUES } = await import('../tracker/print/shapes.ts');
  const { world, shell } = session;
  const printing = session.printing(ISSUES);
  const values = fieldValues(options);
  if (options['editor'] && references.length > 1) throw usageError('--editor is for one issue.', 'Please name one.');
  const { tracker, keys } = await session.open(references);
  const before = async () => (await tracker.getIssue(keys[0] ?? '')).body;
  const change: Change = {
    title: options['title'],
    body: await bodyOf(options, { world, stdin: shell.stdin, before }),
    values,
    labels: listed(options['label']),
    addLabels: options['addLabel'],
    removeLabels: options['removeLabel'],
    assignees: listed(options['assignee']),
    addAssignees: options['addAssignee'],
    removeAssignees: options['removeAssignee'],
  };
  refuseEmpty(change, usageError);
  return printEdited(session, printing, await editIssues(tracker, keys, change, session.signal), 'Changed');
}

function refuseEmpty({ values, ...rest }: Change, usageError: (message: string, remedy: string) => Error): void {
  const isEmpty = Object.keys(values).length === 0 && Object.values(rest).every((value) => value === undefined);
  if (isEmpty)
    throw usageError('There is nothing to change.', 'Please name a field, e.g. --state done or --add-label bug.');
  if (rest.labels && (rest.addLabels || rest.removeLabels)) {
    throw usageError('--label replaces all labels.', 'Please use it without --add-label and --remove-label.');
  }
  if (rest.assignees && (rest.addAssignees || rest.removeAssignees)) {
    throw usageError(
      '--assignee replaces all assignees.',
      'Please use it without --add-assignee and --remove-assignee.',
    );
  }
}

/** `none` alone clears. */
function listed(given: readonly string[] | undefined): readonly string[] | undefined {
  return given?.length === 1 && given[0] === 'none' ? [] : given;
}
