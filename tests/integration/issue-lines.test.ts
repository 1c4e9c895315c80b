/**
 * The command lines that users of another program know, with `alias issue='pace issue'`: each as it stands, on the embedded tracker and on
 * a Gitea.
 */
import { describe, expect, test } from 'vitest';
import { failed, outputs, person } from '../support/person.ts';
import { linesOf, wordsOf } from '../support/shell-line.ts';

const GITEA_SETUP = `
# Set your Gitea token
export GITEA_API_TOKEN="TOKEN"

# Configure backend
issue backend add myproject gitea
# Prompts for: URL, owner, repo (reads token from environment)

# Set as default
issue backend set-default myproject

# Verify
issue backend test myproject
`;
const LOCAL_SETUP = `
issue backend add local-work local
# Prompts for: database path (.issue-core/issues.db)

issue backend set-default local-work
`;
const BASIC = `
# List issues (JSON output for agents)
issue list --format=json

# Create issue
issue create "Implement user authentication" \\
  --label=feature --label=priority:high

# Update state
issue edit 42 --state=in_progress --assignee=agent-coder

# Add comment
issue comment 42 "Implementation complete, tests passing"

# Close issue
issue close 42 --comment="Ready for review"
`;
const AGENTS = `
# Agent 1 (Coder): Claims and implements features
issue list --label=needs-implementation --format=json | \\
  jq -r '.[0].number' | \\
  xargs -I {} issue edit {} --assignee=agent-coder --state=in_progress

# Agent 2 (Reviewer): Reviews completed work
issue list --label=needs-review --format=json | \\
  jq -r '.[0].number' | \\
  xargs -I {} issue comment {} "Code review: Approved"

# Agent 3 (Tester): Runs tests
issue list --label=reviewed --format=json | \\
  jq -r '.[0].number' | \\
  xargs -I {} issue comment {} "Tests passing: 100%"
`;
const OFFLINE = `
# Setup local backup
issue backend add backup local
issue sync pull gitea-production backup

# Work offline
issue backend set-default backup
issue create "Offline implementation" --label=offline

# Sync back
issue sync push backup gitea-production
`;
const REFERENCE = `
issue list [--state STATE] [--label LABEL] [--assignee USER] [--format FORMAT]
issue show ISSUE_NUMBER [--comments] [--format FORMAT]
issue create TITLE [--description DESC] [--label LABEL] [--assignee USER]
issue edit ISSUE_NUMBER [--title TITLE] [--state STATE] [--add-label LABEL]
issue close ISSUE_NUMBER [--comment COMMENT]
issue reopen ISSUE_NUMBER [--comment COMMENT]
issue comment ISSUE_NUMBER BODY
issue backend list
issue backend add NAME TYPE
issue backend test NAME
issue backend set-default NAME
issue backend remove NAME
issue config detect
`;
const SYNC_REFERENCE = `
issue sync status
issue sync pull SOURCE TARGET [--dry-run] [--force]
issue sync push SOURCE TARGET
issue sync bidirectional BACKEND1 BACKEND2
`;
const VALUES: Readonly<Record<string, string>> = {
  ...{ STATE: 'open', LABEL: 'bug', USER: 'agent-coder', FORMAT: 'json', ISSUE_NUMBER: '1', TITLE: '"A title"' },
  ...{ DESC: '"In words"', COMMENT: '"Why"', BODY: '"Words"', NAME: 'scratch', TYPE: 'local' },
  ...{ SOURCE: 'gitea', TARGET: 'backup', BACKEND1: 'gitea', BACKEND2: 'backup' },
};

/** With every option, and a value for each word in capitals. */
function filled(reference: string): string {
  return reference.replace(/[[\]]/g, '').replace(/\b[A-Z][A-Z_]+\d?\b/g, (word) => VALUES[word] ?? word);
}

describe('a shell’s line', () => {
  test('is read with its quotes, comments, and where it goes on', () => {
    expect(linesOf(BASIC)[1]).toBe(
      'issue create "Implement user authentication" --label=feature --label=priority:high',
    );
    expect(wordsOf('a "b c" d="e f" \'g h\' ""')).toEqual(['a', 'b c', 'd=e f', 'g h', '']);
  });
});

test('a Gitea is set up', async () => {
  const { lines } = await person();
  const runs = await lines(GITEA_SETUP);
  expect(failed(runs)).toEqual([]);
  expect(outputs(runs)).toEqual([
    expect.stringMatching(/^Added myproject to .+\.\n$/),
    expect.stringMatching(/^The default is now myproject \(.+\)\.\n$/),
    expect.stringMatching(/^token +ok +Gitea knows it as .+\nissues +ok +.+\nabilities +ok +.+\n$/),
  ]);
});

test('the usual lines work on a tracker of one’s own', async () => {
  const { lines } = await person();
  expect(failed(await lines(LOCAL_SETUP))).toEqual([]);
  const many = Array.from({ length: 41 }, (_, index) => `issue create "Issue ${index + 1}"`).join('\n');
  expect(failed(await lines(many))).toEqual([]);
  const runs = await lines(BASIC);
  expect(failed(runs)).toEqual([]);
  expect(JSON.parse(runs[0]?.run.stdout ?? '')).toHaveLength(41);
  expect(outputs(runs).slice(1)).toEqual([
    'Created 42: Implement user authentication\n.pace/pace.db#42\n',
    'Changed 42: Implement user authentication (In progress)\n.pace/pace.db#42\n',
    expect.stringMatching(/^Commented on 42/),
    expect.stringMatching(/^Closed 42: Implement user authentication/),
  ]);
});

test('three agents share the work by labels', async () => {
  const { lines } = await person();
  const labels = ['needs-implementation', 'needs-review', 'reviewed'];
  await lines(labels.map((label) => `issue create "A task that ${label}" --label=${label}`).join('\n'));
  const runs = await lines(AGENTS);
  expect(failed(runs)).toEqual([]);
  const [shown] = await lines('issue show 1 --format=json');
  expect(JSON.parse(shown?.run.stdout ?? '')).toMatchObject({
    state: 'in_progress',
    assignees: [{ id: 'agent-coder' }],
  });
  const [reviewed, tested] = await lines('issue show 2 --format=json\nissue show 3 --format=json');
  const said = [reviewed, tested].map((each) => JSON.parse(each?.run.stdout ?? '').comments[0].body);
  expect(said).toEqual(['Code review: Approved', 'Tests passing: 100%']);
});

test('every line of the reference works, with all that it may have', async () => {
  const { lines } = await person();
  await lines('issue create "The first" --label=bug');
  const reference = filled(REFERENCE);
  expect(linesOf(reference)).toHaveLength(13);
  expect(reference).not.toMatch(/[[\]]|\b[A-Z]{3,}\b/);
  expect(failed(await lines(reference))).toEqual([]);
});

test('work goes on offline, and comes back', async () => {
  const { lines, server } = await person();
  await lines(`${GITEA_SETUP}\nissue create "Written online" --label=online`);
  await lines(GITEA_SETUP.replaceAll('myproject', 'gitea-production'));
  const runs = await lines(`export GITEA_API_TOKEN="TOKEN"\n${OFFLINE}`);
  expect(failed(runs)).toEqual([]);
  const titles = [...server.state.issues.values()].map(({ title }) => title);
  expect(titles.sort()).toEqual(['Offline implementation', 'Written online']);
});

test('every line of the reference of sync works', async () => {
  const { lines } = await person();
  const setup = 'export GITEA_API_TOKEN="TOKEN"\nissue backend add backup local\n';
  await lines(`${setup}issue create "Written online" --backend gitea`);
  expect(failed(await lines(setup.replace(/issue.*\n/, '') + filled(SYNC_REFERENCE)))).toEqual([]);
});
