/** The two ports of any platform, with credentials taken out of everything that is sent or stored through them. */
import type { CodeHost, IssueTracker } from './ports.ts';
import { redactDeep } from './redact.ts';
import type { World } from './world.ts';

export function redactedTracker(tracker: IssueTracker, { redact }: Pick<World, 'redact'>): IssueTracker {
  return {
    ...tracker,
    createIssue: (draft) => tracker.createIssue(redactDeep(redact, draft)),
    updateIssue: (key, patch) => tracker.updateIssue(key, redactDeep(redact, patch)),
    addComment: (key, markdown) => tracker.addComment(key, redact(markdown)),
  };
}

/** Names of branches and people stay: they say where something goes. */
export function redactedHost(host: CodeHost, { redact }: Pick<World, 'redact'>): CodeHost {
  const { setCommitStatus, setVariable, upsertChangeNote } = host;
  return {
    ...host,
    proposeChange: ({ branch, base, from, reviewers, ...said }) => {
      const place = { branch, from, reviewers, ...(base === undefined ? {} : { base }) };
      return host.proposeChange({ ...redactDeep(redact, said), ...place });
    },
    ...(setCommitStatus && {
      setCommitStatus: (sha, status) => setCommitStatus(sha, redactDeep(redact, status)),
    }),
    ...(setVariable && { setVariable: (name, value) => setVariable(name, redact(value)) }),
    ...(upsertChangeNote && { upsertChangeNote: (markdown) => upsertChangeNote(redact(markdown)) }),
  };
}
