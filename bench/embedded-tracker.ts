/**
 * What the embedded tracker costs with 100,000 issues, over bare `node:sqlite` that writes the same rows: issue, two labels, and
 * a full-text index kept by a trigger. Rounds alternate, so that noise meets both sides. Run: `node bench/embedded-tracker.ts`
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate as turn } from 'node:timers/promises';
import type { IssueDraft, TrackerDriver } from '../core/ports/index.ts';
import { collect } from '../core/tracker/collect.ts';
import { createTracker } from '../platforms/local/issues.ts';
import { testWorld } from '../tests/support/world.ts';
import { type Figure, median, show } from './figure.ts';
import { randomBySeed } from './waiting-scenario.ts';

const ROWS = 100_000;
const BATCH = 1_000;
/** Between two turns of the event loop the file is closed: so many writes share one open file. */
const SINGLES = 200;

export async function* embeddedTracker(): AsyncGenerator<Figure> {
  const folder = mkdtempSync(join(tmpdir(), 'pace-bench-'));
  try {
    const tracker = trackerAt(folder);
    const bare = openBare(join(folder, 'bare.db'));
    yield await batches(tracker, bare);
    yield await singles(tracker, bare);
    bare.close();
    yield await reading('list of 50 by state and label', 5, () =>
      collect(tracker.listIssues({ state: 'open', labels: ['area-3'] }), 50),
    );
    for (const [what, text] of Object.entries(SEARCHES)) {
      yield await reading(`search for ${what}`, 25, () => collect(tracker.listIssues({ text }), 50));
    }
    for (const [what, sql] of Object.entries(BACKLOGS)) {
      await turn();
      changeAll(join(folder, 'ours.db'), sql);
      yield await reading(`50 ready, ${what}`, 10, () => collect(listOf(tracker.listReady), 50));
      yield await reading(`50 blocked, ${what}`, 10, () => collect(listOf(tracker.listBlocked), 50));
      yield await reading(`50 ready of a label, ${what}`, 25, () =>
        collect(listOf(tracker.listReady, { labels: ['area-3'] }), 50),
      );
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const SEARCHES = {
  'a word that most have': 'the',
  'two words that many have': 'error request',
  'a rare word': 'id9fa',
  'a part of many words': 'e',
  'a part in the middle of words': 'eques',
  'what nobody has': 'zzqqzz',
};

/** One after the other: a few links, then most issues wait for another one, then most are closed. */
const BACKLOGS = {
  'where one of three waits': `
    UPDATE issue SET priority = number % 5 WHERE number % 4 > 0;
    INSERT INTO link SELECT number - 1, 'blocks', number FROM issue WHERE number % 3 = 0;`,
  'where all but 100 wait': `
    INSERT INTO link SELECT number - 1, 'blocks', number FROM issue WHERE number % 3 > 0 AND number > 1 AND number % 1000 > 0;`,
  'where all but 1,000 are closed': `UPDATE issue SET state = 'done', closed_at = updated_at WHERE number % 100 > 0;`,
} as const;

function changeAll(path: string, sql: string): void {
  const db = new DatabaseSync(path);
  db.exec(`PRAGMA foreign_keys = ON; BEGIN; ${sql} COMMIT`);
  db.close();
}

function listOf<Filter, Item>(list: ((filter: Filter) => AsyncIterable<Item>) | undefined, filter = {} as Filter) {
  if (!list) throw new Error('The embedded tracker cannot tell.');
  return list(filter);
}

async function batches(tracker: TrackerDriver, bare: Bare): Promise<Figure> {
  const drafts = draftsOf(1, ROWS);
  const pairs: Pair[] = [];
  for (let start = 0; start < ROWS; start += BATCH) {
    const chunk = drafts.slice(start, start + BATCH);
    const ours = await timed(async () => void (await tracker.batch?.create?.(chunk)));
    pairs.push({ ours, bare: await timed(async () => bare.many(chunk)) });
  }
  return compared(`create ${ROWS} in batches of ${BATCH}`, pairs, { each: BATCH, limit: 2 });
}

async function singles(tracker: TrackerDriver, bare: Bare): Promise<Figure> {
  const pairs: Pair[] = [];
  for (let round = 0; round < 5; round += 1) {
    await turn();
    for (const draft of draftsOf(round + 2, SINGLES)) {
      const ours = await timed(async () => void (await tracker.createIssue(draft)));
      pairs.push({ ours, bare: await timed(async () => bare.one(draft)) });
    }
  }
  return compared('one durable create', pairs, { each: 1, limit: 1.5 });
}

async function reading(what: string, limit: number, work: () => Promise<unknown[]>): Promise<Figure> {
  const times: number[] = [];
  let found = 0;
  for (let round = 0; round < 21; round += 1) {
    // with opening the file, as in a process that does just this
    await turn();
    times.push(
      await timed(async () => {
        found = (await work()).length;
      }),
    );
  }
  const detail = `${found} found, of ${ROWS}; slowest ${Math.max(...times).toFixed(1)} ms`;
  return { what: `embedded tracker: ${what}`, measured: median(times), unit: 'ms', limit, detail };
}

/** Milliseconds, one after the other: what else the machine does meets both alike. */
interface Pair {
  readonly ours: number;
  readonly bare: number;
}

function compared(what: string, pairs: readonly Pair[], { each, limit }: { each: number; limit: number }): Figure {
  const us = (times: readonly number[]) => ((median(times) / each) * 1000).toFixed(0);
  const detail = `${us(pairs.map(({ ours }) => ours))} µs : ${us(pairs.map(({ bare }) => bare))} µs each with bare node:sqlite`;
  const measured = median(pairs.map(({ ours, bare }) => ours / bare));
  return { what: `embedded tracker: ${what}`, measured, unit: '×', limit, detail };
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** About 500 characters of words as frequent as in a language, and one that is nobody else's. */
function draftsOf(seed: number, count: number): IssueDraft[] {
  const random = randomBySeed(seed);
  const words = vocabulary();
  return Array.from({ length: count }, (_, index) => {
    let body = `id${(index * 31 + seed).toString(36)}`;
    while (body.length < 500) body += ` ${words[Math.floor(random() ** 4 * words.length)]}${random() < 0.1 ? '.' : ''}`;
    return {
      title: `Something about ${words[Math.floor(random() * 500)]}`,
      body,
      labels: [`area-${index % 10}`, `team-${index % 7}`],
    };
  });
}

function vocabulary(): string[] {
  const random = randomBySeed(7);
  const letters = 'etaoinshrdlucmfwypvbgkjqxz';
  const made = Array.from({ length: 20_000 }, () => {
    const length = 3 + Math.floor(random() * 7);
    return Array.from({ length }, () => letters[Math.floor(random() ** 2 * letters.length)]).join('');
  });
  return ['the', 'error', 'request', ...made];
}

interface Bare {
  one(draft: IssueDraft): void;
  many(drafts: readonly IssueDraft[]): void;
  close(): void;
}

/** As fast as these rows go: prepared statements, the label's ids known, every row a plain value. */
function openBare(path: string): Bare {
  const db = new DatabaseSync(path);
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON');
  db.exec(`
    CREATE TABLE issue (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, state TEXT NOT NULL, title TEXT NOT NULL,
      body TEXT NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL);
    CREATE TABLE issue_label (label TEXT NOT NULL, state TEXT NOT NULL, updated_at INTEGER NOT NULL, issue_id INTEGER NOT NULL,
      PRIMARY KEY (label, state, updated_at DESC, issue_id)) WITHOUT ROWID;
    CREATE VIRTUAL TABLE words USING fts5(title, body, content = 'issue', content_rowid = 'id');
    CREATE TRIGGER words_of_issue AFTER INSERT ON issue
    BEGIN
      INSERT INTO words (rowid, title, body) VALUES (new.id, new.title, new.body);
    END;`);
  const issue = db.prepare(
    "INSERT INTO issue (key, state, title, body, created_at, updated_at) VALUES (?, 'open', ?, ?, 1, 1)",
  );
  const label = db.prepare("INSERT INTO issue_label VALUES (?, 'open', 1, ?)");
  const [begin, commit] = [db.prepare('BEGIN IMMEDIATE'), db.prepare('COMMIT')];
  let next = 1;
  const insert = ({ title, body, labels = [] }: IssueDraft) => {
    const { lastInsertRowid } = issue.run(String(next++), title, body);
    for (const name of labels) label.run(name, lastInsertRowid);
  };
  const transaction = (work: () => void) => {
    begin.run();
    work();
    commit.run();
  };
  return {
    one: (draft) => transaction(() => insert(draft)),
    many: (drafts) => transaction(() => drafts.forEach(insert)),
    close: () => db.close(),
  };
}

function trackerAt(cwd: string): TrackerDriver {
  return createTracker(testWorld({ cwd, env: { PACE_AGENT: 'bench' } }), { database: 'ours.db' });
}

if (import.meta.main) await show(embeddedTracker);
