/**
 * What the embedded tracker costs over bare `node:sqlite` that writes and reads the same rows, in one run on one machine.
 * Rounds alternate, so that noise meets both sides; only the ratios are worth comparing. Run: `node bench/local-store.ts`
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate as turn } from 'node:timers/promises';
import { createTracker } from '../platforms/local/issues.ts';
import type { TrackerDriver } from '../platforms/ports.ts';
import { createTraffic } from '../platforms/traffic.ts';
import { type Figure, median, show } from './figure.ts';

const BODY = 'A sentence about what blocks the day. '.repeat(13);
const LABELS = ['pace-hold', 'pace-day-3'];
const ROWS = 100_000;

interface Comparison {
  readonly name: string;
  readonly rounds: number;
  ours(): Promise<void>;
  bare(): Promise<void>;
}

export async function* localStore(): AsyncGenerator<Figure> {
  const folder = mkdtempSync(join(tmpdir(), 'pace-bench-'));
  try {
    for (const comparison of [singleCreate(folder), batchOfCreates(folder), await listing(folder)]) {
      const { ours, bare } = await run(comparison);
      const detail = `${ours.toFixed(3)} ms : ${bare.toFixed(3)} ms of bare node:sqlite`;
      yield { what: `local tracker: ${comparison.name}`, measured: ours / bare, unit: '×', detail };
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A turn of the event loop of its own: open, create, close. */
function singleCreate(folder: string): Comparison {
  const tracker = trackerAt(folder, 'single');
  return {
    name: 'one durable create, open to close',
    rounds: 200,
    ours: async () => {
      await tracker.createIssue({ title: 'Title', body: BODY, labels: LABELS });
      await turn();
    },
    bare: async () => {
      const bare = openBare(folder, 'single');
      bare.create();
      bare.close();
      await turn();
    },
  };
}

function batchOfCreates(folder: string): Comparison {
  const tracker = trackerAt(folder, 'batch');
  const count = 500;
  return {
    name: `${count} durable creates in a row`,
    rounds: 9,
    ours: async () => {
      for (let index = 0; index < count; index += 1)
        await tracker.createIssue({ title: 'Title', body: BODY, labels: LABELS });
      await turn();
    },
    bare: async () => {
      const bare = openBare(folder, 'batch');
      for (let index = 0; index < count; index += 1) bare.create();
      bare.close();
      await turn();
    },
  };
}

async function listing(folder: string): Promise<Comparison> {
  const tracker = trackerAt(folder, 'list');
  await tracker.createIssue({ title: 'First', body: BODY, labels: LABELS });
  await turn();
  fill(join(folder, 'list.db'));
  const db = new DatabaseSync(join(folder, 'list.db'));
  const select = db.prepare(`SELECT issue.* FROM issue_label JOIN issue USING (number)
    WHERE label = 1 AND issue_label.closed = 0 ORDER BY issue_label.number DESC LIMIT 50`);
  return {
    name: `first 50 of ${ROWS} by label and state`,
    rounds: 200,
    ours: async () => {
      let seen = 0;
      for await (const _ of tracker.listIssues({ labels: ['pace-hold'], state: 'open' })) {
        seen += 1;
        if (seen === 50) break;
      }
      if (seen !== 50) throw new Error(`listed ${seen}`);
    },
    bare: async () => {
      if (select.all().length !== 50) throw new Error('listed too few');
    },
  };
}

function trackerAt(folder: string, name: string): TrackerDriver {
  const log = { info() {}, warn() {}, debug() {}, progress() {}, group: () => () => {} };
  const world = {
    env: { PACE_AGENT: 'bench' },
    cwd: folder,
    fetch,
    now: Date.now,
    sleep: async () => {},
    random: () => 0,
    log,
    redact: (text: string) => text,
    conceal: () => undefined,
    self: { pid: 0, host: '', node: process.versions.node, isRunning: () => false },
    traffic: createTraffic(),
    atEnd: () => undefined,
  };
  return createTracker(world, { database: `${name}.db` });
}

/** The same rows in the same number of transactions, by hand. */
function openBare(folder: string, name: string): { create(): void; close(): void } {
  const db = new DatabaseSync(join(folder, `${name}-bare.db`));
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON');
  db.exec(`CREATE TABLE IF NOT EXISTS issue (number INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT, body TEXT, state TEXT, at INTEGER);
    CREATE TABLE IF NOT EXISTS issue_label (label INTEGER, closed INTEGER, number INTEGER, PRIMARY KEY (label, closed, number)) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS event (id INTEGER PRIMARY KEY AUTOINCREMENT, number INTEGER, at INTEGER, actor TEXT, kind TEXT)`);
  const issue = db.prepare("INSERT INTO issue (title, body, state, at) VALUES (?, ?, 'open', ?)");
  const label = db.prepare('INSERT INTO issue_label VALUES (?, 0, ?)');
  const event = db.prepare("INSERT INTO event (number, at, actor, kind) VALUES (?, ?, 'bench', 'created')");
  return {
    create: () => {
      db.exec('BEGIN IMMEDIATE');
      const { lastInsertRowid } = issue.run('Title', BODY, Date.now());
      for (const id of LABELS.keys()) label.run(id, lastInsertRowid);
      event.run(lastInsertRowid, Date.now());
      db.exec('COMMIT');
    },
    close: () => db.close(),
  };
}

function fill(path: string): void {
  const db = new DatabaseSync(path);
  db.exec('BEGIN');
  const issue = db.prepare(
    `INSERT INTO issue (title, body, state, created_at, updated_at) VALUES ('Title', :body, :state, 1, 1)`,
  );
  const label = db.prepare('INSERT INTO issue_label (number, label, closed) VALUES (:number, :label, :closed)');
  for (let index = 1; index < ROWS; index += 1) {
    const closed = index % 10 === 0 ? 0 : 1;
    const number = issue.run({ body: BODY, state: closed ? 'done' : 'open' }).lastInsertRowid;
    for (const id of [1, 2]) label.run({ number, label: id, closed });
  }
  db.exec('COMMIT');
  db.close();
}

async function run({ rounds, ours, bare }: Comparison): Promise<{ ours: number; bare: number }> {
  const times: { ours: number[]; bare: number[] } = { ours: [], bare: [] };
  for (let round = 0; round < rounds; round += 1) {
    times.ours.push(await timed(ours));
    times.bare.push(await timed(bare));
  }
  return { ours: median(times.ours), bare: median(times.bare) };
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

if (import.meta.main) await show(localStore);
