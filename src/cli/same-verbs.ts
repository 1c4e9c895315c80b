/** Other words for the same verbs: those who know everything under `issue` find backends, sync and configuration there. */
import described from '../commands/described.json' with { type: 'json' };

export interface SameVerbs {
  readonly about: string;
  /** The commands, by the words that they are known by otherwise; the last word is the verb here too. */
  readonly commands: readonly string[];
}

const groupOf = (name: string): SameVerbs => ({
  about: `the same as \`pace ${name}\``,
  commands: described.commands.map((command) => command.name).filter((each) => each.startsWith(`${name} `)),
});

/** Below `pace issue`. */
export const sameBelowIssue: Readonly<Record<string, SameVerbs>> = {
  backend: groupOf('backend'),
  sync: groupOf('sync'),
  config: {
    about: 'the configuration: the same as `pace backend detect`, `pace validate` and `pace init`',
    commands: ['backend detect', 'validate', 'init'],
  },
};

/** `issue sync pull` → `sync pull`: every such path, and what it is. */
export const sameVerbs: ReadonlyMap<string, string> = new Map(
  Object.entries(sameBelowIssue).flatMap(([group, { commands }]) =>
    commands.map((command) => [`issue ${group} ${command.split(' ').at(-1)}`, command] as const),
  ),
);
