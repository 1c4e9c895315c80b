import { describe, expect, it } from 'vitest';
import { readChecklist } from '../../../../../src/gate/evidence/agents/checklist.ts';
import { configOf, contextIn, heads, lines, workspace } from '../workspace.support.ts';

interface Day {
  story?: string;
  handoff?: string;
  gate?: string;
}

async function read({ story, handoff, gate }: Day, settings: Record<string, unknown> = {}) {
  const files = Object.entries({ 'story.md': story, 'handoff.md': handoff, 'gate.md': gate })
    .filter((entry): entry is [string, string] => entry[1] !== undefined)
    .map(([name, text]) => [`.pace/day-3/${name}`, text]);
  return readChecklist(configOf({ type: 'checklist', ...settings }), contextIn(workspace(Object.fromEntries(files))));
}

const story =
  'day: 3\nagent: PRIME\nstory: Totals\nacceptance:\n  - An empty cart has a total of 0.\n  - "Discounts are shown"\n  - Totals are rounded\n';

it('passes what is claimed, says what was declared open, and fails what nobody speaks of', async () => {
  const handoff =
    'day: 3\nagent: FORGE\nbuilt:\n  - "an empty cart has a total of 0"\nknown_gaps:\n  - Discounts are shown\n';
  const reading = await read({ story, handoff });
  expect(lines(reading)).toEqual([
    'PASS An empty cart has a total of 0. | claimed by the handoff',
    'PARTIAL Discounts are shown | declared as not done',
    'FAIL Totals are rounded | Neither the handoff nor the gate agent mentions it, in the same words or by its id.',
  ]);
  expect(reading).toMatchObject({ complete: true, standing: false });
});

describe('who is believed', () => {
  const one = 'acceptance: [The cart works]\n';
  const verdict = async (handoff: string, gate?: string) =>
    (await read({ story: one, handoff, ...(gate === undefined ? {} : { gate }) })).findings.map(({ result }) => result);
  const results = (word: string) =>
    `criteria_results: [{criterion: the cart works, result: ${word}}]\ngate_decision: SHIP\n`;
  it.each([
    ['the gate agent before the handoff', 'built: [The cart works]', results('FAIL'), 'FAIL'],
    ['the gate agent where the handoff is silent', 'built: [something]', results('PASS'), 'PASS'],
    ['the gate agent only for words it knows', 'built: [something]', results('LGTM'), 'FAIL'],
    ['a declared gap before a pass', 'known_gaps: [The cart works]', results('PASS'), 'PARTIAL'],
    ['a declared gap before a claim', 'built: [The cart works]\nknown_gaps: [The cart works]', undefined, 'PARTIAL'],
    ['a partial result', 'built: [The cart works]', results('PARTIAL'), 'PARTIAL'],
    [
      'what the gate agent defers',
      'built: [The cart works]',
      'deferred: [The cart works]\ngate_decision: SHIP\n',
      'PARTIAL',
    ],
    ['a box that is not ticked before a claim', 'built: ["[ ] The cart works", The cart works]', undefined, 'FAIL'],
    [
      'an entry with a word that is no success',
      'criteria: [{criterion: The cart works, status: failing}]',
      undefined,
      'FAIL',
    ],
    ['an entry with a word of success', 'criteria: [{criterion: The cart works, status: done}]', undefined, 'PASS'],
    ['edge cases that were tested', 'edge_cases_tested: |\n  - something\n  - The cart works', undefined, 'PASS'],
  ])('%s', async (_, handoff, gate, expected) => {
    expect(await verdict(handoff, gate)).toEqual([expected]);
  });
});

describe('how a criterion is recognised', () => {
  const verdict = async (criterion: string, claim: string) => {
    const quoted = (text: string) => JSON.stringify(text);
    const reading = await read({ story: `acceptance: [${quoted(criterion)}]`, handoff: `built: [${quoted(claim)}]` });
    return reading.findings[0]?.result;
  };
  it.each([
    ['The cart works', 'the  CART works.'],
    ['The cart works', '- [x] **The cart works**'],
    ['AC1: The cart works', 'The cart works'],
    ['AC-1 – The cart works', '[AC1] done, see tests'],
    ['The cart works', 'AC1: done'],
    ['The cart works', '1'],
    ['1. The cart works', '2) The cart works'],
  ])('%j is met by %j', async (criterion, claim) => {
    expect(await verdict(criterion, claim)).toBe('PASS');
  });
  it.each([
    ['The cart works', 'The cart'],
    ['Cart', 'The cart works'],
    ['The cart works', '1. Something else was built'],
    ['AC1: The cart works', 'AC11: done'],
    ['AC1: The cart works', 'AC2: done'],
    ['FR-1: The cart works', 'AC1: done'],
    ['The cart works', 'AC2: done'],
    ['The cart works', ''],
    ['AC1', 'AC1x'],
  ])('%j is not met by %j', async (criterion, claim) => {
    expect(await verdict(criterion, claim)).toBe('FAIL');
  });
});

it('honours the task lists of Markdown in story and handoff', async () => {
  const card =
    '# Story\n\n## Acceptance criteria\n\n- [ ] The cart works\n- [x] The docs exist\n- [ ] It is fast\n\n## Notes\n\n- [ ] Call Ann\n';
  const handoff = '# Handoff\n\n- [x] The cart works\n- [ ] It is fast\n';
  expect(heads(await read({ story: card, handoff }))).toEqual([
    'PASS The cart works',
    'PASS The docs exist',
    'FAIL It is fast',
  ]);
});

it('takes what the story itself leaves out of scope', async () => {
  const reading = await read({ story: `${story}out_of_scope: [Totals are rounded]\n`, handoff: 'built: []\n' });
  expect(heads(reading).at(-1)).toBe('PARTIAL Totals are rounded');
});

it('needs story and handoff, for this day', async () => {
  expect(heads(await read({ story }))).toEqual([
    'FAIL presence of handoff',
    'FAIL An empty cart has a total of 0.',
    'FAIL Discounts are shown',
    'FAIL Totals are rounded',
  ]);
  expect(heads(await read({ handoff: 'built: [a]' }))).toEqual(['FAIL presence of story']);
  expect(heads(await read({ story: story.replace('day: 3', 'day: 2'), handoff: 'day: 3\nbuilt: [a]' }))).toEqual([
    'FAIL story is for this day @.pace/day-3/story.md',
  ]);
});

it('is no pass where the story has no criteria, or a document is broken', async () => {
  expect(heads(await read({ story: 'day: 3\n', handoff: 'built: [a]' }, { on_broken: 'advisory' }))).toEqual([
    'ADVISORY story has acceptance criteria',
  ]);
  const broken = await read(
    { story: 'acceptance: [a]', handoff: 'built: [a]', gate: 'criteria_results: [' },
    { on_broken: 'advisory' },
  );
  expect(heads(broken)).toEqual(['ADVISORY reading .pace/day-3/gate.md @.pace/day-3/gate.md:1:20', 'PASS a']);
});

it('is read whole only with all of its documents, and criteria in them', async () => {
  const complete = async (day: Day) => (await read(day)).complete;
  const handoff = 'built: [a]';
  expect(await complete({ story: 'acceptance: [a]', handoff })).toBe(true);
  expect(await complete({ story: 'acceptance: [a]' })).toBe(false);
  expect(await complete({ story: 'story: x', handoff })).toBe(false);
  expect(await complete({ story: 'acceptance: [a]', handoff, gate: 'criteria_results: [' })).toBe(false);
});

it('knows a story card and a report among other fenced blocks', async () => {
  const other = '```yaml\nexample: true\n```\n';
  const fenced = (yaml: string) => `# Notes\n\n${other}\n\`\`\`yaml\n${yaml}\`\`\`\n`;
  for (const key of ['acceptance', 'acceptance_criteria']) {
    const reading = await read({
      story: fenced(`${key}: [a, b]\n`),
      handoff: fenced('built: [a]\n'),
      gate: fenced('criteria_results: [{criterion: b, result: PASS}]\ngate_decision: SHIP\n'),
    });
    expect(heads(reading)).toEqual(['PASS a', 'PASS b']);
  }
  for (const key of ['known_gaps', 'edge_cases_tested'])
    expect(heads(await read({ story: 'acceptance: [a]', handoff: fenced(`${key}: [a]\n`) }))).toEqual([
      key === 'known_gaps' ? 'PARTIAL a' : 'PASS a',
    ]);
});

it('lets criteria be spoken of by their place only where none has an id', async () => {
  const verdicts = async (acceptance: string) => {
    const story = `acceptance: ${acceptance}`;
    return (await read({ story, handoff: 'built: ["1", AC2]' })).findings.map(({ result }) => result);
  };
  expect(await verdicts('[first, second, third]')).toEqual(['PASS', 'PASS', 'FAIL']);
  expect(await verdicts('["AC7: first", second, third]')).toEqual(['FAIL', 'FAIL', 'FAIL']);
  expect(await verdicts('[first, second, {id: AC2, text: third}]')).toEqual(['FAIL', 'FAIL', 'PASS']);
});

it('does not take words of doubt for a claim', async () => {
  const verdict = async (word: string) =>
    (await read({ story: 'acceptance: [a]', handoff: `criteria: [{criterion: a, status: ${word}}]` })).findings[0]?.result;
  const words = ['built', 'OK', 'x', 'partially', 'out_of_scope', 'out of scope', 'nearly done', 'not met'];
  expect(await Promise.all(words.map(verdict))).toEqual([
    ...['PASS', 'PASS', 'PASS', 'PARTIAL', 'PARTIAL', 'PARTIAL', 'FAIL', 'FAIL'],
  ]);
}); // biome-ignore format: one line

it('takes a box of its own in a list for done or not', async () => {
  const reading = await read({ story: 'acceptance: [a, b, c]', handoff: 'built: ["[x] a", "[X] b", "[ ] c"]' });
  expect(lines(reading)).toEqual([
    'PASS a | claimed by the handoff',
    'PASS b | claimed by the handoff',
    'FAIL c | the handoff says that it is not done',
  ]);
});
