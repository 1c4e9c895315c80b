/** What `docs/epics.md` shows is what it says: its file is read without a fault, and its commands run. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checked } from '../../../core/epics/checked.ts';
import { faultLine } from '../../../core/epics/faults.ts';
import { valuesOfSection } from '../../../core/epics/values.ts';
import { runCliHere } from '../../support/in-process.ts';

const PAGE = readFileSync(new URL('../../../docs/epics.md', import.meta.url), 'utf8');

function blocks(language: string): string[] {
  return [...PAGE.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(([, text = '']) => text);
}

test('the file that it shows has an epic, two stories and a subtask, and nothing worse than what a story may lack', () => {
  const [text = ''] = blocks('markdown');
  const { epics, faults } = checked([{ path: 'docs/EPIC.md', text }]);
  expect(epics.sections.map(({ key, subtasks }) => [key, subtasks.length])).toEqual([
    ['SHOP-100', 0],
    ['US-001', 1],
    ['US-002', 0],
  ]);
  const links = epics.sections.flatMap((section) => valuesOfSection(section).links);
  expect(links).toEqual([{ type: 'depends on', target: 'US-001' }]);
  expect(faults.map(faultLine).filter((line) => !/W00[234] US-002 /.test(line))).toEqual([]);
});

test('its commands run, one after the other', async () => {
  const [text = ''] = blocks('markdown');
  const [commands = ''] = blocks('sh');
  const cwd = mkdtempSync(join(tmpdir(), 'pace-epics-page-'));
  try {
    mkdirSync(join(cwd, 'docs'));
    writeFileSync(join(cwd, 'docs', 'EPIC.md'), text);
    const lines = commands.trim().split('\n');
    expect(lines.length).toBe(3);
    for (const line of lines) {
      const [, ...args] = line.split(' ');
      const { code, stderr } = await runCliHere({ cwd, args, env: { PACE_AGENT: 'tester' } });
      expect([line, code, stderr.includes('Error')]).toEqual([line, 0, false]);
    }
    const closed = text.replace(/(### US-002[\s\S]*?)Planned/, '$1Done');
    expect(readFileSync(join(cwd, 'docs', 'EPIC.md'), 'utf8')).toBe(closed);
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
});
