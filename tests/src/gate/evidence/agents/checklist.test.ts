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

describe('where ids are written', () => {
  /** The first letter of each result, in the order of the story; `o` for what is declared open. */
  const verdicts = async (acceptance: unknown, built: unknown, others: Record<string, unknown> = {}) => {
    const documents = { story: JSON.stringify({ acceptance }), handoff: JSON.stringify({ built, ...others }) };
    return (await read(documents)).findings.map(({ result }) => (result === 'PARTIAL' ? 'o' : result[0])).join('');
  };
  const offline = ['AC1: works offline', 'AC2: works offline'];
  const two = ['AC1: users log in', 'AC2: users log out'];
  it.each<[string, unknown, unknown, string]>([
    ['one alone or with a word names its criterion', two, ['AC1', 'AC2 done'], 'PP'],
    ['each may be written in its own way', two, ['**AC-01** the form', '(ac 2) is built'], 'PP'],
    ['several may be named at once', two, ['AC1, AC2: see tests'], 'PP'],
    ['one may stand at the end', ['Users log in (AC1)', 'Users log out (AC2)'], ['A form for it [AC-1]'], 'PF'],
    ['one may stand in a field on either side', [{ id: 'AC-1', text: 'users log in' }, 'AC2: b'], [{ id: 'AC1', text: 'the form' }, { id: 'AC2', status: 'done' }], 'PP'],
    ['a number in a field is one too', [{ id: 1, text: 'a' }, { id: 2, text: 'b' }], ['AC2 done', '1'], 'PP'],
    ['a number in a field is one, whatever its place', [{ id: 7, text: 'a' }, { id: 12, text: 'b' }], ['AC12 done', '#7.'], 'PP'],
    ['a number in a field is not its place', [{ id: 7, text: 'a' }, { id: 12, text: 'b' }], ['AC1', '2', 'a 7'], 'FF'],
    ['a field may give a place', ['a', 'b'], [{ id: 2, text: 'it' }], 'FP'],
    ['a field beside one in the text counts too', two, [{ id: 'AC2', text: 'AC1: both' }], 'PP'],
    ['a place has all its figures', Array.from({ length: 12 }, (_, index) => `is ${index}`), ['12', 'AC11 done', 'it has 3', 'FR-4 done'], 'FFFFFFFFFFPP'],
    ['a single entry may have one', { id: 'AC1', text: 'users log in' }, ['AC1'], 'P'],
    ['no text is the words of nothing', ['AC1', 'AC2'], ['', '.', 'AC3'], 'FF'],
    ['a mapping may give them', { AC1: 'users log in', AC2: 'users log out' }, { AC1: 'done', AC2: 'failing' }, 'PF'],
    ['words in a mapping are words', { AC1: 'users log in' }, ['users log in'], 'P'],
    ['equal words do not outweigh another one', offline, ['AC1: works offline'], 'PF'],
    ['equal words do not outweigh another one in a field', [{ id: 'AC1', text: 'a' }, { id: 'AC2', text: 'a' }], [{ id: 'AC2', text: 'a' }], 'FP'],
    ['equal words do not outweigh one of another kind', ['AC1: works offline'], ['FR-1: works offline', { id: 'X-7', text: 'works offline' }], 'F'],
    ['both may be claimed', offline, ['AC1: works offline', 'AC2: works offline'], 'PP'],
    ['words alone mean none of those that only ids tell apart', offline, ['works offline'], 'FF'],
    ['words decide where only the story has them', two, ['users log out'], 'FP'],
    ['words decide where only the claim has them', ['users log in', 'users log out'], ['AC1: users log out'], 'FP'],
    ['words decide for a criterion without one beside others', ['AC1: a', 'b'], ['AC2: b'], 'FP'],
    ['a number of the line is not one', ['AC1: a', 'AC2: b'], [{ id: 1, text: 'b' }, { id: 2, text: 'c' }], 'FP'],
    ['two of one kind need the words as well', ['AC1: a', 'AC1: b'], ['AC1: b'], 'FP'],
    ['two of one kind and other words mean none', ['AC1: a', 'AC1: b'], ['AC1 done'], 'FF'],
    ['two that are all the same are both meant', ['AC1: a', 'AC1: a'], ['AC1: a'], 'PP'],
    ['one that the story does not have means none', two, ['AC3: users log in'], 'FF'],
    ['one in two parts differs from its first', ['US3-AC1: a', 'US3-AC2: b', 'FR-2.1: c', 'FR-21: d'], ['US3-AC2 done', 'FR-2.1 done', 'AC1 done'], 'FPPF'],
    ['own capitals that count are ids', ['LOGIN-1: a', 'LOGIN-2: a'], ['LOGIN-2 done'], 'FP'],
  ])('%s', async (_, acceptance, built, expected) => {
    expect(await verdicts(acceptance, built)).toBe(expected);
  }); // biome-ignore format: a table

  it.each([
    ['HTTP 404', 'HTTP 500'],
    ['HTTP-404', 'HTTP-500'],
    ['Step 1', 'Step 2'],
    ['IPv 4', 'IPv 6'],
    ['IPv4', 'IPv6'],
    ['ISO 8601', 'ISO 639'],
    ['UTF-8', 'UTF-16'],
    ['Python 2', 'Python 3'],
    ['RFC 2119', 'RFC 8174'],
    ['us-east-1', 'us-west-2'],
    ['404', '500'],
  ])('%s and %s are words, and tell two criteria apart', async (one, other) => {
    const criteria = [`${one}: a helpful page is shown`, `${other}: a helpful page is shown`];
    expect(await verdicts(criteria, [`${one}: a helpful page is shown`])).toBe('PF');
    expect(await verdicts(criteria, ['a helpful page is shown', `${other} done`, `${other}: it is logged`])).toBe('FF');
    expect(await verdicts(criteria.slice(0, 1), [criteria[1]])).toBe('F');
  });

  it('a number in front tells apart only what else is the same', async () => {
    const same = ['1. works offline', '2. works offline'];
    expect(await verdicts(same, ['2) works offline'])).toBe('FP');
    expect(await verdicts(same, ['works offline'])).toBe('FF');
    expect(await verdicts(same, ['3. works offline'])).toBe('FF');
    expect(await verdicts(['works offline', 'works offline'], ['1. works offline'])).toBe('PP');
    expect(await verdicts(['3. a', '4. b'], ['4'])).toBe('FP');
    expect(await verdicts(['3. a', 'b'], ['2'])).toBe('FP');
    expect(await verdicts(['10. a', '(#11) b', '12:  c'], ['#11', '12)  c'])).toBe('FPP');
    expect(await verdicts(['2. a', '2. b'], ['2'])).toBe('FP');
  });

  it('what stands beside one may say that it is not done', async () => {
    expect(await verdicts(two, ['AC1 is not done', 'AC2: works'])).toBe('FP');
    expect(await verdicts(two, ['AC1: partial', 'AC2 fails on CI'])).toBe('oF');
    expect(await verdicts(['AC1: not found pages help'], ['AC1: not found pages help'])).toBe('P');
    expect(await verdicts(['a', 'b'], ['AC1 is not done', 'AC2'])).toBe('FP');
    expect(await verdicts(two, [], { known_gaps: ['AC1 on tablets'], out_of_scope: 'AC-2' })).toBe('oo');
  });
});

it('says why a criterion is not met although a claim seems to mean it', async () => {
  const proofs = async (acceptance: string[], built: string[], gate?: string) => {
    const documents = { story: JSON.stringify({ acceptance }), handoff: JSON.stringify({ built }) };
    return (await read({ ...documents, ...(gate === undefined ? {} : { gate }) })).findings.map(({ evidence }) => evidence);
  };
  const nobody = 'Neither the handoff nor the gate agent mentions it, in the same words or by its id.';
  expect(await proofs(['AC1: a'], ['AC7, AC8: a', 'AC9', 'AC9'])).toEqual([
    `${nobody} The handoff names AC7, AC8, which the story does not have. The handoff names AC9, which the story does not have.`,
  ]);
  expect(await proofs(['a'], ['AC7: b'])).toEqual([`${nobody} The handoff names AC7, which the story does not have.`]);
  expect(await proofs(['AC1: a'], [], 'criteria_results: [{id: AC5, criterion: a, result: PASS}]\ngate_decision: SHIP\n')).toEqual([
    `${nobody} The gate agent names AC5, which the story does not have.`,
  ]);
  expect(await proofs(['AC1: a', 'AC2: a'], ['a'])).toEqual(
    Array(2).fill(`${nobody} The handoff has words that 2 criteria share, without the id that tells them apart.`),
  );
  expect(await proofs(['AC1: a', 'AC1: b'], ['AC1'])).toEqual(
    Array(2).fill(`${nobody} The handoff names AC1, which the story has 2 times.`),
  );
  expect(await proofs(['AC1: a'], ['AC1 fails on CI'])).toEqual(['the handoff says that it is not done: AC1 fails on CI']);
  expect(await proofs(['AC1: a'], ['b', 'AC2', 'AC3', 'AC4', 'AC5'])).toEqual([
    `${nobody} ${[2, 3, 4].map((id) => `The handoff names AC${id}, which the story does not have.`).join(' ')}`,
  ]);
}); // biome-ignore format: long lines

it('fails what the gate agent names as a blocker, whatever it says of it elsewhere', async () => {
  const documents = { story: 'acceptance: ["AC1: a", "AC2: b"]', handoff: 'built: [AC1, AC2]\nknown_gaps: [AC1]' };
  const gate = 'criteria_results: [{criterion: AC1, result: PASS}, {criterion: AC2, result: PASS}]\nblockers: [{id: AC1, finding: it crashes}]\ngate_decision: HOLD\n';
  expect(lines(await read({ ...documents, gate }))).toEqual([
    'FAIL AC1: a | the gate agent: a blocker',
    'PASS AC2: b | passed by the gate agent',
  ]);
}); // biome-ignore format: one line

it('shows what a claim names in 40 characters', async () => {
  const handoff = JSON.stringify({ built: [`AC${'1'.repeat(60)}: a`] });
  const [finding] = (await read({ story: 'acceptance: ["AC1: a"]', handoff })).findings;
  expect(finding?.evidence).toContain(`The handoff names AC${'1'.repeat(38)}, which`);
});

it('takes a box in the story for its own only at the beginning', async () => {
  const story = 'acceptance: ["[x]  a", "[ ] b", "c [x] d", "[X] e"]';
  expect(heads(await read({ story, handoff: 'built: [b]' }))).toEqual(['PASS a', 'PASS b', 'FAIL c [x] d', 'PASS e']);
});

it('reads ticks and crosses for boxes', async () => {
  const documents = { story: 'acceptance: ["✅ AC1: a", "AC2: b", c]', handoff: 'built: ["✅ AC1", "AC2 ❌", "c ✔️"]' };
  expect((await read(documents)).findings.map(({ result }) => result)).toEqual(['PASS', 'FAIL', 'PASS']);
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
