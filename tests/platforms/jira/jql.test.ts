import fc from 'fast-check';
import { expect, it } from 'vitest';
import { toJql } from '../../../platforms/jira/jql.ts';
import { readJql } from '../../support/jira/jql.ts';

it('asks for the project, newest first', () => {
  expect(toJql('PACE', {})).toBe('project = "PACE" ORDER BY created DESC');
});

it('names every condition, and a day more than was asked for', () => {
  const createdSince = Date.parse('2026-03-02T09:00:59Z');
  expect(toJql('PACE', { state: 'open', labels: ['pace-hold', 'a b'], createdSince })).toBe(
    'project = "PACE" AND labels = "pace-hold" AND labels = "a␣b" AND statusCategory != Done AND created >= "2026-03-01 09:00" ORDER BY created DESC',
  );
  expect(toJql('PACE', { state: 'closed' })).toBe('project = "PACE" AND statusCategory = Done ORDER BY created DESC');
});

it('lets no label be read as a part of the query', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.constantFrom('" OR project != "', '\\', '\\" OR 1=1', 'a" ORDER BY key')),
      (text) => {
        const label = `x${text}`.trim();
        const condition = readJql(toJql('PACE', { labels: [label] }), { project: 'PACE' });
        if (typeof condition === 'string') throw new Error(condition);
        const issue = { project: 'PACE', category: 'new', created: 0 };
        expect(condition.fits({ ...issue, labels: [label.toWellFormed().replace(/\s/g, '␣')] })).toBe(true);
        expect(condition.fits({ ...issue, labels: ['other'] })).toBe(label.toLowerCase() === 'other');
      },
    ),
  );
});

it('misses nothing, whatever the time zone of the account', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4e12 }), fc.integer({ min: -720, max: 840 }), (createdSince, offset) => {
      const condition = readJql(toJql('PACE', { createdSince }), { project: 'PACE', offset });
      if (typeof condition === 'string') throw new Error(condition);
      expect(condition.fits({ project: 'PACE', labels: [], category: 'new', created: createdSince })).toBe(true);
    }),
  );
});
