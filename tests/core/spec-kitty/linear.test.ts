/** The files of a mission come from a commit of anybody: reading them ends, whatever is in them. */
import { expect, test } from 'vitest';
import { readLog } from '../../../core/spec-kitty/events.ts';
import { jsonLine } from '../../../core/spec-kitty/json-text.ts';
import { readMission, subtaskTexts } from '../../../core/spec-kitty/mission.ts';
import { reduced, statusFile } from '../../../core/spec-kitty/reducer.ts';
import { readWorkPackage, withBody } from '../../../core/spec-kitty/work-package.ts';
import { hostileRepeats } from '../../support/hostile-repeats.ts';

const FILE = '---\nwork_package_id: WP01\n---\n';
const READERS: Readonly<Record<string, (text: string) => unknown>> = {
  log: readLog,
  'log, a line': (text) => readLog(jsonLine({ kind: 'annotation', delta: { note: text } })),
  'front matter': (text) => readWorkPackage('WP01.md', `---\n${text}\n---\n`),
  'a value of it': (text) => readWorkPackage('WP01.md', `---\nwork_package_id: WP01\ntitle: ${text}\n---\n`),
  body: (text) => readWorkPackage('WP01.md', FILE + text),
  'another body': (text) => withBody('WP01.md', FILE, text),
  mission: (text) => readMission('kitty-specs/x', text),
  subtasks: (text) => subtaskTexts(`- [ ] T001 ${text}`),
};

test.each(Object.entries(READERS))('%s ends on any repetition', (_, read) => {
  for (const { name, text } of hostileRepeats(1_500)) expect(() => read(text), name).not.toThrow();
});

test('many blanks end, too', () => {
  for (const piece of [' ', '\n', '\t', '\r\n', '\u2028'])
    for (const name of ['log', 'log, a line', 'body', 'another body', 'subtasks'])
      expect(() => READERS[name]?.(`${piece.repeat(200_000 / piece.length)}x`), name).not.toThrow();
});

test('a log of twenty thousand notes of one work package ends', () => {
  const line = (at: number) =>
    jsonLine({
      ...{ actor: 'ann', at: '2026-11-30T03:10:38.987701+00:00', event_id: String(at).padStart(26, '0') },
      ...{
        kind: 'annotation',
        wp_id: 'WP01',
        delta: { note: 'x', tracker_refs: [`r${at}`], subtasks: { [`T${at}`]: 'done' } },
      },
    });
  const read = readLog(Array.from({ length: 20_000 }, (_, at) => line(at)).join('\n'));
  if ('corrupt' in read) throw new Error('It is corrupt.');
  expect(reduced(read.log).workPackages.get('WP01')?.get('notes')).toHaveLength(20_000);
  expect(statusFile(read.log, {}).length).toBeGreaterThan(400_000);
});
