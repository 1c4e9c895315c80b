/** Flags and commands of the command line, as a model reads them that has tools alone. */
import { expect, test } from 'vitest';
import { ARGUMENTS, argumentWords, toolWords } from '../../../src/mcp/tool-words.ts';
import { toolsFor } from '../../../src/mcp/tools.ts';

test('every flag that is translated is an argument of a tool', () => {
  const known = toolsFor({}).flatMap(({ listed }) => Object.keys(listed.inputSchema['properties'] as object));
  expect(Object.values(ARGUMENTS).filter((name) => !known.includes(name))).toEqual([]);
});

test.each([
  ['Please pass --as NAME, or set PACE_AGENT.', 'Please pass `as`, or set PACE_AGENT.'],
  [
    'Please name a field, e.g. --state done or --add-label bug.',
    'Please name a field, e.g. `state` done or `addLabel` bug.',
  ],
  [
    'Please look before you try again: pace issue search "Lost \\"answer\\""',
    'Please look before you try again: issue_list with the text "Lost \\"answer\\"" and the state all',
  ],
  ['Please run `pace issue claim KEY`.', 'Please run issue_claim.'],
  ['Please link it when that one is there: pace issue link.', 'Please link it when that one is there: issue_link.'],
  [
    'Please remove one of these links first: `pace issue unlink`.',
    'Please remove one of these links first: `pace issue unlink`. No tool does that: please ask the person who started you.',
  ],
  ['Please name a backend with --backend.', 'Please name a backend with --backend.'],
  ['A person can run `pace init`.', 'A person can run `pace init`.'],
  ['Check the token.', 'Check the token.'],
])('%s', (remedy, words) => {
  expect(toolWords(remedy)).toBe(words);
});

test('a message keeps what others wrote, and names the argument that it is about', () => {
  expect(argumentWords('--for: “--for” is no span.\n--query, character 7: no.\n--backend: none.')).toBe(
    'for: “--for” is no span.\nquery, character 7: no.\n--backend: none.',
  );
});
