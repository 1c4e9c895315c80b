/** Somebody who works on both sides at random, and remembers all that they have written. */
import { asPaceError } from '../../core/errors.ts';
import type { Issue, IssuePatch, IssueTracker } from '../../core/ports/index.ts';
import { collect } from '../../core/tracker/collect.ts';
import type { SideName, Sides } from '../../src/sync/values.ts';
import type { Chance } from './chance.ts';

/** A value that was written, and the one that stood there. */
export interface Deed {
  readonly side: SideName;
  /** The issue, by the number that its text begins with. */
  readonly issue: number;
  readonly field: Unique;
  readonly value: unknown;
  readonly over: unknown;
}

/** Fields of which no value is ever written twice. */
export const UNIQUE = ['title', 'milestone', 'storyPoints', 'dueDate'] as const;
export type Unique = (typeof UNIQUE)[number];

/** Words that are there once: a paragraph, a label, a comment. */
export interface Word {
  readonly side: SideName;
  readonly issue: number;
  readonly word: string;
  isRemoved?: true;
}

export interface ActorLog {
  readonly deeds: Deed[];
  readonly paragraphs: Word[];
  readonly labels: Word[];
  readonly comments: Word[];
  /** Each change of a field of an issue that was there already. */
  readonly edits: { readonly issue: number; readonly field: string }[];
  /** Of issues that were deleted. */
  readonly deleted: Set<number>;
  /** How many issues there are. */
  readonly issues: () => number;
  /** What was done, in words. */
  readonly told: string[];
}

export interface ActorOptions {
  readonly chance: Chance;
  readonly trackers: Sides<IssueTracker>;
  readonly people?: Sides<readonly string[]>;
  /** What is never done. */
  readonly not?: readonly string[];
}

/** The number that an issue is known by on both sides. */
export function numberOf({ body }: Pick<Issue, 'body'>): number {
  return Number(/\bissue number (\d+)\b/.exec(body)?.[1] ?? Number.NaN);
}

const FOOT = /\n*^In step with .+$[\s\S]*/m;

export function createActor({ chance, trackers, people, not = [] }: ActorOptions) {
  let last = 0;
  let issues = 0;
  const log: ActorLog = {
    ...{ deeds: [], paragraphs: [], labels: [], comments: [], edits: [], deleted: new Set(), told: [] },
    issues: () => issues,
  };
  const next = () => {
    last += 1;
    return last;
  };

  /** What a tracker refuses, an issue that still waits for others to be closed say, a person leaves as it is. */
  async function refused(deed: () => Promise<unknown>): Promise<boolean> {
    try {
      await deed();
      return false;
    } catch (error) {
      if (!['conflict', 'validation', 'transition', 'unsupported'].includes(asPaceError(error).kind)) throw error;
      log.told.push(`refused: ${asPaceError(error).message}`);
      return true;
    }
  }

  async function patched(side: SideName, issue: Issue, patch: IssuePatch, words: string): Promise<void> {
    log.told.push(`${side} ${issue.key} (${numberOf(issue)}): ${words} ${JSON.stringify(patch)}`);
    const deeds = UNIQUE.filter((field) => patch[field] !== undefined && patch[field] !== null).map((field) => ({
      ...{ side, issue: numberOf(issue), field, value: patch[field], over: issue[field] },
    }));
    if (await refused(() => trackers[side].updateIssue(issue.key, patch))) return;
    log.deeds.push(...deeds);
    for (const name of Object.keys(patch)) edited(issue, name);
  }

  function edited(issue: Issue, name: string): void {
    const field = name.replace(/^(?:add|remove)(?=[A-Z])/, '').replace(/^[A-Z]/, (letter) => letter.toLowerCase());
    log.edits.push({ issue: numberOf(issue), field });
  }

  async function create(side: SideName): Promise<void> {
    issues += 1;
    const title = `Title ${next()}`;
    const paragraph = `paragraph${next()}`;
    log.told.push(`${side}: create ${issues} ${title}`);
    const body = `This is issue number ${issues}.\n\nA ${paragraph} stands here.`;
    await trackers[side].createIssue({ title, body });
    log.deeds.push({ side, issue: issues, field: 'title', value: title, over: undefined });
    log.paragraphs.push({ side, issue: issues, word: paragraph });
  }

  async function rewrite(side: SideName, issue: Issue): Promise<void> {
    const foot = FOOT.exec(issue.body)?.[0] ?? '';
    const [first = '', ...rest] = issue.body.slice(0, issue.body.length - foot.length).split('\n\n');
    const fresh = `paragraph${next()}`;
    const text = `A ${fresh} stands here.`;
    const at = chance.below(rest.length + 1);
    const removed = chance.one([0, 0, 1]);
    const gone = rest.splice(at, removed, ...(chance.one([true, true, false]) || removed === 0 ? [text] : []));
    const body = [first, ...rest].join('\n\n') + foot;
    log.told.push(`${side} ${issue.key} (${numberOf(issue)}): body ${JSON.stringify(body)}`);
    await trackers[side].updateIssue(issue.key, { body });
    edited(issue, 'body');
    const words = gone.join(' ');
    for (const one of log.paragraphs) if (new RegExp(`\\b${one.word}\\b`).test(words)) one.isRemoved = true;
    if (rest.includes(text)) log.paragraphs.push({ side, issue: numberOf(issue), word: fresh });
  }

  async function addLabel(side: SideName, issue: Issue): Promise<void> {
    const word = `label${next()}`;
    await patched(side, issue, { addLabels: [word] }, 'label');
    log.labels.push({ side, issue: numberOf(issue), word });
  }

  async function removeLabel(side: SideName, issue: Issue): Promise<void> {
    const known = issue.labels.filter((label) => /^label\d+$/.test(label));
    if (known.length === 0) return;
    const word = chance.one(known);
    await patched(side, issue, { removeLabels: [word] }, 'label off');
    for (const one of log.labels) if (one.word === word) one.isRemoved = true;
  }

  async function comment(side: SideName, issue: Issue): Promise<void> {
    const word = `comment${next()}`;
    log.told.push(`${side} ${issue.key} (${numberOf(issue)}): ${word}`);
    await trackers[side].addComment(issue.key, `This is ${word} of somebody.`);
    log.comments.push({ side, issue: numberOf(issue), word });
  }

  async function milestone(side: SideName, issue: Issue): Promise<void> {
    const title = `Milestone ${next()}`;
    await trackers[side].createMilestone({ title });
    await patched(side, issue, { milestone: title }, 'milestone');
  }

  async function assign(side: SideName, issue: Issue): Promise<void> {
    const names = people?.[side] ?? [];
    if (names.length === 0) return;
    const who = chance.one(names);
    const has = issue.assignees.some(({ id }) => id === who);
    const { unsupported } = await trackers[side].capabilities();
    const added = unsupported['several assignees'] === undefined ? { addAssignees: [who] } : { assignees: [who] };
    await patched(side, issue, has ? { removeAssignees: [who] } : added, 'assignee');
  }

  /** Whoever stands above is older, so that no ring comes of two edits. */
  async function parent(side: SideName, issue: Issue, all: readonly Issue[]): Promise<void> {
    if (issue.parent !== undefined && chance.one([true, false]))
      return patched(side, issue, { parent: null }, 'parent');
    const older = all.filter((one) => numberOf(one) < numberOf(issue));
    if (older.length > 0) await patched(side, issue, { parent: chance.one(older).key }, 'parent');
  }

  async function link(side: SideName, issue: Issue, all: readonly Issue[]): Promise<void> {
    const tracker = trackers[side];
    const links = await tracker.getIssueLinks(issue.key);
    const there = links.filter(({ target }) => all.some(({ key }) => key === target));
    if (there.length > 0 && chance.one([true, false])) {
      const gone = chance.one(there);
      log.told.push(`${side} ${issue.key} (${numberOf(issue)}): link off ${gone.type} ${gone.target}`);
      return tracker.deleteLink(issue.key, gone);
    }
    const { linkTypes } = await tracker.capabilities();
    const older = all.filter((one) => numberOf(one) < numberOf(issue));
    const types = (['blocks', 'relates to'] as const).filter((type) => linkTypes.includes(type));
    if (older.length === 0 || types.length === 0) return;
    const added = { type: chance.one(types), target: chance.one(older).key };
    log.told.push(`${side} ${issue.key} (${numberOf(issue)}): link ${added.type} ${added.target}`);
    await refused(() => tracker.createLink(issue.key, added));
  }

  async function deed(side: SideName): Promise<void> {
    const tracker = trackers[side];
    const can = await tracker.capabilities();
    const all = (await collect(tracker.listIssues({ state: 'all' }))).filter((one) => numberOf(one) > 0);
    const issue = all.length > 0 ? await tracker.getIssue(chance.one(all).key) : undefined;
    const acts: Record<string, (() => Promise<void>) | undefined> = { create: () => create(side) };
    if (issue) {
      const has = (ability: keyof typeof can.unsupported) => can.unsupported[ability] === undefined;
      const types = (can.types ?? ['bug', 'task']).filter((type) => type === 'bug' || type === 'task');
      const states = can.states.filter((state) => state !== issue.state);
      acts['title'] = () => patched(side, issue, { title: `Title ${next()}` }, 'title');
      acts['title again'] = acts['title'];
      acts['body'] = () => rewrite(side, issue);
      acts['body again'] = acts['body'];
      acts['state'] = () => patched(side, issue, { state: chance.one(states) }, 'state');
      acts['comment'] = () => comment(side, issue);
      if (has('labels')) acts['label'] = () => addLabel(side, issue);
      if (has('labels')) acts['label off'] = () => removeLabel(side, issue);
      if (has('type') && types.length > 0)
        acts['type'] = () => patched(side, issue, { type: chance.one(types) }, 'type');
      if (has('priority'))
        acts['priority'] = () => patched(side, issue, { priority: chance.one(can.priorities) }, 'priority');
      if (has('milestone') && has('create milestones')) acts['milestone'] = () => milestone(side, issue);
      if (has('storyPoints')) acts['points'] = () => patched(side, issue, { storyPoints: next() }, 'points');
      if (has('dueDate')) acts['due'] = () => patched(side, issue, { dueDate: dayAt(next()) }, 'due');
      if (has('assignees')) acts['assign'] = () => assign(side, issue);
      if (has('parent')) acts['parent'] = () => parent(side, issue, all);
      if (has('links')) acts['link'] = () => link(side, issue, all);
      if (has('delete issues') && chance.below(6) === 0)
        acts['delete'] = async () => {
          log.told.push(`${side} ${issue.key} (${numberOf(issue)}): delete`);
          await tracker.deleteIssue(issue.key);
          log.deleted.add(numberOf(issue));
        };
    }
    const names = Object.keys(acts).filter((name) => !not.includes(name));
    await acts[chance.one(names)]?.();
  }

  return { log, deed, create };
}

function dayAt(number: number): string {
  return new Date(Date.UTC(2026, 5, number)).toISOString().slice(0, 10);
}
