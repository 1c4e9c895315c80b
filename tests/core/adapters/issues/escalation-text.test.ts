import { describe, expect, test } from 'vitest';
import {
  dayInTitle,
  ESCALATION_COMMENTS,
  escalationBody,
  escalationTitle,
} from '../../../../core/adapters/issues/escalation-text.ts';

const ONLY = { gate: 'gate', branch: '' };
const WEB = { gate: 'web', branch: 'release/1.2' };

describe('the day that a title names', () => {
  test.each([
    [ONLY, 3],
    [ONLY, 123_456],
    [WEB, 3],
    [{ gate: 'gate', branch: 'x{day}' }, 12],
  ])('of %j is read from its own title, also where that is cut: %i', (owner, day) => {
    for (const reason of ['unit: adds', '', '@acme/all fixes #1 — Day 9']) {
      expect(dayInTitle(owner, escalationTitle(owner, day, reason, 255))).toBe(day);
    }
  });

  test.each([
    ['of another gate', ONLY, '[PACE HOLD] web: Day 3 — x'],
    ['of another branch', ONLY, '[PACE HOLD] Day 3 of release/1.2 — x'],
    ['of the default branch', WEB, '[PACE HOLD] web: Day 3 — x'],
    ['of a branch that begins alike', { gate: 'gate', branch: 'x' }, '[PACE HOLD] Day 3 of xy — x'],
    ['of a branch that begins alike, up to a place', { gate: 'gate', branch: 'x{day}' }, '[PACE HOLD] Day 3 of xy — x'],
    ['with words before it', ONLY, 'Re: [PACE HOLD] Day 3 — x'],
    ['without a day', ONLY, '[PACE HOLD] Day x — 3'],
    ['with words before the day', ONLY, '[PACE HOLD] Day no 3 — x'],
    ['with more than a day has', ONLY, '[PACE HOLD] Day 1234567 — x'],
    ['of something else', ONLY, 'Day 3 — x'],
    ['that is just as long', ONLY, '(pace hold) day 3 — x'],
  ])('is none in a title %s', (_, owner, title) => {
    expect(dayInTitle(owner, title)).toBeUndefined();
  });
});

describe('the body', () => {
  const content = {
    ...{
      owner: WEB,
      day: 3,
      reason: 'unit: adds',
      sha: 'a'.repeat(40),
      report: '',
      reportPath: '.pace/x/decision.yaml',
    },
    ...{ jobUrl: 'https://ci.test/7', files: {} },
  };

  test('says what is held, at which commit, and in which job', () => {
    const body = escalationBody(content, 1000);
    expect(body).toContain('## Escalated HOLD — web: Day 3 of release/1.2');
    expect(body).toContain('Day 3 of release/1.2 could not ship at commit `aaaaaaaaaaaa`, and');
    expect(body).toContain('Opened by PACE in [this job](<https://ci.test/7>).');
  });

  test.each(['javascript:alert(1)', '.pace/https:/7', ''])('links to no job at %j', (jobUrl) => {
    expect(escalationBody({ ...content, jobUrl }, 1000)).toContain('Opened by PACE. While');
  });

  test('says where the rest of a long report is, and how much of a file is left out', () => {
    const report = Array.from({ length: 400 }, (_, row) => `row ${row}`).join('\n');
    const body = escalationBody({ ...content, report, files: { story: 'x'.repeat(110) } }, 100);
    expect(body).toContain('row 0\n');
    expect(body).not.toContain('row 399');
    expect(body).toContain('*The rest is in `.pace/x/decision.yaml`.*');
    expect(body).toContain(`${'x'.repeat(100)}\n… (10 more characters in .pace/day-3/)`);
    expect(escalationBody({ ...content, files: { story: 'x'.repeat(100) } }, 100)).not.toContain('more characters');
  });
});

test('comments name gate, day and branch', () => {
  expect(ESCALATION_COMMENTS.reminder(WEB, 3, 1)).toBe(
    'web: Day 3 of release/1.2 still holds, for 1 day now, and the loop waits.',
  );
  expect(ESCALATION_COMMENTS.resolved(ONLY, 3, '', 'It was the clock.')).toBe(
    'Day 3 ships. Closed by PACE; the loop goes on.\n\nIt was the clock.',
  );
});
