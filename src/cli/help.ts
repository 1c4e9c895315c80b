/** `pace help …`: the help of any command by its path, and what is no command's own. */

import { didYouMean } from '../../core/yaml/suggest.ts';
import described from '../commands/described.json' with { type: 'json' };
import { usageError } from '../tracker/usage.ts';
import { sameVerbs } from './same-verbs.ts';

/** What there is to read beside the commands. */
export const TOPICS = {
  environment: 'the variables that PACE reads',
  formatting: 'tables, JSON, templates, colour',
  'exit-codes': 'what the end of a command means',
  query: 'the words that choose issues',
  agents: 'how programs work with issues',
} as const;
export type Topic = keyof typeof TOPICS;

/** Below the help of the program. */
export const TOPICS_HELP = `
Topics (pace help TOPIC):
${Object.entries(TOPICS)
  .map(([name, about]) => `  ${name.padEnd(14)} ${about}`)
  .join('\n')}`;

/** What is meant by the words of a command line; `undefined` where they ask for no help in this way. Throws a usage error. */
export function helpAskedBy(
  argv: readonly string[],
): { readonly topic: Topic } | { readonly path: readonly string[] } | undefined {
  const [first, ...rest] = argv;
  if (first !== 'help') return undefined;
  const words = rest.filter((word) => !word.startsWith('-'));
  const [topic = ''] = words;
  if (words.length === 1 && isTopic(topic)) return { topic };
  const known = pathsOf([...described.commands.map(({ name }) => name), ...sameVerbs.keys()]);
  const path = words.join(' ');
  if (path === '' || known.has(path)) return { path: words };
  const all = [...known, ...Object.keys(TOPICS)];
  throw usageError(
    `There is no help on “${path}”.${didYouMean(path, all)}`,
    `Please see \`pace --help\` for the commands; the topics are ${Object.keys(TOPICS).join(', ')}.`,
  );
}

function isTopic(word: string): word is Topic {
  return Object.hasOwn(TOPICS, word);
}

/** `issue claim` is one, and `issue` too; of `issue sync pull` also `issue sync`. */
function pathsOf(names: readonly string[]): Set<string> {
  return new Set(
    names.flatMap((name) => {
      const words = name.split(' ');
      return words.map((_, index) => words.slice(0, index + 1).join(' '));
    }),
  );
}
