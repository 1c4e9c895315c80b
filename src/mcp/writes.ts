/** The tools that write. What they say is ours: whoever reads it wants to know what has become of the issue, not its words again. */
import { z } from 'zod';
import { type Claim, ISSUE_STATES, ISSUE_TYPES, LINK_TYPES, PRIORITY_NAMES } from '../../core/ports/index.ts';
import { minute } from '../../core/text/minute.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { World } from '../../core/world.ts';
import { issue } from '../commands/issue/options.ts';
import { issueRow } from '../tracker/print/issue-row.ts';
import { type Outcome, outcomeOf, outcomeOfCreated } from '../tracker/print/not-done.ts';
import { type Answer, fenced, wordsOf } from './answer.ts';
import { TELL } from './failure.ts';
import { stateWords } from './issue-words.ts';
import { refuseElsewhere } from './own-issues.ts';
import { type Tool, tool } from './tool.ts';
import { argumentWords, toolWords } from './tool-words.ts';

const ADDS = { readOnlyHint: false, destructiveHint: false, idempotentHint: false } as const;
const SETS = { readOnlyHint: false, destructiveHint: false, idempotentHint: true } as const;
const REPLACES = { readOnlyHint: false, destructiveHint: true, idempotentHint: true } as const;

const KEY = '';
const AGENT = 'your name; default PACE_AGENT';

/** Said once: what creates an issue is read beside what changes it. */
const SAME = { type: '', priority: '', parent: '', due: '', milestone: '' } as const;

const create = tool({
  name: 'issue_create',
  description: 'Create an issue.',
  input: z.object({ title: z.string() }).extend(
    issue.create.options.pick({
      ...{
        body: true,
        label: true,
        assignee: true,
        type: true,
        priority: true,
        milestone: true,
        parent: true,
        due: true,
      },
    }).shape,
  ),
  about: {
    ...{ body: 'Markdown', label: '', assignee: 'people or @me', type: ISSUE_TYPES.join(', '), milestone: '' },
    ...{ priority: PRIORITY_NAMES.join(', '), parent: 'key of the issue above', due: 'YYYY-MM-DD' },
  },
  annotations: ADDS,
  run: async (world, input) => {
    const { createIssue } = await import('../commands/issue/create.ts');
    refuseElsewhere(input.parent);
    const { value } = await createIssue(world, input);
    const { issue: made, tracker } = value;
    const text = `Created ${stateWords(made)} on ${plainLine(tracker)}: ${plainLine(made.url, 500)}`;
    return answerOf([text], outcomeOfCreated(value, tracker), { world, deed: 'created' });
  },
});

const edit = tool({
  name: 'issue_edit',
  description: 'Change issues, or close them with state done or canceled. What is not named stays; none clears.',
  input: issue.edit.options
    .pick({
      ...{ keys: true, title: true, body: true, state: true, addLabel: true, removeLabel: true },
      ...{
        addAssignee: true,
        removeAssignee: true,
        type: true,
        priority: true,
        milestone: true,
        parent: true,
        due: true,
      },
      meta: true,
    })
    .required({ keys: true })
    .extend({ keys: z.array(z.string()).min(1) }),
  about: {
    ...SAME,
    keys: KEY,
    title: '',
    body: 'replaces the text; Markdown',
    state: ISSUE_STATES.join(', '),
    ...{ addLabel: '', removeLabel: '', addAssignee: '', removeAssignee: '' },
    meta: 'key=value, hidden from people',
  },
  annotations: REPLACES,
  run: async (world, input, signal) => {
    const { editIssues } = await import('../commands/issue/edit.ts');
    refuseElsewhere(input.parent, ...input.keys);
    const { value } = await editIssues(world, input, signal);
    const done = value.done.map((changed) => `Changed ${stateWords(changed)}.`);
    const [only] = value.failed;
    if (only && done.length === 0 && value.failed.length === 1) throw only.error;
    return answerOf(done, outcomeOf(value), { world, deed: 'changed' });
  },
});

/** What was done, and what was not: a model must not take the one for the whole. */
function answerOf(
  done: readonly string[],
  { left, warnings }: Outcome,
  { world, deed }: { readonly world: Pick<World, 'redact'>; readonly deed: string },
): Answer {
  const words = left.map(({ key, how, message, remedy }) => {
    const name = plainLine(key, 100);
    const what = {
      failed: `was not ${deed}`,
      partly: `is ${deed}, but not as a whole`,
      after: `is ${deed}, and what followed failed`,
    }[how];
    const why = wordsOf(`${name} ${what}`, 'PACE, with words of the tracker', world.redact(argumentWords(message)));
    return `${why}\nWhat to do: ${plainLine(world.redact(toolWords(remedy)), 500) || TELL}`;
  });
  return {
    text: [
      ...done,
      ...warnings.map((line) => wordsOf('A warning', 'PACE, with words of the tracker', world.redact(line))),
      ...words,
    ].join('\n'),
    ...(left.length > 0 && { isError: true }),
  };
}

const comment = tool({
  name: 'issue_comment',
  description: 'Comment on an issue.',
  input: issue.comment.options.pick({ key: true }).extend({ body: z.string() }),
  about: { key: KEY, body: 'Markdown' },
  annotations: ADDS,
  run: async (world, { key, ...rest }) => {
    const { commentOnIssue } = await import('../commands/issue/comment.ts');
    refuseElsewhere(key);
    const outcome = await commentOnIssue(world, { key, ...rest });
    const id = outcome.kind === 'written' ? outcome.written.value.comment.id : '';
    return { text: `Commented on ${plainLine(key, 100)} (comment ${plainLine(id, 100)}).` };
  },
});

const claim = tool({
  name: 'issue_claim',
  description:
    'Take an issue for a while, before you work on it; without a key the first that is ready. Again: for longer.',
  input: issue.claim.options.pick({ key: true, as: true, for: true, start: true }).partial({ key: true }),
  about: { key: '', as: AGENT, for: '90s, 30m (default), 2h, 1d', start: 'also move it to in_progress' },
  annotations: ADDS,
  run: async (world, { key, ...rest }) => {
    if (key === undefined) {
      const { claimReadyIssue } = await import('../commands/issue/ready.ts');
      const { value } = await claimReadyIssue(world, rest);
      return { text: `${value.claim ? claimWords(value.claim) : stateWords(value)}\n${fenced([issueRow(value)])}` };
    }
    const { claimIssue } = await import('../commands/issue/claim.ts');
    refuseElsewhere(key);
    return { text: claimWords((await claimIssue(world, { key, ...rest })).value) };
  },
});

function claimWords({ key, agent, until }: Claim): string {
  return `${plainLine(key, 100)} is claimed by ${plainLine(agent, 100)} until ${minute(until)}.`;
}

const release = tool({
  name: 'issue_release',
  description: 'End your claim on an issue.',
  input: issue.release.options.pick({ key: true, as: true }),
  about: { key: KEY, as: AGENT },
  annotations: SETS,
  run: async (world, { key, ...rest }) => {
    const { releaseIssue } = await import('../commands/issue/release.ts');
    refuseElsewhere(key);
    const { value } = await releaseIssue(world, { key, ...rest });
    return { text: `${plainLine(value.key, 100)} is released by ${plainLine(value.agent, 100)}.` };
  },
});

const link = tool({
  name: 'issue_link',
  description: 'Link an issue with another.',
  input: issue.link.options.pick({ key: true, type: true, target: true }),
  about: { key: KEY, type: LINK_TYPES.join(', '), target: 'key of the other' },
  annotations: SETS,
  run: async (world, { key, target, ...rest }) => {
    const { linkIssue } = await import('../commands/issue/link.ts');
    refuseElsewhere(key, target);
    const { value } = await linkIssue(world, { key, target, ...rest });
    return { text: `${plainLine(value.key, 100)} ${value.link.type} ${plainLine(value.link.target, 100)}.` };
  },
});

export const writes: readonly Tool[] = [claim, comment, create, edit, link, release];
