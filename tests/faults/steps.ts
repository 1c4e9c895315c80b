/** What the gate does with its two adapters, one step per method and circumstance. */
import type { CIAdapter } from '../../core/adapters/ports.ts';
import type { Run, Step } from './scenario.ts';

const DAY = 3;
const SHA = 'a'.repeat(40);

type Act = (run: Run) => Promise<unknown>;

/** What a look for an open escalation gives that nobody has answered. */
const NOT_KNOWN = { isKnown: false, holds: [], closed: [] };

const hold =
  (holdReason = 'unit: 2 tests failed'): Act =>
  ({ tracker, dayDir }) =>
    tracker.openEscalationIssue({ day: DAY, dayDir: dayDir(DAY), holdReason, sha: SHA });
/** As the gate does: under the key that the run which held has written down. */
const ship: Act = ({ tracker }) => tracker.resolveEscalation({ day: DAY, sha: SHA, rememberedKey: firstKey(tracker) });
const items = [
  { id: 'A-1', finding: 'a slow query' },
  { id: 'A-2', finding: 'a weak hash' },
];
const push =
  (pushed = items): Act =>
  ({ tracker }) =>
    tracker.pushAdvisoryItems({ day: DAY, agent: 'sentinel', items: pushed });
const clear =
  (...ids: string[]): Act =>
  ({ tracker }) =>
    tracker.clearAdvisoryItems({ ids });
const story: Act = ({ tracker, dayDir }) => tracker.pushStory({ day: DAY, dayDir: dayDir(DAY) });

export const trackerSteps: readonly Step[] = [
  { name: 'openEscalationIssue, a first HOLD', act: hold(), instead: '' },
  { name: 'openEscalationIssue, another reason', before: [hold()], act: hold('scan: a secret'), instead: '' },
  { name: 'openEscalationIssue, after a SHIP', before: [hold(), ship], act: hold(), instead: '' },
  {
    name: 'openEscalationIssue, by its remembered key',
    before: [hold()],
    act: async ({ tracker, dayDir }) => {
      const rememberedKey = (await tracker.escalationOf(DAY))?.key ?? '';
      return tracker.openEscalationIssue({
        day: DAY,
        dayDir: dayDir(DAY),
        holdReason: 'scan',
        sha: SHA,
        rememberedKey,
      });
    },
    instead: '',
  },
  { name: 'resolveEscalation', before: [hold()], act: ship, instead: false },
  { name: 'openEscalation', before: [hold()], act: ({ tracker }) => tracker.openEscalation(), instead: NOT_KNOWN },
  { name: 'escalationOf', before: [hold()], act: ({ tracker }) => tracker.escalationOf(DAY), instead: undefined },
  {
    name: 'remindEscalation',
    before: [hold()],
    daysLater: 2,
    // once reminded, there is nothing to say for days: what counts is that it was said
    act: async ({ tracker }) => (await tracker.remindEscalation({ day: DAY })) || tracker.faults.length === 0,
    instead: false,
  },
  { name: 'pushAdvisoryItems, new ones', act: push(), instead: '' },
  {
    name: 'pushAdvisoryItems, one more',
    before: [push()],
    act: push([...items, { id: 'A-3', finding: 'an old library' }]),
    instead: '',
  },
  { name: 'clearAdvisoryItems, one of two', before: [push()], act: clear('A-1'), instead: false },
  { name: 'clearAdvisoryItems, all', before: [push()], act: clear('A-1', 'A-2'), instead: false },
  {
    name: 'knownAdvisories, of an open issue',
    before: [push()],
    act: ({ tracker }) => tracker.knownAdvisories(),
    instead: undefined,
  },
  {
    name: 'knownAdvisories, of an issue that a person has closed',
    before: [push(), ({ tracker }) => closeByHand(tracker)],
    act: ({ tracker }) => tracker.knownAdvisories(),
    instead: undefined,
  },
  { name: 'pushStory', act: story, instead: '' },
  {
    name: 'updateStoryStatus',
    before: [story],
    act: ({ tracker, dayDir }) => tracker.updateStoryStatus({ day: DAY, dayDir: dayDir(DAY), status: 'done' }),
    instead: false,
  },
  {
    name: 'postHandoffComment',
    before: [story],
    act: ({ tracker, dayDir }) => tracker.postHandoffComment({ day: DAY, dayDir: dayDir(DAY) }),
    instead: false,
  },
  { name: 'closePlanIssue', before: [push()], act: ({ tracker }) => closeByHand(tracker), instead: false },
];

const FIRST_KEYS: Readonly<Record<string, string>> = { jira: 'PACE-1', beads: 'bd-1', fp: 'FP-aaaaaaaa' };

/** The first issue of a tracker, as a person or the plan would close it. */
async function closeByHand(tracker: Run['tracker']): Promise<boolean> {
  return tracker.closePlanIssue(firstKey(tracker));
}

function firstKey({ platform }: Run['tracker']): string {
  return FIRST_KEYS[platform] ?? '1';
}

const review =
  (contextNote: string): Act =>
  ({ ci, paceDir, sha }) =>
    ci.openReviewPr({
      ...{ day: 14, stateDir: paceDir, agentsDir: paceDir, folder: '.pace' },
      ...{ sha, contextNote, reviewers: ['ada'] },
    });
const status =
  (state: 'success' | 'failure'): Act =>
  ({ ci, sha }) =>
    ci.setCommitStatus(sha, { context: 'pace/gate', state, description: `Day ${DAY}` });
const pause =
  (value: string): Act =>
  ({ ci }) =>
    ci.setVariable('PACE_PAUSED', value);

/** Settled sets only: what is waited for is the business of other tests. */
const wait: Act = async ({ ci, sha }) => {
  const { conclusion, checks } = await ci.waitForCommitCi({ sha, timeoutMinutes: 5, rules: { settleSeconds: 1 } });
  return wasJudged(conclusion) ? { conclusion, names: checks.map(({ name }) => name).sort() } : undefined;
};

function wasJudged(conclusion: Awaited<ReturnType<CIAdapter['waitForCommitCi']>>['conclusion']): boolean {
  return conclusion !== 'no_runs' && conclusion !== 'timeout';
}

export const ciSteps: readonly Step[] = [
  { name: 'openReviewPr, a new one', act: review('Look well.'), instead: '' },
  { name: 'openReviewPr, another text', before: [review('Look well.')], act: review('Look twice.'), instead: '' },
  { name: 'reviewState', before: [review('Look well.')], act: ({ ci }) => ci.reviewState(14), instead: undefined },
  { name: 'waitForCommitCi', act: wait, instead: undefined },
  { name: 'setCommitStatus', act: status('failure'), instead: false },
  { name: 'setCommitStatus, another one', before: [status('failure')], act: status('success'), instead: false },
  { name: 'setVariable, a new one', act: pause('true'), instead: false },
  { name: 'setVariable, another value', before: [pause('false')], act: pause('true'), instead: false },
  {
    name: 'getVariable',
    before: [pause('true')],
    act: ({ ci }) => ci.getVariable('PACE_PAUSED'),
    absent: ['404', '410'],
    instead: undefined,
  },
];

/** Where the pipeline belongs to a merge request. */
export const changeNoteStep: Step = {
  name: 'writeChangeNote',
  before: [review('Look well.')],
  act: ({ ci }) => ci.writeChangeNote('Day 3 holds.'),
  instead: false,
};
