/** Errors name the flags and commands of the command line. A model without a shell has tools with arguments. Pure. */

/** The flags that a tool has too, under another name or the same. */
export const ARGUMENTS: Readonly<Record<string, string>> = {
  ...{ page: 'cursor', limit: 'limit', sort: 'sort', query: 'query', text: 'text', label: 'label' },
  ...{ state: 'state', type: 'type', priority: 'priority', milestone: 'milestone', parent: 'parent', due: 'due' },
  ...{ assignee: 'assignee', 'add-assignee': 'addAssignee', 'remove-assignee': 'removeAssignee' },
  ...{ 'add-label': 'addLabel', 'remove-label': 'removeLabel', title: 'title', body: 'body', meta: 'meta' },
  ...{ as: 'as', for: 'for', start: 'start' },
};

const FLAG = /(?<![\w-])--(?<flag>[a-z]+(?:-[a-z]+)*)(?<value> NAME\b)?/g;
/** Where a message says which flag it is about: a flag elsewhere may be what somebody else wrote. */
const PLACE = /^--(?<flag>[a-z]+(?:-[a-z]+)*)(?=[ :,])/gm;

const COMMANDS: readonly (readonly [command: RegExp, words: string])[] = [
  [
    /`pace issue blocked` shows what waits, and `pace issue ready KEY` why an issue is not ready\./g,
    'issue_list with the query is:blocked shows what waits, and with is:claimed what others work on.',
  ],
  [/`?pace issue search (?<text>"(?:[^"\\]|\\.)*")`?/g, 'issue_list with the text $<text> and the state all'],
  [/`?pace issue comment [^\s`]+ --list`?/g, 'issue_show'],
  [/`?pace issue (?<verb>claim|comment|create|edit|link|list|release|show)(?: KEY)?`?(?![\w-])/g, 'issue_$<verb>'],
  [/`?pace issue (?:close|reopen)`?(?![\w-])/g, 'issue_edit with a state'],
];

/** What an error says, with the names of the tool's arguments. */
export function argumentWords(message: string): string {
  return message.replace(PLACE, (whole, flag: string) => ARGUMENTS[flag] ?? whole);
}

/** What an error tells to do, as something that a tool can do; what none can is for a person. */
export function toolWords(remedy: string): string {
  const words = COMMANDS.reduce((text, [command, tool]) => text.replace(command, tool), remedy).replace(
    FLAG,
    (whole, flag: string) => (ARGUMENTS[flag] === undefined ? whole : `\`${ARGUMENTS[flag]}\``),
  );
  const isForPeople = /\bpace [a-z]/.test(words) && !/\bperson\b/i.test(words);
  return isForPeople ? `${words} No tool does that: please ask the person who started you.` : words;
}
