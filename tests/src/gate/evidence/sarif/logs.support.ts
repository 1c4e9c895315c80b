/** SARIF logs in a workspace of their own, and what the gate reads of them. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readSarif } from '../../../../../src/gate/evidence/sarif/sarif.ts';
import type { EvidenceReading } from '../../../../../src/gate/finding.ts';
import { configOf, contextIn, workspace } from '../workspace.support.ts';

/** By path, a log or the text of a file; `@WORKSPACE@` in it becomes the folder that it lies in. */
export type Logs = Readonly<Record<string, unknown>>;

export function read(
  logs: Logs,
  settings: object = {},
  context: Parameters<typeof contextIn>[1] = {},
): Promise<EvidenceReading> {
  return readIn(workspace(), logs, settings, context);
}

/** The same in a folder that is there. */
export function readIn(
  cwd: string,
  logs: Logs,
  settings: object = {},
  context: Parameters<typeof contextIn>[1] = {},
): Promise<EvidenceReading> {
  for (const [path, log] of Object.entries(logs)) {
    const text = typeof log === 'string' ? log : JSON.stringify(log);
    mkdirSync(dirname(join(cwd, path)), { recursive: true });
    writeFileSync(join(cwd, path), text.replaceAll('@WORKSPACE@', cwd));
  }
  return readSarif(configOf({ type: 'sarif', path: '**/*.sarif', ...settings }), contextIn(cwd, context));
}

const driver = { name: 'Tool', rules: [{ id: 'R1', defaultConfiguration: { level: 'error' } }, { id: 'R2' }] };
const message = { text: 'found' };

/** A run of `Tool`, which has the rules R1 (an error) and R2 (a warning). */
export const run = (results: unknown, more: object = {}): object => ({ tool: { driver }, results, ...more });
export const log = (...runs: unknown[]): object => ({ version: '2.1.0', runs });
export const at = (uri: string, startLine = 1, more: object = {}): object[] => [
  { physicalLocation: { artifactLocation: { uri }, region: { startLine, ...more } } },
];
/** A result of R1 that says `found`. */
export const result = (more: object = {}): object => ({ ruleId: 'R1', message, ...more });
