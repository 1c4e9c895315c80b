/** What some sixty real tools wrote, and what the gate must decide from each file alone. */
import { cpSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Evidence, evidenceSchema } from '../../../../src/config/schema.ts';
import { decide } from '../../../../src/gate/decide.ts';
import { readEvidence } from '../../../../src/gate/evidence/index.ts';
import { contextIn, workspace } from './workspace.support.ts';

const REAL = new URL('fixtures/real/', import.meta.url).pathname;

interface Row {
  readonly tool: string;
  /** A file, or a folder of reports. */
  readonly file: string;
  readonly type: string;
  /** What the tool itself said. */
  readonly said: string;
  readonly decision: string;
}

const rows = readFileSync(join(REAL, 'expect.tsv'), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line): Row => {
    const [tool = '', file = '', type = '', said = '', decision = ''] = line.split('\t');
    return { tool, file, type, said, decision };
  });

async function judged({ tool, file, type }: Row): Promise<string> {
  const cwd = workspace();
  const from = join(REAL, tool, file);
  const isFolder = statSync(from).isDirectory();
  cpSync(from, join(cwd, isFolder ? 'reports' : file), { recursive: true });
  const path = isFolder ? 'reports/**/TEST-*.xml' : file;
  const config: Evidence = evidenceSchema.parse({ name: 'real', type, path });
  const readings = await readEvidence([config], contextIn(cwd));
  const findings = readings.flatMap((reading) => reading.findings);
  return decide({ findings, openAdvisories: 0, clearanceDay: false }).decision;
}

describe.each(['junit', 'sarif'])('%s', (type) => {
  const ofType = rows.filter((row) => row.type === type);
  test.each(ofType)('$tool $file, of which its tool said "$said": $decision', async (row) => {
    const decision = await judged(row);
    if (row.decision === 'any') expect(['SHIP', 'HOLD']).toContain(decision);
    else expect(decision).toBe(row.decision);
  });
});

test('every row is judged', () => {
  expect(rows.length).toBeGreaterThan(180);
  expect(rows.filter(({ type }) => !['junit', 'sarif'].includes(type))).toEqual([]);
});
