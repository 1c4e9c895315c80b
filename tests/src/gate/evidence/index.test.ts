import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { World } from '../../../../core/world.ts';
import { type Evidence, evidenceSchema } from '../../../../src/config/schema.ts';
import { readEvidence } from '../../../../src/gate/evidence/index.ts';
import type { EvidenceContext } from '../../../../src/gate/evidence/reader.ts';
import { createWaivers } from '../../../../src/gate/waivers.ts';
import { testWorld } from '../../../support/world.ts';
import { contextIn, fixture, heads, lines, workspace } from './workspace.support.ts';

const configs = (settings: Record<string, unknown>[]): Evidence[] =>
  settings.map((one, index) => evidenceSchema.parse({ name: `source ${index}`, ...one }));

it('gives the readings of all sources in the order of the configuration', async () => {
  const world = testWorld({
    cwd: workspace({ 'j.xml': fixture('junit/jest-junit.xml'), 'l.info': fixture('coverage/lcov.info') }),
    env: { PATH: process.env.PATH },
  });
  const all = configs([
    { type: 'command', run: 'sleep 0.2; exit 1' },
    { type: 'junit', path: 'j.xml' },
    { type: 'sarif', path: 'none.sarif' },
    { type: 'coverage', path: 'l.info' },
    { type: 'report', on_missing: 'advisory' },
    { type: 'checklist', on_missing: 'ship' },
  ]);
  const readings = await readEvidence(all, contextIn(world.cwd, { world }));
  expect(readings.map((reading) => [reading.source, heads(reading)])).toEqual([
    ['source 0', ['FAIL sleep 0.2; exit 1']],
    ['source 1', ['PASS all tests']],
    ['source 2', ['FAIL presence']],
    ['source 3', ['PASS line coverage']],
    ['source 4', ['ADVISORY presence']],
    ['source 5', ['PASS presence of story', 'PASS presence of handoff']],
  ]);
});

it('runs the commands in their order before it reads a file, wherever they stand', async () => {
  const cwd = workspace({ 'reports/old.xml': '<testsuite><testcase name="a"/></testsuite>' });
  const world = testWorld({ cwd, env: { PATH: process.env.PATH } });
  const red = '<testsuite><testcase name="a"><failure/></testcase></testsuite>';
  const readings = await readEvidence(
    configs([
      { type: 'junit', path: 'reports/*.xml' },
      { type: 'command', run: `sleep 0.2; echo '${red}' > made` },
      { type: 'command', run: 'mv made reports/old.xml' },
    ]),
    contextIn(cwd, { world }),
  );
  expect(readings.map(heads)).toEqual([
    ['FAIL a'],
    [expect.stringMatching(/^PASS sleep/)],
    ['PASS mv made reports/old.xml'],
  ]);
});

describe('the command of a source', () => {
  const GREEN = '<testsuite><testcase name="a"/></testsuite>';
  const RED = '<testsuite><testcase name="a"><failure message="no"/></testcase></testsuite>';
  async function ran(run: string, settings: Record<string, unknown> = {}, more: Partial<EvidenceContext> = {}) {
    const cwd = workspace();
    const world = testWorld({ cwd, env: { PATH: process.env['PATH'], SECRET: 'x', OWN: 'y' } });
    const all = configs([{ type: 'junit', path: 'r.xml', run, ...settings }]);
    const [reading] = await readEvidence(all, contextIn(cwd, { world, secretNames: ['SECRET'], ...more }));
    if (!reading) throw new Error('There is a reading.');
    return { shown: lines(reading), reading };
  }

  it('writes what is read', async () => {
    const { shown, reading } = await ran(`echo '${GREEN}' > r.xml`);
    expect(shown).toEqual(['PASS all tests | 1 test passed']);
    expect(reading.complete).toBe(true);
  });

  it('that fails beside a file that tells of no failure is a failure', async () => {
    const run = `echo '${GREEN}' > r.xml; echo afterAll broke; exit 3`;
    const { shown, reading } = await ran(run);
    expect(shown).toEqual([
      `FAIL ${run} | afterAll broke⏎Ended with exit code 3.⏎Its files tell of no failure.`,
      'PASS all tests | 1 test passed',
    ]);
    expect(reading).toMatchObject({ complete: false, hasFailure: true });
  });

  it('that fails beside a failure says the same as the file', async () => {
    expect((await ran(`echo '${RED}' > r.xml; exit 1`)).shown).toEqual(['FAIL a | no']);
    const waivers = createWaivers({
      ...{ waivers: [{ check: 'source 0: a', reason: 'r', owner: 'o', expires: '2026-03-02' }], quarantine: [] },
      ...{ sha: '', date: '2026-03-02' },
    });
    expect((await ran(`echo '${RED}' > r.xml; exit 1`, {}, { waivers })).shown).toEqual(['WAIVED a | no']);
  });

  it('that passes beside a failure excuses nothing', async () => {
    expect((await ran(`echo '${RED}' > r.xml`)).shown).toEqual(['FAIL a | no']);
  });

  it('that writes nothing leaves the file missing', async () => {
    expect((await ran('exit 0')).shown).toEqual([expect.stringMatching(/^FAIL presence/)]);
  });

  it('that fails and writes nothing says why it has not', async () => {
    const { shown, reading } = await ran('echo no compiler; exit 2');
    expect(reading.saysNothing).toBe(false);
    expect(shown).toEqual([
      'FAIL echo no compiler; exit 2 | no compiler⏎Ended with exit code 2.⏎Its files tell of no failure.',
      expect.stringMatching(/^FAIL presence/),
    ]);
  });

  it('is stopped after its time, which holds whatever the file says', async () => {
    const run = `echo '${RED}' > r.xml; exec sleep 20`;
    const { shown } = await ran(run, { timeout_seconds: 0.2 });
    expect(shown[0]).toBe(
      `FAIL ${run} | Stopped after 0.2 s, its time-out. Make it faster or raise \`timeout_seconds\`.`,
    );
  });

  it('does what `on_fail` says', async () => {
    const { shown } = await ran(`echo '${GREEN}' > r.xml; exit 1`, { on_fail: 'advisory' });
    expect(shown[0]).toMatch(/^ADVISORY echo/);
  });

  it('sees no credentials, and further variables only by name', async () => {
    const { shown } = await ran(
      `echo "<testsuite><testcase name='[$SECRET$OWN]'><failure/></testcase></testsuite>" > r.xml`,
      { env: ['OWN'] },
    );
    expect(shown).toEqual(['FAIL [y] | no message']);
  });
});

it('shows no command what is sent to a service, unless the command names it', async () => {
  const world = testWorld({ cwd: workspace(), env: { PATH: process.env['PATH'], DEPLOY_KEY_7: 'hidden-value', PLAIN: 'seen' } });
  const readings = await readEvidence(
    configs([
      { type: 'command', run: 'echo "[$DEPLOY_KEY_7$PLAIN]"' },
      { type: 'command', run: 'echo "[$DEPLOY_KEY_7]"', env: ['DEPLOY_KEY_7'] },
      { type: 'http', url: 'http://127.0.0.1:1/', headers: { 'X-Key': 'env:DEPLOY_KEY_7' }, deadline_seconds: 1 },
    ]),
    contextIn(world.cwd, { world }),
  );
  expect(readings.slice(0, 2).map(({ findings }) => findings[0]?.evidence.split('\n')[0])).toEqual(['[seen]', '[hidden-value]']);
}); // biome-ignore format: one thought

it("makes PACE's own trouble an UNKNOWN of that source alone", async () => {
  const broken = { ...testWorld(), get cwd(): string { throw new Error('the workspace is gone'); } } satisfies World; // biome-ignore format: one thought
  const [reading] = await readEvidence(configs([{ type: 'junit', path: 'x' }]), contextIn('/', { world: broken }));
  expect(reading).toMatchObject({ source: 'source 0', complete: false, standing: false });
  expect(reading?.findings).toEqual([
    {
      source: 'source 0',
      check: 'could be read',
      result: 'UNKNOWN',
      evidence: expect.stringContaining('PACE could not read source 0 (junit): the workspace is gone'),
    },
  ]);
});

it('says nothing about the commit when the run is stopped', async () => {
  const cwd = workspace({ 'j.xml': fixture('junit/jest-junit.xml') });
  const all = configs([
    { type: 'junit', path: '*.xml' },
    { type: 'sarif', path: 'none/*.sarif' },
  ]);
  const readings = await readEvidence(all, contextIn(cwd, { signal: AbortSignal.abort() }));
  expect(readings.flatMap(({ findings }) => findings.map(({ result, evidence }) => [result, evidence]))).toEqual([
    ['UNKNOWN', 'This run of the gate was stopped.'],
    ['UNKNOWN', 'This run of the gate was stopped.'],
  ]);
});

const file = { junit: 'f.xml', sarif: 'f.sarif', coverage: 'f.cov' } as const;

async function outcome(type: keyof typeof file, content: string | Uint8Array): Promise<string[]> {
  const cwd = workspace({ [file[type]]: content });
  const all = configs([
    { type, path: file[type], on_broken: 'advisory', ...(type === 'coverage' ? { minimum: 0 } : {}) },
  ]);
  const [reading] = await readEvidence(all, contextIn(cwd));
  return reading?.findings.map(({ result }) => result) ?? [];
}

describe('whatever a file holds', () => {
  it('random bytes are never an exception and never a pass', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...(Object.keys(file) as (keyof typeof file)[])),
        fc.uint8Array({ maxLength: 200 }),
        async (type, bytes) => {
          const results = await outcome(type, bytes);
          expect(results.length).toBeGreaterThan(0);
          expect(results).not.toContain('PASS');
          expect(results).not.toContain('UNKNOWN');
        },
      ),
      { numRuns: 150 },
    );
  });
});
