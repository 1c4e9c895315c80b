/** One of many processes on one tracker: does its operations, and prints what it was told has been done. */
import { appendFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { PaceError } from '../../core/errors.ts';
import { type LibraryOptions, openTracker } from '../../src/library.ts';

/** What the parent hands over, as JSON in the first argument. */
export interface Orders {
  readonly agent: number;
  readonly tracker: Pick<LibraryOptions, 'platform' | 'settings' | 'cwd'>;
  /** Issues that all agents change. */
  readonly shared: readonly string[];
  /** Issues that each agent wants for itself. */
  readonly pool: readonly string[];
  readonly people: readonly string[];
  /** Who has which issue, in the order in which it happened: a line as work begins, and one before it ends. */
  readonly log: string;
}

export interface Done {
  readonly operations: number;
  readonly created: readonly string[];
  readonly closed: readonly string[];
  readonly metadata: readonly (readonly [key: string, name: string])[];
  readonly labels: readonly (readonly [key: string, name: string])[];
  readonly assignees: readonly (readonly [key: string, name: string])[];
  readonly comments: readonly (readonly [key: string, text: string])[];
  readonly won: number;
  readonly lost: number;
  readonly finished: readonly string[];
}

const MIX = {
  ...{ create: 8, meta: 8, label: 6, assign: 4, comment: 8 },
  ...{ claim: 12, close: 4 },
} as const;
type Kind = keyof typeof MIX;

const orders: Orders = JSON.parse(process.argv[2] ?? '');
const name = `agent-${orders.agent}`;
const tracker = await openTracker({ ...orders.tracker, env: { PACE_AGENT: name } });
const done = {
  operations: 0,
  ...{ created: [] as string[], closed: [] as string[], finished: [] as string[] },
  ...{ metadata: [] as [string, string][], labels: [] as [string, string][] },
  ...{ assignees: [] as [string, string][], comments: [] as [string, string][] },
  ...{ won: 0, lost: 0 },
};
// the same numbers in every run: what differs is who comes first
let seed = 7919 * (orders.agent + 1);
const random = () => {
  seed = (seed * 48_271) % 2_147_483_647;
  return seed / 2_147_483_647;
};
const one = <Item>(items: readonly Item[]): Item => {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('there is nothing to choose from');
  return item;
};

const kinds = Object.entries(MIX).flatMap(([kind, count]) => Array.from({ length: count }, () => kind as Kind));
for (const kind of kinds.map((each) => [random(), each] as const).sort((a, b) => a[0] - b[0])) {
  done.operations += 1;
  await deeds()[kind[1]]();
}
await tracker.close();
process.stdout.write(JSON.stringify(done satisfies Done));

function deeds(): Record<Kind, () => Promise<unknown>> {
  const nth = `${orders.agent}-${done.operations}`;
  return {
    create: async () => {
      const { key } = await tracker.createIssue({ title: `made ${nth}`, body: nth, labels: [`by-${orders.agent}`] });
      done.created.push(key);
    },
    close: async () => {
      const key = done.created.find((each) => !done.closed.includes(each));
      if (key === undefined) return;
      await tracker.transitionIssue(key, 'done');
      done.closed.push(key);
    },
    meta: async () => {
      const key = one(orders.shared);
      await tracker.updateIssue(key, { setMetadata: { [`k-${nth}`]: nth } });
      done.metadata.push([key, `k-${nth}`]);
    },
    label: async () => {
      const key = one(orders.shared);
      await tracker.updateIssue(key, { addLabels: [`l-${nth}`] });
      done.labels.push([key, `l-${nth}`]);
    },
    assign: async () => {
      const key = one(orders.shared);
      const who = one(orders.people);
      await tracker.updateIssue(key, { addAssignees: [who] });
      done.assignees.push([key, who]);
    },
    comment: async () => {
      const key = one(orders.shared);
      await tracker.addComment(key, `said ${nth}`);
      done.comments.push([key, `said ${nth}`]);
    },
    claim: () => work(one(orders.pool), nth),
  };
}

/** Of an issue that is had, some are done and the rest given back. */
async function work(key: string, nth: string): Promise<void> {
  try {
    await tracker.claim(key, { agent: name, forMs: 600_000, start: random() < 0.5 });
  } catch (error) {
    if (!(error instanceof PaceError) || error.kind !== 'conflict') throw error;
    done.lost += 1;
    return;
  }
  done.won += 1;
  appendFileSync(orders.log, `begin ${key} ${name} ${nth}\n`);
  await setTimeout(random() * 50);
  const ends = random() < 0.4;
  if (ends) await tracker.transitionIssue(key, random() < 0.5 ? 'in_review' : 'done');
  appendFileSync(orders.log, `end ${key} ${name} ${nth}\n`);
  if (ends) done.finished.push(key);
  await tracker.release(key, name);
}
