/** The two ports of any platform, with credentials taken out of everything that is sent or stored through them. */

import { defined } from '../defined.ts';
import type { CodeHost, TrackerBatch, TrackerDriver } from '../ports/index.ts';
import { redactDeep } from '../text/redact.ts';
import type { World } from '../world.ts';
import { redactedIntake } from './intake.ts';

export function redactedTracker(driver: TrackerDriver, { redact }: Pick<World, 'redact'>): TrackerDriver {
  const { updateComment, batch, intake } = driver;
  return {
    ...driver,
    createIssue: (draft) => driver.createIssue(redactDeep(redact, draft)),
    updateIssue: (key, patch) => driver.updateIssue(key, redactDeep(redact, patch)),
    addComment: (key, markdown) => driver.addComment(key, redact(markdown)),
    ...(updateComment && { updateComment: (key, id, markdown) => updateComment(key, id, redact(markdown)) }),
    ...(batch && { batch: redactedBatch(batch, redact) }),
    ...(intake && { intake: redactedIntake(intake, redact) }),
  };
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
