/** docs/mcp.md says what the server has. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { descriptions } from '../../../src/commands/catalogue.ts';
import { toolsFor } from '../../../src/mcp/tools.ts';

const page = readFileSync(new URL('../../../docs/mcp.md', import.meta.url), 'utf8');
const names = toolsFor({}).map(({ listed }) => listed.name);

test('the table has every tool and no other, each with a command that there is', () => {
  const rows = [...page.matchAll(/^\| `(\w+)` \| [^|]+ \| (.+) \|$/gm)];
  expect(rows.map(([, name]) => name)).toEqual(names);
  const verbs = descriptions().map(({ name }) => name);
  const commands = rows.flatMap(([, , cell = '']) =>
    [...cell.matchAll(/`pace ([a-z ]+)/g)].map(([, verb]) => verb?.trim()),
  );
  expect(commands.length).toBeGreaterThanOrEqual(names.length);
  expect(commands.filter((verb) => !verbs.includes(verb ?? ''))).toEqual([]);
});

test('each file of a host starts the server with flags that it has', () => {
  const files = [...page.matchAll(/^```json\n([\s\S]*?)^```$/gm)].map(([, text = '']) => JSON.parse(text));
  expect(files.map((file) => Object.keys(file)[0])).toEqual(['mcpServers', 'mcpServers', 'servers']);
  const flags = descriptions()
    .find(({ name }) => name === 'mcp')
    ?.arguments.map(({ flag }) => flag);
  for (const file of files) {
    const { pace } = file.mcpServers ?? file.servers;
    expect([pace.command, pace.args[0]]).toEqual(['pace', 'mcp']);
    for (const word of pace.args.slice(1).filter((each: string) => each.startsWith('--')))
      expect(flags).toContain(word);
  }
  expect(page).toContain('args = ["mcp", "--cwd", ');
});
