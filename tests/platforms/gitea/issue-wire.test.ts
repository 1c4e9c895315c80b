import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createFieldLabels, STATE_LABELS_WITH_CANCELED } from '../../../core/drivers/field-labels.ts';
import { createStatusMap } from '../../../core/drivers/status-map.ts';
import {
  fromJob,
  fromStatus,
  toChangeRequest,
  type WireJob,
  type WireRun,
  type WireStatus,
} from '../../../platforms/gitea/host-wire.ts';
import {
  endOfDay,
  toComment,
  toDay,
  toIssue,
  toLabel,
  toMilestone,
  toPerson,
  type WireLabel,
} from '../../../platforms/gitea/issue-wire.ts';
import { withoutRivals } from '../../../platforms/gitea/labels.ts';

function golden(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`golden/${name}.json`, import.meta.url), 'utf8'));
}

const states = createStatusMap('gitea', STATE_LABELS_WITH_CANCELED, undefined);
const fields = createFieldLabels(states, ['type', 'priority', 'storyPoints']);

describe('what the servers send', () => {
  it.each(['gitea-issue', 'forgejo-issue'])('%s becomes a neutral issue', (name) => {
    expect(toIssue(golden(name) as never, fields)).toEqual(golden(`${name}.golden`));
  });

  it('comments become comments', () => {
    expect(toComment(golden('comment') as never)).toEqual(golden('comment.golden'));
  });

  it('commit statuses become checks', () => {
    const checks = (golden('statuses') as WireStatus[]).map(
      (status) => fromStatus(status, 'https://gitea.example.org').check,
    );
    expect(checks).toEqual(golden('statuses.golden'));
  });

  it('runs and jobs become checks', () => {
    const seen = golden('runs') as Record<string, { run: WireRun; jobs: WireJob[] }>;
    const checks = Object.entries(seen).map(([flavour, { run, jobs }]) => [
      flavour,
      jobs.map((job) => fromJob(run, job).check),
    ]);
    expect(Object.fromEntries(checks)).toEqual(golden('runs.golden'));
  });

  it('pull requests become change requests', () => {
    expect(toChangeRequest(golden('pull-request') as never)).toEqual(golden('pull-request.golden'));
  });

  it('labels and milestones become labels and milestones', () => {
    const { label, milestone } = golden('label-and-milestone') as { label: never; milestone: never };
    expect({ label: toLabel(label), milestone: toMilestone(milestone) }).toEqual(golden('label-and-milestone.golden'));
  });
});

describe('a person', () => {
  it('has the e-mail address that is shown, and none that the server has made up', () => {
    const email = (told: string) => toPerson({ login: 'ada', email: told }).email;
    expect(email('ada@example.org')).toBe('ada@example.org');
    expect(['', 'ada@noreply.example.org', 'ada@users.noreply.codeberg.org'].map(email)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('a day', () => {
  it.each([
    ['2026-03-31T23:59:59Z', '2026-03-31'],
    // what we have written, told by servers elsewhere
    ['2026-04-01T08:59:59+09:00', '2026-03-31'],
    ['2026-03-31T15:59:59-08:00', '2026-03-31'],
    // what a person has set on the page of a server elsewhere
    ['2026-03-31T23:59:59-08:00', '2026-03-31'],
    ['2026-03-31T23:59:59+09:00', '2026-03-31'],
    ['9999-12-31T23:59:59Z', undefined],
    ['', undefined],
    ['soon', undefined],
    [null, undefined],
  ])('%s is %s', (time, day) => {
    expect(toDay(time)).toBe(day);
  });

  it('is written as its last second in the zone of the server', () => {
    expect(endOfDay('2026-03-31', 'Z')).toBe('2026-03-31T23:59:59Z');
    expect(endOfDay('2026-03-31', '+05:30')).toBe('2026-03-31T23:59:59+05:30');
  });
});

it('labels of one scope exclude each other only when they are exclusive', () => {
  const label = (id: number, name: string, exclusive: boolean): WireLabel => ({ id, name, exclusive });
  const [a, b, free] = [label(1, 'x/a', true), label(2, 'x/b', true), label(3, 'x/c', false)];
  expect(withoutRivals([a, b, free], ['x/a'])).toEqual([b, free]);
  expect(withoutRivals([a, free], [])).toEqual([a, free]);
  expect(withoutRivals([label(4, 'bare', true), label(5, 'other', true)], [])).toHaveLength(2);
});
