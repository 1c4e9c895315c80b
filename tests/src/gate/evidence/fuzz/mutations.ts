/** Reports that are a little wrong: changes of structure, not of bytes, so that they get past the parser. Seeded by fast-check. */

/** Picks: whole numbers from 0 to below `max`, and one of several. */
export interface Chance {
  below(max: number): number;
  of<Item>(items: readonly Item[]): Item;
}

/** From the numbers that fast-check gives and shrinks; when they are used up, always the first. */
export function chanceOf(numbers: readonly number[]): Chance {
  let next = 0;
  const below = (max: number) => {
    const number = numbers[next] ?? 0;
    next += 1;
    return max <= 0 ? 0 : number % max;
  };
  return {
    below,
    of: (items) => {
      const item = items[below(items.length)];
      if (item === undefined) throw new Error('There is nothing to pick from.');
      return item;
    },
  };
}

const VALUES = [
  '',
  '0',
  '-1',
  '18446744073709551615',
  '1e999',
  'NaN',
  '<',
  '&amp;',
  '..\\..\\x',
  '/etc/passwd',
  '\u202e',
  'x'.repeat(5_000),
  '\ud800',
  'true',
  'null',
  'FAILED',
  'passed',
];

/** Of XML: parts are tags and what stands between them. */
export function mutatedXml(text: string, chance: Chance): string {
  const parts = text.split(/(?=<)|(?<=>)/);
  for (let left = chance.below(4); left >= 0; left -= 1) {
    const at = chance.below(parts.length);
    const part = parts[at] ?? '';
    const changes = [
      () => parts.splice(at, 1),
      () => parts.splice(at, 0, ...parts.slice(at, at + chance.below(6))),
      () => parts.splice(at, chance.below(8)),
      () => (parts[at] = part.replace(/"[^"]*"/, () => JSON.stringify(chance.of(VALUES)).replaceAll('\\"', ''))),
      () => (parts[at] = part.replace(/^<(\/?)[\w:-]+/, `<$1${chance.of(['testcase', 'testsuite', 'failure', 'skipped', 'line', 'class', 'x'])}`)),
      () => (parts[at] = part.replace(/\s[\w:-]+="[^"]*"/, '')),
      () => parts.splice(at, 0, chance.of(['<failure/>', '<testcase>', '</testsuite>', '<!-- -- -->', '<![CDATA[', ']]>', '&x;', '&#0;', '\u0000', '<?xml version="1.0"?>', '<!DOCTYPE x>'])),
      () => parts.splice(at, 0, ...Array<string>(chance.below(300)).fill('<testsuite>')),
    ];
    chance.of(changes)();
  }
  return parts.join('');
} // biome-ignore format: a list

/** Of JSON, or of lines of it. */
export function mutatedJson(text: string, chance: Chance): string {
  const value: unknown = JSON.parse(text);
  for (let left = chance.below(4); left >= 0; left -= 1) mutateOne(value, chance);
  return JSON.stringify(value);
}

const JSON_VALUES: readonly unknown[] = [
  null,
  {},
  [],
  -1,
  1e308,
  '',
  'error',
  true,
  { text: 7 },
  [[[]]],
  'x'.repeat(5_000),
  '../../x',
];

/** Walks down by chance and changes what it meets there. */
function mutateOne(value: unknown, chance: Chance): void {
  if (typeof value !== 'object' || value === null) return;
  const target = value as Record<string, unknown>;
  const keys = Object.keys(target);
  if (keys.length === 0) return;
  const key = chance.of(keys);
  const child = target[key];
  if (chance.below(3) > 0 && typeof child === 'object' && child !== null && Object.keys(child).length > 0) {
    mutateOne(child, chance);
    return;
  }
  const changes = [
    () => (target[key] = structuredClone(chance.of(JSON_VALUES))),
    () => delete target[key],
    () => (target[chance.of(['level', 'kind', 'results', 'status', 'lines', 'x'])] = child),
    () => Array.isArray(value) && value.splice(chance.below(value.length), 0, structuredClone(child)),
  ];
  chance.of(changes)();
} // biome-ignore format: a list

/** Of what is written line by line. */
export function mutatedLines(text: string, chance: Chance): string {
  const lines = text.split('\n');
  for (let left = chance.below(4); left >= 0; left -= 1) {
    const at = chance.below(lines.length);
    const line = lines[at] ?? '';
    const changes = [
      () => lines.splice(at, 1),
      () => lines.splice(at, 0, line),
      () => lines.splice(chance.below(lines.length), 0, ...lines.splice(at, chance.below(10))),
      () => (lines[at] = line.replace(/\d+/, () => chance.of(VALUES))),
      () => (lines[at] = line.slice(0, chance.below(line.length))),
      () => lines.splice(at, 0, chance.of(['', 'end_of_record', 'SF:', 'mode: set', '{', 'x'.repeat(100_000), '\u0000'])),
    ];
    chance.of(changes)();
  }
  return lines.join('\n');
} // biome-ignore format: a list
