/** `pace agent …` at the command line. */
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { AgentPrime, AgentSetup } from '../commands/agent/options.ts';
import type { Primed } from '../commands/agent/prime.ts';
import type { Confirm, SetUp } from '../commands/agent/setup.ts';
import { CLAIM_FIELDS, ISSUE_FIELDS, picked } from '../tracker/print/fields.ts';
import type { Session } from './session.ts';

export const agent = {
  prime: async (session: Session, options: AgentPrime) => {
    const { prime } = await import('../commands/agent/prime.ts');
    const { primeText } = await import('../output/prime-text.ts');
    const known = await prime(session.world, options);
    await session.answer(dataOf(known), () => primeText(known));
  },
  skill: async ({ shell }: Session) => {
    const { skill } = await import('../commands/agent/skill.ts');
    await shell.stdout.write(skill());
  },
  setup: async (session: Session, options: AgentSetup) => {
    const { setUpAgent } = await import('../commands/agent/setup.ts');
    const done = await setUpAgent(session.world, options, confirmBy(session));
    await session.answer(done, () => setUpText(done));
  },
};

/** As every other verb prints issues and claims, without their texts. */
function dataOf({ tracker, agent: name, ready, mine, blocked, ending, missing }: Primed) {
  const issues = ({ items, hasMore }: Primed['ready']) => {
    return { items: items.map((item) => picked(ISSUE_FIELDS, item, FIELDS)), hasMore };
  };
  const claims = { ...ending, items: ending.items.map((item) => picked(CLAIM_FIELDS, item)) };
  const parts = { ready: issues(ready), mine: issues(mine), blocked: issues(blocked), ending: claims };
  return { tracker, agent: name, ...parts, missing };
}

const FIELDS = ['key', 'title', 'url', 'state', 'type', 'priority', 'labels', 'assignees', 'author'];

/** Shows the change, and asks. */
function confirmBy({ world, shell: { ask } }: Session): Confirm | undefined {
  if (!ask) return undefined;
  return async (file, change) => {
    world.log.info(`${plainLine(file)}:\n${change}`);
    return /^y(?:es)?$/i.test(await ask('Write it? (yes or no) '));
  };
}

const OUTCOMES: Readonly<Record<SetUp['outcome'], (file: string) => string>> = {
  written: (file) => `Wrote ${file}. Next: pace agent prime\n`,
  removed: (file) => `Took the block of PACE out of ${file}.\n`,
  unchanged: (file) => `${file} is as it should be: nothing was written.\n`,
  planned: (file) => `${file} would change so; nothing was written.\n`,
  declined: (file) => `${file} stays as it is.\n`,
};

function setUpText({ file, outcome, change }: SetUp): string {
  const words = OUTCOMES[outcome](plainLine(file));
  return outcome === 'planned' ? `${words}${change}\n` : words;
}
