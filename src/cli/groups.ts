/** The commands by their first word, each defined only when it is called, or when all are shown. */
import type { Command } from 'commander';
import type { Shell } from './shell.ts';

/** `verb` is the second word: a group may define that one only. */
type Define = (cli: Command, shell: Shell, verb?: string) => void;

/** In the order of the help. */
export const groups = {
  gate: async () => (await import('./gate.ts')).defineGate,
  init: async () => (await import('./gate.ts')).defineInit,
  validate: async () => (await import('./gate.ts')).defineValidate,
  doctor: async () => (await import('./gate.ts')).defineDoctor,
  issue: async () => (await import('./issue.ts')).defineIssue,
  label: async () => (await import('./label.ts')).defineLabel,
  milestone: async () => (await import('./milestone.ts')).defineMilestone,
  backend: async () => (await import('./backend.ts')).defineBackend,
  user: async () => (await import('./user.ts')).defineUser,
  completion: async () => {
    const { defineCompletion } = await import('./completion.ts');
    return (cli, shell) => defineCompletion(cli, shell, defineGroups);
  },
} satisfies Record<string, () => Promise<Define>>;

/** Defines the group that the command line names, else all of them. */
export async function defineGroups(cli: Command, shell: Shell, [word, verb]: readonly string[] = []): Promise<void> {
  const named = Object.entries(groups).filter(([name]) => name === word);
  for (const [, load] of named.length > 0 ? named : Object.entries(groups)) (await load())(cli, shell, verb);
}
