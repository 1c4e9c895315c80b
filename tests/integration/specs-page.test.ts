/** The lines of docs/specs.md, one after the other, as a new user types them beside a mission. */
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { OWL, samplePath } from '../core/spec-kitty/samples.ts';
import { runCliHere } from '../support/in-process.ts';
import { failed } from '../support/person.ts';
import { linesOf, runLines } from '../support/shell-line.ts';
import { newWorkspace } from '../support/workspace.ts';

const page = readFileSync(new URL('../../docs/specs.md', import.meta.url), 'utf8');
const blocks = [...page.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = '']) => block);

test('the page has lines to try', () => {
  expect(blocks.flatMap(linesOf).length).toBeGreaterThan(4);
});

test('every line ends well, and the mission says so', async () => {
  const workspace = await newWorkspace({}, { git: false });
  onTestFinished(() => workspace.dispose());
  cpSync(samplePath('planned'), join(workspace.path, OWL), { recursive: true });
  const env = { HOME: join(workspace.path, 'home'), PACE_AGENT: 'agent-coder' };
  const runs = await runLines(blocks.join('\n'), (args, set) =>
    runCliHere({ cwd: workspace.path, args, env: { ...env, ...set } }),
  );
  expect(failed(runs)).toEqual([]);
  const { work_packages: found } = JSON.parse(readFileSync(join(workspace.path, OWL, 'status.json'), 'utf8'));
  expect(found.WP01).toMatchObject({ lane: 'in_progress', notes: ['Seen at the bridge'] });
  const [listed] = await runLines('pace issue list --backend local', (args) =>
    runCliHere({ cwd: workspace.path, args, env }),
  );
  expect(listed?.run.stdout).toContain('Note a call');
});

test('what a tracker calls done stays where it is without a review, is said at each run, and noted once', async () => {
  const workspace = await newWorkspace({}, { git: false });
  onTestFinished(() => workspace.dispose());
  cpSync(samplePath('planned'), join(workspace.path, OWL), { recursive: true });
  const env = { HOME: join(workspace.path, 'home'), PACE_AGENT: 'agent-coder' };
  const lines = (block: string) => runLines(block, (args) => runCliHere({ cwd: workspace.path, args, env }));
  const log = () => readFileSync(join(workspace.path, OWL, 'status.events.jsonl'), 'utf8');
  const sync = `pace issue sync bidirectional ${OWL} local`;
  expect(failed(await lines(`${sync}\npace issue close 1 --backend local`))).toEqual([]);
  const [first] = await lines(sync);
  expect(first?.run).toMatchObject({
    code: 64,
    stdout: expect.stringContaining('that needs the approval of a reviewer'),
  });
  const noted = log();
  expect(noted).toContain('PACE: agent-coder has set this to done in a tracker. It stays in planned: ');
  const [second] = await lines(sync);
  expect(second?.run.stdout).toBe(first?.run.stdout);
  expect(log()).toBe(noted);
  const [there, here] = await lines(`pace issue show 1 --backend local\npace issue show WP01 --backend ${OWL}`);
  expect(there?.run.stdout).toContain('Done');
  expect(here?.run.stdout).toContain('has set this to done');
});
