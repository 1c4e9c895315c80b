/** The two ports of any platform, with credentials taken out of everything that is sent or stored through them. */

import { defined } from '../defined.ts';
import type { CodeHost, TrackerBatch, TrackerDriver } from '../ports/index.ts';
import { redactDeep } from '../text/redact.ts';
import type { World } from '../world.ts';
import { type Call, eachCall, WRITES, type Write } from './driver-writes.ts';
import { redactedIntake } from './intake.ts';

export function redactedTracker(driver: TrackerDriver, { redact }: Pick<World, 'redact'>): TrackerDriver {
  const { batch, intake } = driver;
  const redacted = (name: Write, call: Call): Call => {
    const given = REDACTED[name] as (redact: Redact, ...given: unknown[]) => unknown[];
    return (...asked) => call(...given(redact, ...asked));
  };
  return {
    ...driver,
    ...eachCall(driver, WRITES, redacted),
    ...(batch && { batch: redactedBatch(batch, redact) }),
    ...(intake && { intake: redactedIntake(intake, redact) }),
  };
}

type Redact = World['redact'];
type Given<Name extends Write> = Parameters<NonNullable<TrackerDriver[Name]>>;

/** Keys and names of what is there stay: they say what is meant. */
const REDACTED: { readonly [Name in Write]: (redact: Redact, ...given: Given<Name>) => Given<Name> } = {
  createIssue: (redact, draft) => [redactDeep(redact, draft)],
  updateIssue: (redact, key, patch) => [key, redactDeep(redact, patch)],
  transitionIssue: asGiven,
  deleteIssue: asGiven,
  undo: asGiven,
  addComment: (redact, key, markdown) => [key, redact(markdown)],
  updateComment: (redact, key, id, markdown) => [key, id, redact(markdown)],
  deleteComment: asGiven,
  createLink: asGiven,
  deleteLink: asGiven,
  createLabel: (redact, label) => [redactDeep(redact, label)],
  updateLabel: (redact, name, changes) => [name, redactDeep(redact, changes)],
  deleteLabel: asGiven,
  createMilestone: (redact, milestone) => [redactDeep(redact, milestone)],
  updateMilestone: (redact, title, changes) => [title, redactDeep(redact, changes)],
  deleteMilestone: asGiven,
};

function asGiven<All extends unknown[]>(_: Redact, ...given: All): All {
  return given;
}

function redactedBatch({ size, create, update }: TrackerBatch, redact: World['redact']): TrackerBatch {
  return {
    size,
    ...(create && { create: (drafts) => create(redactDeep(redact, drafts)) }),
    ...(update && {
      update: (changes) => update(changes.map(({ key, patch }) => ({ key, patch: redactDeep(redact, patch) }))),
    }),
  };
}

/** Names of branches and people stay: they say where something goes. */
export function redactedHost(host: CodeHost, { redact }: Pick<World, 'redact'>): CodeHost {
  const { setCommitStatus, setVariable, upsertChangeNote, describeRun } = host;
  return {
    ...host,
    proposeChange: ({ branch, base, from, reviewers, ...said }) => {
      const place = { branch, from, reviewers, ...defined({ base }) };
      return host.proposeChange({ ...redactDeep(redact, said), ...place });
    },
    ...(setCommitStatus && {
      setCommitStatus: (sha, status) => setCommitStatus(sha, redactDeep(redact, status)),
    }),
    ...(setVariable && { setVariable: (name, value) => setVariable(name, redact(value)) }),
    ...(describeRun && { describeRun: (line) => describeRun(redact(line)) }),
    ...(upsertChangeNote && { upsertChangeNote: (note) => upsertChangeNote(redactDeep(redact, note)) }),
  };
}
