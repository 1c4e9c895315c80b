/** Flags of the command line, as the verb and its session get them. */
import { Command } from 'commander';
import { expect, test } from 'vitest';
import { defineVerb } from '../../../src/cli/define.ts';
import described from '../../../src/commands/described.json' with { type: 'json' };
import type { CompactDescription } from '../../../src/commands/description.ts';

const mcp = (described.commands as readonly CompactDescription[]).find(({ name }) => name === 'mcp');

async function givenBy(...words: string[]): Promise<unknown> {
  if (!mcp) throw new Error('There is no mcp.');
  let seen: unknown;
  const cli = new Command();
  defineVerb(cli, 'mcp', mcp, async (options, all) => {
    seen = { options, all };
  });
  await cli.parseAsync(['mcp', ...words], { from: 'user' });
  return seen;
}

test.each([
  [['--cwd', 'there']],
  [['--directory', 'there']],
  [['-C', 'there']],
  [['-C', 'elsewhere', '--cwd', 'there']],
])('the folder of `pace mcp` has two names, and the session knows one: %j', async (words) => {
  expect(await givenBy(...words, '--read-only')).toEqual({
    options: { readOnly: true },
    all: { directory: 'there', readOnly: true },
  });
});
