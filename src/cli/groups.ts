/** The commands by their first word, each defined only when it is called, or when all are shown. */
import type { Command } from 'commander';
import described from '../commands/described.json' with { type: 'json' };
import type { CompactDescription } from '../commands/description.ts';
import { EXIT_CODES, exitCodeHelp, TRACKER_EXIT_CODES } from '../commands/exit-codes.ts';
import { REFERENCE_FORMS } from '../tracker/backends/references.ts';
import { defineVerb } from './define.ts';
import type { Face, LoadFaces } from './face.ts';
import { type SameVerbs, sameBelowIssue } from './same-verbs.ts';
import { type SessionOptions, sessionOf } from './session.ts';
import type { Shell } from './shell.ts';

interface Group {
  /** Where its word alone is a verb too, that verb says it. */
  readonly about?: string;
  /** What its word alone does. */
  readonly own?: LoadFaces;
  /** Where the faces of each verb are; in the order of the help. */
  readonly verbs: Readonly<Record<string, LoadFaces>>;
  /** Stands below the list of verbs. */
  readonly more?: () => string;
  /** Verbs of two words, by the first one: what that is about. */
  readonly within?: Readonly<Record<string, string>>;
  /** Groups below it: other words for verbs that stand elsewhere. */
  readonly below?: Readonly<Record<string, SameVerbs>>;
}

const lists: LoadFaces = async () => (await import('./issue-list.ts')).lists;
const writes: LoadFaces = async () => (await import('./issue-write.ts')).writes;
const issue: LoadFaces = async () => (await import('./issue.ts')).issue;
const graph: LoadFaces = async () => (await import('./issue-graph.ts')).graph;
const time: LoadFaces = async () => (await import('./issue-time.ts')).time;
const transfer: LoadFaces = async () => (await import('./issue-transfer.ts')).transfer;
const label: LoadFaces = async () => (await import('./label.ts')).label;
const milestone: LoadFaces = async () => (await import('./milestone.ts')).milestone;
const backend: LoadFaces = async () => (await import('./backend.ts')).backend;
const evidence: LoadFaces = async () => (await import('./evidence.ts')).evidence;
const sync: LoadFaces = async () => (await import('./sync.ts')).sync;
const tracker: LoadFaces = async () => (await import('./tracker.ts')).tracker;
const sprint: LoadFaces = async () => (await import('./sprint.ts')).sprint;
const user: LoadFaces = async () => (await import('./user.ts')).user;
const agent: LoadFaces = async () => (await import('./agent.ts')).agent;
const mcp: LoadFaces = async () => ({ mcp: (await import('./mcp.ts')).mcp });

const groups: Readonly<Record<string, Group>> = {
  evidence: { own: evidence, verbs: { detect: evidence } },
  issue: {
    about: 'the issues of a tracker, with the same words on every tracker',
    more: () => `\nAn issue is named by ${REFERENCE_FORMS}.\n\nExit codes:\n${exitCodeHelp(TRACKER_EXIT_CODES)}`,
    verbs: {
      ...{ list: lists, search: lists, children: lists, ready: graph, blocked: graph, show: lists, open: lists },
      ...{ tree: graph, duplicates: graph, history: time, undo: time, watch: time, defer: time },
      attachments: async () => ({ attachments: (await import('./issue-attachments.ts')).attachments }),
      ...{ create: writes, edit: writes, close: writes, reopen: writes, transition: issue, delete: writes },
      comment: async () => ({ comment: (await import('./issue-comment.ts')).comment }),
      ...{ link: issue, unlink: issue, links: issue },
      ...{ claim: issue, renew: issue, release: issue, claims: issue },
      ...{ export: transfer, import: transfer },
    },
    below: sameBelowIssue,
  },
  label: { about: 'the labels of a tracker', verbs: { list: label, create: label, edit: label, delete: label } },
  milestone: {
    about: 'the milestones of a tracker',
    verbs: { list: milestone, create: milestone, edit: milestone, close: milestone, delete: milestone },
  },
  backend: {
    about: 'the trackers that can be named with --backend',
    verbs: {
      ...{ list: backend, add: backend, remove: backend, 'set-default': backend, test: backend, detect: backend },
    },
  },
  sync: {
    own: sync,
    more: () =>
      `\nAn issue is named by NAME#12, jira:PROJ-12, or its address.\n\nExit codes:\n${exitCodeHelp(EXIT_CODES.sync)}`,
    verbs: {
      ...{ status: sync, pull: sync, push: sync, bidirectional: sync, run: sync },
      ...{ link: sync, unlink: sync, conflicts: sync, resolve: sync },
    },
  },
  tracker: {
    about: 'a project’s tracker behind a hosted service, or a program on this machine',
    more: () => `\nExit codes:\n${exitCodeHelp(EXIT_CODES.facade)}`,
    verbs: {
      ...{ providers: tracker, login: tracker, logout: tracker, discover: tracker, bind: tracker, unbind: tracker },
      ...{ status: tracker, 'map add': tracker, 'map list': tracker, 'list-tickets': tracker, 'issue-search': tracker },
      ...{ 'sync pull': tracker, 'sync push': tracker, 'sync run': tracker, 'sync publish': tracker },
    },
    within: {
      map: 'which issues stand for work packages',
      sync: 'bring issues and changes from one side to the other',
    },
  },
  sprint: { about: 'the sprint that days are counted in', verbs: { start: sprint, show: sprint } },
  user: { about: 'the people of a tracker', verbs: { list: user, me: user } },
  agent: { about: 'what a coding agent needs to begin', verbs: { prime: agent, skill: agent, setup: agent } },
};

const pausing: LoadFaces = async () => (await import('./pausing.ts')).pausing;
const gate: LoadFaces = async () => (await import('./alone.ts')).alone;

/** Verbs without a group: those before the groups in the help, and those after them. */
const first: Readonly<Record<string, LoadFaces>> = {
  ...{ gate, status: pausing, pause: pausing, resume: pausing },
  ...{ init: gate, validate: gate, doctor: gate },
};
const making: LoadFaces = async () => (await import('./making.ts')).making;
const epic: LoadFaces = async () => (await import('./epic.ts')).epic;
const last: Readonly<Record<string, LoadFaces>> = { epic, specify: making, mcp, completion, describe: gate };

/** How a verb ends where that is not the usual way. */
const ends: Readonly<Record<string, 'by itself' | 'as the gate'>> = {
  ...{ gate: 'as the gate', init: 'as the gate', validate: 'as the gate', doctor: 'as the gate' },
  ...{ status: 'as the gate', pause: 'as the gate', resume: 'as the gate' },
  ...{ 'sprint start': 'as the gate', 'sprint show': 'as the gate' },
  ...{ evidence: 'as the gate', 'evidence detect': 'as the gate' },
  'issue import': 'by itself',
  sync: 'by itself',
  ...{ 'sync pull': 'by itself', 'sync push': 'by itself', 'sync bidirectional': 'by itself', 'sync run': 'by itself' },
  epic: 'by itself',
  ...{ 'agent skill': 'as the gate', 'agent setup': 'as the gate' },
};

/** In the order of the help. */
export const commandNames = [...Object.keys(first), ...Object.keys(groups), ...Object.keys(last)];

/** Defines what the command line names, and of a group the verb; else all of them. */
export function defineCommands(cli: Command, shell: Shell, [name = '', verb = '']: readonly string[] = []): void {
  for (const each of commandNames.includes(name) ? [name] : commandNames) {
    const alone = first[each] ?? last[each];
    if (alone) define(cli, shell, each, alone);
    else defineGroup(cli, shell, each, verb);
  }
}

function defineGroup(cli: Command, shell: Shell, name: string, verb: string): void {
  const group = groups[name];
  if (!group) return;
  const { about = '', own, verbs, more, within = {}, below = {} } = group;
  // its own flags end where the word of a verb stands, which has flags of the same names
  const parent = own ? define(cli, shell, name, own).enablePositionalOptions() : cli.command(name).description(about);
  if (more) parent.addHelpText('after', more());
  const isBelow = Object.hasOwn(below, verb);
  const all = isBelow ? [] : Object.keys(verbs);
  const inner = new Map(Object.entries(within).map(([word, what]) => [word, innerGroup(parent, word, what)]));
  for (const each of Object.hasOwn(verbs, verb) ? [verb] : all) {
    const load = verbs[each];
    const [word = ''] = each.split(' ');
    if (load) define(inner.get(word) ?? parent, shell, `${name} ${each}`, load);
  }
  if (Object.hasOwn(verbs, verb)) return;
  for (const each of isBelow ? [verb] : Object.keys(below)) defineSame(parent, shell, each, below[each]);
}

function innerGroup(parent: Command, word: string, about: string): Command {
  return parent.command(word).description(about);
}

function defineSame(parent: Command, shell: Shell, name: string, same: SameVerbs | undefined): void {
  if (!same) return;
  const group = parent.command(name).description(same.about);
  for (const command of same.commands) {
    const load = facesOf(command);
    if (load) define(group, shell, command, load);
  }
}

/** Of a command by all its words. */
function facesOf(command: string): LoadFaces | undefined {
  const [name = '', verb] = command.split(' ');
  return verb === undefined ? (first[name] ?? last[name]) : groups[name]?.verbs[verb];
}

function define(parent: Command, shell: Shell, name: string, load: LoadFaces): Command {
  const verb = name.slice(name.indexOf(' ') + 1);
  const word = verb.slice(verb.lastIndexOf(' ') + 1);
  return defineVerb(parent, word, descriptionOf(name), (given, options: SessionOptions) => {
    const run = name in ends && ends[name] === 'as the gate' ? shell.run : shell.serve;
    return run(
      options,
      async (world, signal) => {
        const face = (await load())[verb];
        if (!face) throw new Error(`The command line cannot do ${name}.`);
        // from the flags that the verb's own schema describes: the types of one verb cannot be told from its name
        const code = await face(sessionOf(shell, options, { world, signal }), given as never);
        return typeof code === 'number' ? code : 0;
      },
      { endsItself: ends[name] === 'by itself', failsWithOne: name.startsWith('tracker ') },
    );
  });
}

function descriptionOf(name: string): CompactDescription {
  const found = (described.commands as readonly CompactDescription[]).find((each) => each.name === name);
  if (!found) throw new Error(`There is no description of ${name}: please run \`npm run generate\`.`);
  return found;
}

async function completion(): Promise<Readonly<Record<string, Face>>> {
  const { completionFor } = await import('./completion.ts');
  return { completion: completionFor((whole, shell) => defineCommands(whole, shell)) };
}
