import { describe, expect, it, test } from 'vitest';
import type { ApprovalAnswer } from '../../../../../core/adapters/approvals.ts';
import { readApproval } from '../../../../../src/gate/evidence/approval/approval.ts';
import type { EvidenceContext } from '../../../../../src/gate/evidence/reader.ts';
import { configOf, contextIn } from '../workspace.support.ts';

const SHA = 'c0ffee1234567890c0ffee1234567890c0ffee12';
const PLACE = { name: '#7', url: 'https://tracker.test/7' };
const CHANGE = { name: 'change 12', url: 'https://host.test/12' };

type Around = Partial<EvidenceContext> & { readonly isChange?: boolean };

async function read(settings: Record<string, unknown>, answer: Partial<ApprovalAnswer>, around: Around = {}) {
  const { isChange = false, ...more } = around;
  const { day, ...rest } = contextIn('/nowhere', {
    sha: SHA,
    approvals: async () => ({ by: [], others: [], ...answer }),
    ...more,
  });
  const config = configOf({ type: 'approval', name: 'release', from: ['ada'], ...settings });
  return readApproval(config, isChange || day === undefined ? rest : { ...rest, day });
}

async function said(...given: Parameters<typeof read>): Promise<string[]> {
  return (await read(...given)).findings.map(({ result, evidence }) => `${result} ${evidence}`);
}

describe('enough approvals', () => {
  it('pass, with the names', async () => {
    expect(await read({}, { by: ['ada'], place: PLACE })).toEqual({
      source: 'release',
      findings: [
        {
          source: 'release',
          check: 'approval',
          result: 'PASS',
          evidence: '1 of 1 approval of c0ffee1: ada.',
          url: 'https://tracker.test/7',
        },
      ],
      hasFailure: false,
      complete: true,
      standing: true,
    });
  });

  it('may be more than are needed', async () => {
    const settings = { from: ['ada', 'grace', 'linus'], count: 2 };
    expect(await said(settings, { by: ['ada', 'grace', 'linus'], others: ['bob is an author of it'] })).toEqual([
      'PASS 2 of 2 approvals of c0ffee1: ada, grace, linus.',
    ]);
  });
});

describe('missing approvals', () => {
  it('hold, and say who can give them and how', async () => {
    expect(await read({ from: ['ada', '@acme/leads'] }, { place: PLACE })).toEqual({
      source: 'release',
      findings: [
        {
          source: 'release',
          check: 'approval',
          result: 'FAIL',
          evidence: `0 of 1 approval of c0ffee1. Missing: one of ada, @acme/leads. Please comment \`/approve ${SHA}\` (back-ticks may stay) on #7, and run the day again.`,
          url: 'https://tracker.test/7',
        },
      ],
      hasFailure: true,
      failures: [expect.any(String)],
      complete: true,
      standing: true,
    });
  });

  it('name those that are there, and those that do not count', async () => {
    const settings = { from: ['Ada', '@grace', 'linus', '@acme/leads'], count: 3 };
    const others = ['linus is an author of it', 'bob approved another commit (deadbee)'];
    expect(await said(settings, { by: ['ada', 'Grace'], others, place: PLACE })).toEqual([
      `FAIL 2 of 3 approvals of c0ffee1: ada, Grace have approved. Missing: one of linus, @acme/leads. Does not count: linus is an author of it. Does not count: bob approved another commit (deadbee). Please comment \`/approve ${SHA}\` (back-ticks may stay) on #7, and run the day again.`,
    ]);
    expect(await said(settings, { by: ['ada'], place: PLACE })).toEqual([
      `FAIL 1 of 3 approvals of c0ffee1: ada has approved. Missing: 2 of @grace, linus, @acme/leads. Please comment \`/approve ${SHA}\` (back-ticks may stay) on #7, and run the day again.`,
    ]);
  });

  it('are given on the issue of the HOLD where there is none yet', async () => {
    expect(await said({}, {})).toEqual([
      `FAIL 0 of 1 approval of c0ffee1. Missing: one of ada. Please comment \`/approve ${SHA}\` (back-ticks may stay) on the issue that the HOLD opens, and run the day again.`,
    ]);
  });

  it('of a change are given in a review', async () => {
    expect(await said({}, { place: CHANGE }, { isChange: true })).toEqual([
      'FAIL 0 of 1 approval of c0ffee1. Missing: one of ada. Please approve change 12 as it is now, in a review.',
    ]);
    expect(await said({}, {}, { isChange: true })).toEqual([
      'FAIL 0 of 1 approval of c0ffee1. Missing: one of ada. Please approve the change as it is now, in a review.',
    ]);
  });

  it('do what `on_fail` says', async () => {
    expect(await said({ on_fail: 'advisory' }, {})).toEqual([expect.stringMatching(/^ADVISORY 0 of 1/)]);
    expect(await said({ on_fail: 'observe' }, {})).toEqual([expect.stringMatching(/^OBSERVED 0 of 1/)]);
  });
});

describe('what cannot be known', () => {
  const unknown = (evidence: string) => ({
    source: 'release',
    findings: [{ source: 'release', check: 'approval', result: 'UNKNOWN', evidence }],
    hasFailure: false,
    complete: false,
    standing: true,
  });

  it('is a fault of host or tracker', async () => {
    const fault = { operation: 'approvals', message: 'The tracker is down.', remedy: 'Please wait.' };
    expect(await read({}, { fault, place: PLACE })).toEqual(unknown('The tracker is down. Please wait.'));
  });

  it('is which commit to approve, without one', async () => {
    expect(await read({}, { by: ['ada'] }, { sha: '' })).toEqual(
      unknown('No commit is judged. Please run PACE where it knows the commit, or pass --sha.'),
    );
  });

  it('is who has approved, where only evidence is read', async () => {
    const config = configOf({ type: 'approval', name: 'release', from: ['ada'] });
    expect(await readApproval(config, contextIn('/nowhere', { sha: SHA }))).toEqual(
      unknown('Who has approved is asked by a run of the gate only. Please run `pace gate --dry-run` to see it.'),
    );
  });
});

test('asks for what is configured, and links to no local page', async () => {
  const asked: unknown[] = [];
  const approvals = async (wanted: unknown) => {
    asked.push(wanted);
    return { by: ['ada'], others: [], place: { name: '7', url: 'file:///x' } };
  };
  const reading = await read({ from: ['ada', '@a/b'], count: 1, allow_author: true }, {}, { approvals });
  expect(asked).toEqual([{ from: ['ada', '@a/b'], count: 1, allowAuthor: true }]);
  expect(reading.findings[0]).not.toHaveProperty('url');
  const plain = await read({}, { by: ['ada'], place: { name: '7', url: 'http://tracker.test/7' } });
  expect(plain.findings[0]?.url).toBe('http://tracker.test/7');
});
