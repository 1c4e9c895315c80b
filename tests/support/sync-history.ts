/**
 * A history of two trackers: somebody edits both at random, sync runs in between, requests fail and processes die in between. At the end
 * both are brought into step, and what must be true then is looked at.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Capabilities, Comment, Issue, IssueTracker, TrackerDriver } from '../../core/ports/index.ts';
import { collect } from '../../core/tracker/collect.ts';
import { completeTracker } from '../../core/tracker/complete-tracker.ts';
import { concurrentEdits } from '../../core/tracker/concurrent-edits.ts';
import type { SyncReport, SyncRequest } from '../../src/sync/engine.ts';
import { facing } from '../../src/sync/facing.ts';
import { noteOf, splitBody } from '../../src/sync/footers.ts';
import { runSync } from '../../src/sync/one-run.ts';
import type { KeptConflict, SyncState } from '../../src/sync/pair.ts';
import { sideOf } from '../../src/sync/side.ts';
import { openSyncStore } from '../../src/sync/store.ts';
import { type SideName, type Sides, sidesOf } from '../../src/sync/values.ts';
import { type Chance, chanceOf } from './chance.ts';
import { type ActorLog, createActor, numberOf, type Word } from './sync-actor.ts';
import { Killed, newFate, type Planned } from './sync-fate.ts';
import { type TestWorld, testWorld } from './world.ts';

/** One of the two trackers. */
export interface HistorySide {
  readonly name: string;
  /** As another process has it, with a memory of its own. */
  open(): TrackerDriver | Promise<TrackerDriver>;
  /** Ids of people who can be given an issue. */
  readonly people?: readonly string[];
  /** Lets the clock of the server move on. */
  tick?(): void | Promise<void>;
}

export interface HistoryOptions {
  readonly seed: number;
  readonly edits: number;
  readonly sides: (world: TestWorld) => Sides<HistorySide> | Promise<Sides<HistorySide>>;
  /** How many edits lie between two runs, at most. */
  readonly between?: number;
  /** A run of so many meets a blow; 0: none does. */
  readonly blows?: number;
  /** What the actor never does. */
  readonly not?: readonly string[];
}

const MOST_RUNS = 8;
/** Who wins in the last runs, in turn by the seed. */
const ENDINGS = ['a', 'ask', 'newer'] as const;

export interface History {
  /** What is not as it must be; empty where all is well. */
  readonly problems: readonly string[];
  /** What was done, for whoever has to find out why. */
  readonly told: readonly string[];
}

export async function liveHistory(options: HistoryOptions): Promise<History> {
  const folder = mkdtempSync(join(tmpdir(), 'pace-sync-history-'));
  try {
    return await lived(options, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function lived({ seed, edits, sides: start, between = 8, blows = 2, not }: HistoryOptions, cwd: string) {
  const chance = chanceOf(seed);
  const world = testWorld({ cwd });
  const sides = await start(world);
  // as `openTracker` does
  const opened = async (side: SideName, of: (driver: TrackerDriver) => TrackerDriver = (driver) => driver) => {
    const { name, open } = sides[side];
    const driver = concurrentEdits(of(await open()), name, world);
    return completeTracker({ driver, name, place: `team/${side}`, world });
  };
  const trackers = { a: await opened('a'), b: await opened('b') };
  const actor = createActor({
    chance,
    trackers,
    people: sidesOf((side) => sides[side].people ?? []),
    ...(not && { not }),
  });
  const { told } = actor.log;
  const fate = newFate();
  let ids = 0;
  // in no order that means anything, and the same with the same seed
  const newId = () => {
    ids += 1;
    return (Math.imul(ids, 0x9e3779b1) >>> 0).toString(16).padStart(8, '0');
  };
  const maps = { states: {}, types: {}, labels: {}, people: peopleOf(sides) };

  async function run(asked: Partial<SyncRequest>, isTurned = false): Promise<Ran> {
    const names: Sides<SideName> = isTurned ? { a: 'b', b: 'a' } : { a: 'a', b: 'b' };
    const own = { a: await opened(names.a, fate.driver), b: await opened(names.b, fate.driver) };
    const ends = sidesOf((side) => ({ id: `${names[side]}-id`, name: `end ${names[side]}` }));
    const loaded = await openSyncStore(world).load(ends);
    const faced = facing(fate.store(loaded));
    let { state } = faced;
    try {
      const report = await runSync({
        world,
        sides: sidesOf((side) => sideOf(side, own[side], ends[side])),
        loaded: {
          ...faced,
          save: (next) => {
            state = next;
            return faced.save(next);
          },
        },
        isSameServer: false,
        verify: async () => undefined,
        newId,
        request: {
          ...{ flow: 'both', prefer: 'ask', force: false, dryRun: false, yes: true, full: false, origin: true },
          maps: isTurned ? turnedMaps(maps) : maps,
          ...asked,
        },
      });
      return { report, state };
    } catch (error) {
      return { error, state };
    } finally {
      await loaded.close();
    }
  }

  const problems: string[] = [];
  for (let done = 0; done < edits; ) {
    for (let count = 1 + chance.below(between); count > 0 && done < edits; count -= 1) {
      await passTime(chance, world, sides);
      await actor.deed(chance.one(['a', 'b']));
      done += 1;
    }
    await passTime(chance, world, sides);
    const { isTurned, ...asked } = someRun(chance);
    const planned = someBlows(chance, blows);
    told.push(
      `run ${JSON.stringify({ isTurned, ...asked })}${planned.map(({ blow, at }) => ` ${blow} at ${at}`).join()}`,
    );
    fate.plan(planned);
    const { error, report } = await run(asked, isTurned);
    told.push(...(error instanceof Killed ? ['killed'] : error ? [`ended: ${String(error)}`] : []));
    told.push(...(report?.left ?? []).map((line) => `  left ${JSON.stringify(line)}`));
    if (error && planned.length === 0) problems.push(`A run without trouble ended: ${(error as Error).stack}`);
  }
  fate.plan([]);
  await passTime(chance, world, sides);
  const ending = ENDINGS[seed % ENDINGS.length] ?? 'a';
  const runLater = (prefer: SyncRequest['prefer']) => () => {
    world.advance(5000);
    return run({ prefer });
  };
  if (ending !== 'a') {
    // `newer` decides nothing where both were changed at the same time
    const first = await untilInStep(runLater(ending), told, ['conflict']);
    problems.push(...first.problems, ...(await foundBy(trackers, actor.log, first.state)));
  }
  const last = await untilInStep(runLater('a'), told);
  problems.push(...last.problems);
  const bytes = kept(cwd);
  const writes = fate.writes();
  world.advance(60_000);
  const again = await run({ prefer: ending });
  if (again.error) problems.push(`One more run ended: ${String(again.error)}`);
  for (const line of again.report?.written ?? []) problems.push(`One more run writes: ${JSON.stringify(line)}`);
  if (fate.writes() !== writes) problems.push(`One more run makes ${fate.writes() - writes} requests that write.`);
  const changed = kept(cwd).filter((line) => !bytes.includes(line));
  if (changed.length > 0) problems.push(`One more run changes what is kept: ${changed.join('\n')}`);
  const whole = await run({ prefer: ending, full: true });
  for (const line of whole.report?.written ?? []) problems.push(`A look at everything writes: ${JSON.stringify(line)}`);
  problems.push(...(await disagreements(trackers, again.state, actor.log)));
  return { problems, told };
}

interface Ran {
  readonly report?: SyncReport;
  readonly error?: unknown;
  readonly state: SyncState;
}

/** Each person is the one at the same place on the other side. */
function peopleOf({ a, b }: Sides<HistorySide>): SyncRequest['maps']['people'] {
  const names = (a.people ?? []).flatMap((name, index) => {
    const other = b.people?.[index];
    return other === undefined ? [] : [[`person${index}`, { a: name, b: other }] as const];
  });
  return Object.fromEntries(names);
}

function turnedMaps({ people, ...maps }: SyncRequest['maps']): SyncRequest['maps'] {
  const turned = Object.entries(people).map(([name, { a, b }]) => [name, { ...(b && { a: b }), ...(a && { b: a }) }]);
  return { ...maps, people: Object.fromEntries(turned) };
}

/** Sometimes much, sometimes less than a clock tells. */
async function passTime(chance: Chance, world: TestWorld, sides: Sides<HistorySide>): Promise<void> {
  world.advance(chance.one([1, 40, 900, 5000, 3_600_000]));
  for (const side of ['a', 'b'] as const) await sides[side].tick?.();
}

function someRun(chance: Chance): Partial<SyncRequest> & { isTurned: boolean } {
  const flow = chance.one(['both', 'both', 'both', 'to-a', 'to-b'] as const);
  return {
    ...{ flow, isTurned: chance.below(4) === 0 },
    prefer: chance.one(['ask', 'ask', 'a', 'b', 'newer'] as const),
    force: flow !== 'both' && chance.below(4) === 0,
    full: chance.below(6) === 0,
  };
}

function someBlows(chance: Chance, often: number): Planned[] {
  if (often === 0 || chance.below(often) !== 0) return [];
  const count = 1 + chance.below(2);
  return Array.from({ length: count }, () => ({
    blow: chance.one(['kill', 'fault'] as const),
    at: 1 + chance.below(chance.one([10, 40, 150])),
  }));
}

async function untilInStep(
  run: () => Promise<Ran>,
  told: string[],
  may: readonly SyncReport['left'][number]['kind'][] = [],
): Promise<{ readonly problems: string[]; readonly state: SyncState | undefined }> {
  const fine = ['orphan', 'unsupported', ...may];
  let last: SyncState | undefined;
  let left: readonly unknown[] = [];
  for (let count = 1; count <= MOST_RUNS; count += 1) {
    const { report, error, state } = await run();
    last = state;
    told.push(`last run ${count}: ${error ? String(error) : JSON.stringify(report?.counts)}`);
    for (const line of report?.left ?? []) told.push(`  left ${JSON.stringify(line)}`);
    for (const line of report?.written ?? []) told.push(`  written ${JSON.stringify(line)}`);
    if (error) return { problems: [`A run without trouble ended: ${(error as Error).stack}`], state };
    left = (report?.left ?? []).filter(({ kind }) => !fine.includes(kind));
    if (left.length === 0 && report?.written.length === 0) return { problems: [], state };
  }
  const lines = left.map((line) => JSON.stringify(line)).join('\n');
  return { problems: [`Not in step after ${MOST_RUNS} runs: ${lines}`], state: last };
}

/** A field is in conflict only where somebody has changed it twice; `force` decides where one side alone was changed. */
async function foundBy(trackers: Sides<IssueTracker>, log: ActorLog, state: SyncState | undefined): Promise<string[]> {
  const all = await seenOn(trackers.a);
  const unforced = state?.conflicts.filter(({ by }) => by !== 'force') ?? [];
  return unforced.flatMap(({ pair, field, a, b }) => {
    const key = state?.pairs.get(pair)?.a.key;
    const issue = all.find((one) => one.issue.key === key)?.issue;
    if (!issue) return [];
    const edits = log.edits.filter((edit) => edit.issue === numberOf(issue) && edit.field === field);
    if (edits.length > 1) return [];
    return [`${numberOf(issue)}: nobody made the conflict of ${field}, ${JSON.stringify(a)} / ${JSON.stringify(b)}`];
  });
}

/** What was lost is told of once, and is kept. */
function noteProblems({ a, b }: Sides<Seen>, conflicts: readonly KeptConflict[]): string[] {
  const notes = [...a.comments, ...b.comments].flatMap(({ body }) => noteOf(body) ?? []);
  const losses = notes.map((id) => {
    const kept = conflicts.find((one) => one.id === id);
    return kept ? JSON.stringify([kept.field, kept.base, kept.winner, kept.a, kept.b]) : `of an unknown conflict ${id}`;
  });
  const unknown = losses.filter((loss) => loss.startsWith('of'));
  const twice = losses.filter((loss, index) => losses.indexOf(loss) !== index);
  return [...unknown, ...twice.map((loss) => `twice, of ${loss}`)].map((words) => `There is a note ${words}`);
}

/** Line by line, each with the name of its file. */
function kept(cwd: string): string[] {
  const folder = join(cwd, '.pace', 'sync');
  const names = readdirSync(folder).filter((name) => !name.endsWith('.lock'));
  return names.flatMap((name) => [
    `${name}: ${readFileSync(join(folder, name)).length} bytes`,
    ...readFileSync(join(folder, name), 'utf8')
      .split('\n')
      .map((line) => `${name}: ${line}`),
  ]);
}

interface Seen {
  readonly issue: Issue;
  readonly comments: readonly Comment[];
}

async function seenOn(tracker: IssueTracker): Promise<Seen[]> {
  const issues = await collect(tracker.listIssues({ state: 'all' }));
  const seen: Seen[] = [];
  for (const { key } of issues) {
    const issue = await tracker.getIssue(key);
    const links = await tracker.getIssueLinks(key).catch(() => []);
    seen.push({ issue: { ...issue, links }, comments: await collect(tracker.listComments(key)) });
  }
  return seen.filter(({ issue }) => numberOf(issue) > 0);
}

async function disagreements(trackers: Sides<IssueTracker>, state: SyncState, log: ActorLog): Promise<string[]> {
  const problems: string[] = [];
  const all = { a: await seenOn(trackers.a), b: await seenOn(trackers.b) };
  const can = { a: await trackers.a.capabilities(), b: await trackers.b.capabilities() };
  const names = sidesOf((side) => new Map(all[side].map(({ issue }) => [issue.key, numberOf(issue)])));
  const pairOf = (key: string) => [...state.pairs.values()].find((pair) => pair.a.key === key);
  for (let number = 1; number <= log.issues(); number += 1) {
    const [a, ...moreA] = all.a.filter(({ issue }) => numberOf(issue) === number);
    const [b, ...moreB] = all.b.filter(({ issue }) => numberOf(issue) === number);
    if (moreA.length + moreB.length > 0)
      problems.push(
        `${number} is there more than once: ${[a, ...moreA].map((one) => one?.issue.key)} / ${[b, ...moreB].map((one) => one?.issue.key)}`,
      );
    if (log.deleted.has(number)) continue;
    if (!a || !b) {
      problems.push(`${number} is only on one side: ${a?.issue.key} / ${b?.issue.key}`);
      continue;
    }
    const pair = pairOf(a.issue.key);
    if (pair?.b.key !== b.issue.key) problems.push(`${number} is paired ${pair?.a.key} / ${pair?.b.key}`);
    const conflicts = state.conflicts.filter((one) => one.pair === pair?.id);
    const at = `${number} (${a.issue.key} / ${b.issue.key})`;
    problems.push(
      ...differencesOf({ a: a.issue, b: b.issue }, { can, names, trackers, log }).map((words) => `${at}: ${words}`),
      ...commentProblems(number, { a, b }, log).map((words) => `${at}: ${words}`),
      ...noteProblems({ a, b }, conflicts).map((words) => `${at}: ${words}`),
      ...lostValues(number, { a: a.issue, b: b.issue }, { log, conflicts }).map((words) => `${at}: ${words}`),
    );
  }
  return problems;
}

interface Comparing {
  readonly can: Sides<Capabilities>;
  readonly names: Sides<ReadonlyMap<string, number>>;
  readonly trackers: Sides<IssueTracker>;
  readonly log: ActorLog;
}

function differencesOf({ a, b }: Sides<Issue>, { can, names, trackers, log }: Comparing): string[] {
  const problems: string[] = [];
  const has = (ability: keyof Capabilities['unsupported']) =>
    can.a.unsupported[ability] === undefined && can.b.unsupported[ability] === undefined;
  const compare = (field: string, one: unknown, other: unknown) => {
    if (JSON.stringify(one) !== JSON.stringify(other))
      problems.push(`${field} differs: ${JSON.stringify(one)} / ${JSON.stringify(other)}`);
  };
  const inBoth = <Value>(known: Sides<readonly Value[] | undefined>, ...values: Value[]) =>
    values.every((value) => (known.a?.includes(value) ?? true) && (known.b?.includes(value) ?? true));
  compare('title', a.title, b.title);
  const bodies = { a: splitBody(a.body).shared, b: splitBody(b.body).shared };
  const isSameBody = (['a', 'b'] as const).some(
    (side) => trackers[side].normalText.of(bodies.a) === trackers[side].normalText.of(bodies.b),
  );
  if (!isSameBody) compare('body', bodies.a, bodies.b);
  if (inBoth({ a: can.a.states, b: can.b.states }, a.state, b.state)) compare('state', a.state, b.state);
  const types = { a: can.a.types, b: can.b.types };
  // what an issue is that nobody has given a type is not carried: the actor gives these two
  const isGiven = [a.type, b.type].some((type) => type === 'bug' || type === 'task') || a.type === b.type;
  if (has('type') && isGiven && inBoth(types, a.type ?? '', b.type ?? '')) compare('type', a.type, b.type);
  const priorities = { a: can.a.priorities, b: can.b.priorities };
  const ranks = [a.priority, b.priority].filter((rank) => rank !== undefined);
  // some give every issue one, which no person has chosen: that is not carried to the other side
  if (has('priority') && ranks.length !== 1 && inBoth(priorities, ...ranks))
    compare('priority', a.priority, b.priority);
  for (const field of ['milestone', 'storyPoints', 'dueDate'] as const)
    if (has(field)) compare(field, a[field], b[field]);
  if (has('labels')) compare('labels', labelsOf(a), labelsOf(b));
  if (has('assignees') && has('several assignees')) compare('assignees', a.assignees.length, b.assignees.length);
  const named = (side: SideName, key: string | undefined) => (key === undefined ? 0 : (names[side].get(key) ?? -1));
  const isDeleted = (number: number) => log.deleted.has(number);
  const parents = [named('a', a.parent), named('b', b.parent)] as const;
  if (has('parent') && !parents.some(isDeleted)) compare('parent', ...parents);
  if (has('links')) compare('links', linksOf('a', a), linksOf('b', b));
  return problems;

  function linksOf(side: SideName, { links = [] }: Issue): string[] {
    const known = links.filter(({ type }) => can.a.linkTypes.includes(type) && can.b.linkTypes.includes(type));
    const texts = known.map(({ type, target }) => ({ type, number: named(side, target) }));
    return texts
      .filter(({ number }) => number > 0 && !isDeleted(number))
      .map(({ type, number }) => `${type} ${number}`)
      .sort();
  }
}

function labelsOf({ labels }: Issue): string[] {
  return labels.filter((label) => /^label\d+$/.test(label)).sort();
}

function commentProblems(number: number, seen: Sides<Seen>, { comments }: ActorLog): string[] {
  return comments
    .filter(({ issue }) => issue === number)
    .flatMap(({ word }) =>
      (['a', 'b'] as const).flatMap((side) => {
        const count = seen[side].comments.filter(({ body }) => holds(body, `This is ${word} of somebody`)).length;
        return count === 1 ? [] : [`${word} is there ${count} times on ${side}`];
      }),
    );
}

function holds(text: string, word: string): boolean {
  return new RegExp(`\\b${word}\\b`).test(text);
}

/** Every value that was written is there, or was overwritten by whoever saw it, or is kept. */
function lostValues(
  number: number,
  issues: Sides<Issue>,
  { log, conflicts }: { readonly log: ActorLog; readonly conflicts: readonly KeptConflict[] },
): string[] {
  const sides = ['a', 'b'] as const;
  const isKept = (field: string, value: unknown) =>
    conflicts.some((one) => one.field === field && (one.a === value || one.b === value));
  const isIn = (field: string, word: string) =>
    conflicts.some((one) => one.field === field && holds(JSON.stringify([one.a, one.b]), word));
  const deeds = log.deeds.filter(({ issue }) => issue === number);
  const lost = deeds.filter(
    ({ field, value }) =>
      !sides.some((side) => issues[side][field] === value) &&
      !deeds.some((later) => later.field === field && later.over === value) &&
      !isKept(field, value),
  );
  const of = (words: readonly Word[]) => words.filter(({ issue }) => issue === number);
  const inBodies = (word: string) => sides.some((side) => holds(issues[side].body, word));
  const paragraphs = of(log.paragraphs).filter(
    ({ word, isRemoved }) => !isRemoved && !inBodies(word) && !isIn('body', word),
  );
  const isOn = (word: string) => sides.some((side) => issues[side].labels.includes(word));
  const labels = of(log.labels).filter(
    // one that was taken off may come back, where a run that died had copied it and nobody knows
    ({ word, isRemoved }) => !isRemoved && !isOn(word) && !isIn('labels', word),
  );
  return [
    ...lost.map(({ side, field, value }) => `${field} ${JSON.stringify(value)} of ${side} is lost`),
    ...paragraphs.map(({ side, word }) => `${word} of ${side} is lost`),
    ...labels.map(({ side, word }) => `${word} of ${side} is lost`),
  ];
}
