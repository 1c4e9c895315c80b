import { expect, test } from 'vitest';
import { evidenceSchema } from '../../../../src/config/schema.ts';
import { evidenceOf } from '../../../../src/gate/evidence/asked.ts';

const EVIDENCE = [
  { type: 'junit', name: 'unit', path: 'reports/*.xml' },
  { type: 'junit', name: 'of the day', path: 'reports/day-{day}.xml' },
  { type: 'command', name: 'licences', run: 'npm run licences', env: ['A'] },
  { type: 'command', name: 'day command', run: 'check {day}' },
  { type: 'report', name: 'gate' },
  { type: 'report', name: 'everyday', path: 'reports/{name}.md' },
  { type: 'checklist', name: 'story' },
  { type: 'checklist', name: 'half', story: 'story.md' },
  { type: 'checklist', name: 'whole', story: 'story.md', handoff: 'handoff.md' },
  { type: 'junit', name: 'both', path: ['a.xml', 'day-{day}.xml'], exclude: ['{day}/**'] },
  { type: 'junit', name: 'all of days', path: ['{day}/a.xml', 'day-{day}.xml'] },
  { type: 'junit', name: 'made for the day', path: 'r.xml', run: 'make {day}' },
  { type: 'http', name: 'deploy', url: 'http://deploy.example/{sha}' },
  { type: 'http', name: 'day deploy', url: 'http://deploy.example/{day}' },
  { type: 'http', name: 'told the day', url: 'http://deploy.example/', body: { deep: ['day {day}'] } },
].map((one) => evidenceSchema.parse(one));

test('a day is asked for everything', () => {
  expect(evidenceOf(EVIDENCE, 'day')).toEqual({ asked: EVIDENCE, leftOut: [] });
});

test('a change is not asked for what lies in a day’s folder, by whichever of its paths', () => {
  const { asked, leftOut } = evidenceOf(EVIDENCE, 'change');
  expect(asked.map(({ name }) => name)).toEqual(['unit', 'licences', 'everyday', 'whole', 'both', 'deploy']);
  expect(leftOut).toEqual([
    'of the day',
    'day command',
    'gate',
    'story',
    'half',
    'all of days',
    'made for the day',
    'day deploy',
    'told the day',
  ]);
});
