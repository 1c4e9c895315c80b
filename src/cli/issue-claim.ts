/** `pace issue claim` and `release`: which agent works on an issue. */
import type { Command } from 'commander';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { inSession, type Session, writing } from './session.ts';
import type { Shell } from './shell.ts';

export const CLAIMS = { claim: defineClaim, release: defineRelease };

function defineClaim(issue: Command, shell: Shell): void {
  writing(issue.command('claim'))
    .description('take an issue for an agent, for a while; of two agents one gets it')
    .argument('<key>', 'e.g. 12, PROJ-12')
    .option('--as <agent>', 'the agent’s own name; else PACE_AGENT')
    .option('--for <time>', 'how long: 90s, 30m, 2h, 1d', '30m')
    .option('--start', 'move it to in_progress as well')
    .action((key: string, options) => inSession(shell, options, (session) => claim(session, key, options)));
}

function defineRelease(issue: Command, shell: Shell): void {
  writing(issue.command('release'))
    .description('give an issue back')
    .argument('<key>', 'e.g. 12, PROJ-12')
    .option('--as <agent>', 'the agent’s own name; else PACE_AGENT')
    .action((key: string, options) => inSession(shell, options, (session) => release(session, key, options.as)));
}

async function claim(
  session: Session,
  reference: string,
  options: { readonly as?: string; readonly for: string; readonly start?: boolean },
): Promise<number> {
  const { CLAIMS, minute } = await import('../tracker/print/shapes.ts');
  const { agentOf, claimSpan } = await import('../tracker/agent.ts');
  const printing = session.printing(CLAIMS);
  const agent = agentOf(options.as, session.world.env);
  const forMs = claimSpan(options.for);
  const {
    tracker,
    keys: [key = ''],
  } = await session.open([reference]);
  const claimed = await tracker.claim(key, { agent, forMs });
  if (options.start) await tracker.transitionIssue(key, 'in_progress');
  const until = minute(claimed.until);
  await printing.one(claimed, `${plainLine(key)} is claimed by ${plainLine(agent)} until ${until}.\n`);
  return 0;
}

async function release(session: Session, reference: string, as: string | undefined): Promise<number> {
  const { CLAIMS } = await import('../tracker/print/shapes.ts');
  const { agentOf, notHeld } = await import('../tracker/agent.ts');
  const printing = session.printing(CLAIMS);
  const agent = agentOf(as, session.world.env);
  const {
    tracker,
    keys: [key = ''],
  } = await session.open([reference]);
  if (!(await tracker.release(key, agent))) throw notHeld(key, agent);
  const given = { key, agent, until: session.world.now() };
  await printing.one(given, `${plainLine(key)} is given back by ${plainLine(agent)}.\n`);
  return 0;
}
