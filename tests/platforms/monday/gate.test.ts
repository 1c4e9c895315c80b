/** Whole gate runs with monday as the tracker, in this process: what they cost in calls. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { gate } from '../../../src/commands/gate.ts';
import { type Monday, startMonday, USUAL_COLUMNS } from '../../support/monday.ts';
import { junitXml } from '../../support/workspace.ts';
import { testWorld } from '../../support/world.ts';

const CONFIG = [
  'platform: { ci: local, tracker: monday }',
  'ci: { enabled: false }',
  'advisory: { push_to_issues: true }',
  'evidence: [{ name: unit, type: junit, path: report.xml }, { name: scan, type: sarif, path: scan.sarif }]',
  '',
].join('\n');

/** The most is a day that ships and closes two issues, with more on the board than a page holds. A free account has 200 a day. */
const MOST_CALLS = 14;

function sarif(...warnings: string[]): string {
  const results = warnings.map((text) => ({ ruleId: text, level: 'warning', message: { text } }));
  return JSON.stringify({ version: '2.1.0', runs: [{ tool: { driver: { name: 'scan' } }, results }] });
}

function seen({ account }: Monday): string[] {
  const status = account.columns.find(({ title }) => title === 'Status');
  return account.items.map(({ name, values }) => {
    const label = status?.labels.find(({ id }) => id === values.get(status.id))?.label;
    return `${label ?? '–'}: ${name}`;
  });
}

/** Other people's items: the board does not fit into one page. */
function crowd({ account }: Monday, count: number): void {
  const { boardId, viewer: creator } = account;
  for (let index = 0; index < count; index += 1) {
    const times = { createdAt: 1e12 + index, updatedAt: 1e12 + index };
    const item = {
      id: String(1000 + index),
      boardId,
      name: `Task ${index}`,
      group: 'topics',
      creator,
      posts: [],
      subitems: [],
      assets: [],
    };
    account.items.push({ ...item, ...times, state: 'active', values: new Map() });
  }
}

for (const { name, columns, others } of [
  { name: 'a new board', columns: USUAL_COLUMNS, others: 0 },
  { name: 'a board with 1,200 other items', columns: USUAL_COLUMNS, others: 1200 },
  { name: 'a board with tags, and with 150 other items', columns: { ...USUAL_COLUMNS, Labels: 'tags' }, others: 150 },
]) {
  test(`on ${name}: held with advisories, held again, held for news and shipped, each in at most fourteen calls`, async () => {
    const server = await startMonday({ columns });
    crowd(server, others);
    const cwd = await mkdtemp(join(tmpdir(), 'pace-monday-'));
    let clock = Date.now();
    async function run(day: number, report: string, scan: string) {
      await writeFile(join(cwd, 'report.xml'), report);
      await writeFile(join(cwd, 'scan.sarif'), scan);
      const before = server.exchanges.length;
      const world = testWorld({ cwd, env: server.env, start: clock });
      const { report: told } = await gate(world, { day: String(day) });
      clock = world.now() + 60_000;
      const calls = server.exchanges.length - before;
      expect([told.faults, told.pending]).toEqual([[], []]);
      return `${told.decision} ${calls}`;
    }
    try {
      await writeFile(join(cwd, 'pace.config.yaml'), CONFIG);
      const warnings = sarif('weak hash', 'slow query');
      const runs = [
        await run(1, junitXml('adds'), warnings),
        await run(1, junitXml('adds'), warnings),
        await run(1, junitXml('adds', 'subtracts'), warnings),
      ];
      runs.push(await run(1, junitXml(), warnings));
      expect(seen(server).slice(others)).toEqual([
        expect.stringMatching(/^Done: \[PACE HOLD\] Day 1/),
        expect.stringMatching(/^–: .*Day 1/),
      ]);
      runs.push(await run(2, junitXml('adds'), warnings));
      runs.push(await run(2, junitXml(), sarif()));
      expect(runs.map((one) => one.split(' ')[0])).toEqual(['HOLD', 'HOLD', 'HOLD', 'SHIP', 'HOLD', 'SHIP']);
      expect(server.account.items).toHaveLength(others + 3);
      expect(runs.filter((one) => Number(one.split(' ')[1]) > MOST_CALLS)).toEqual([]);
      process.stdout.write(`calls on ${name}: ${runs.join(', ')}\n`);
    } finally {
      await server.close();
      await rm(cwd, { recursive: true, force: true });
    }
  });
}
