/**
 * Cuts whole API descriptions of the vendors to what the tests use of them (`tests/descriptions/used.txt`) and writes the copies
 * in `tests/descriptions`. How to refresh one: `tests/descriptions/README.md`.
 *
 *     node .ci/cut-descriptions.ts FOLDER [NAME…]
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cutGraphQL } from './cut-graphql.ts';
import { cutOpenApi } from './cut-openapi.ts';

const own = join(import.meta.dirname, '..', 'tests', 'descriptions');

/** By description, what is used of it. */
function readUsed(): Map<string, Set<string>> {
  const used = new Map<string, Set<string>>();
  for (const line of readFileSync(join(own, 'used.txt'), 'utf8').split('\n').filter(Boolean)) {
    const [name = '', ...part] = line.split(' ');
    used.set(name, (used.get(name) ?? new Set()).add(part.join(' ')));
  }
  return used;
}

function cut(folder: string, name: string, parts: ReadonlySet<string>): string {
  const isGraphQL = existsSync(join(folder, `${name}.graphql`));
  const file = `${name}.${isGraphQL ? 'graphql' : 'json'}`;
  const whole = readFileSync(join(folder, file), 'utf8');
  const text = isGraphQL ? cutGraphQL(whole, parts) : cutOpenApi(whole, parts);
  writeFileSync(join(own, file), text);
  return `${file}: ${Buffer.byteLength(whole)} → ${Buffer.byteLength(text)} bytes\n`;
}

const [folder, ...names] = process.argv.slice(2);
const used = readUsed();
if (folder === undefined) {
  process.stderr.write(`node .ci/cut-descriptions.ts FOLDER [${[...used.keys()].join('|')}]…\n`);
  process.exitCode = 64;
} else {
  for (const [name, parts] of used) {
    if (names.length === 0 || names.includes(name)) process.stdout.write(cut(folder, name, parts));
  }
}
