/** What an answer means: `pass` and `fail` held against its status and its JSON. Pure. */
import { plainLine } from '../../../../core/text/untrusted-text.ts';
import { type JsonPath, parseJsonPath } from '../../../config/json-path.ts';
import type { EvidenceOf } from '../../../config/schema.ts';
import type { Answer } from './answer.ts';

type Wanted = Pick<EvidenceOf<'http'>, 'pass' | 'fail'>;
type Condition = Wanted['fail'][number];

const USUAL: Condition[] = [{ status: '2xx' }];

export interface Meaning {
  /** `undefined`: neither yet. */
  readonly result: 'PASS' | 'FAIL' | undefined;
  /** What was seen, and what was wanted. */
  readonly words: string;
}

const SHOWN_VALUE = 120;

/** A condition that fails counts, whatever passes beside it. */
export function meaningOf({ pass = USUAL, fail }: Wanted, answer: Answer): Meaning {
  const failed = fail.find((condition) => holds(condition, answer));
  if (failed) return { result: 'FAIL', words: `${seen([failed], answer)} \`fail\` has: ${conditionWords(failed)}.` };
  const unmet = pass.filter((condition) => !holds(condition, answer));
  if (unmet.length === 0) return { result: 'PASS', words: seen(pass, answer) };
  return { result: undefined, words: `${seen(unmet, answer)} Wanted: ${unmet.map(conditionWords).join('; ')}.` };
}

/** Whether any of them looks into the JSON. */
export function looksIntoJson({ pass = [], fail }: Wanted): boolean {
  return [...pass, ...fail].some(({ json }) => json !== undefined);
}

/** All that one condition names. */
function holds(condition: Condition, answer: Answer): boolean {
  const { status, json } = condition;
  if (status !== undefined && ![status].flat().some((word) => isOfStatus(word, answer.status))) return false;
  return json === undefined || (answer.json !== undefined && valueHolds(condition, placeIn(answer.json.value, json)));
}

function isOfStatus(word: string | number, status: number): boolean {
  const text = String(word).toLowerCase();
  return text.endsWith('xx') ? text.startsWith(String(status).charAt(0)) : text === String(status);
}

/** A place in the JSON: `undefined` where it is not there. */
type Place = { readonly value: unknown } | undefined;

/** What is not there is neither equal nor different, neither above nor below. */
function valueHolds(condition: Condition, place: Place): boolean {
  const { exists, equals, not_equals: other, in: several, matches, at_least: least, at_most: most } = condition;
  if (exists !== undefined && exists !== (place !== undefined)) return false;
  const rest = [
    equals !== undefined && ((value: unknown) => value === equals),
    other !== undefined && ((value: unknown) => value !== other),
    several !== undefined && ((value: unknown) => several.some((one) => one === value)),
    matches !== undefined && ((value: unknown) => isMatch(value, matches)),
    least !== undefined && ((value: unknown) => numberOf(value) >= least),
    most !== undefined && ((value: unknown) => numberOf(value) <= most),
  ].filter((rule) => rule !== false);
  return rest.length === 0 || (place !== undefined && rest.every((rule) => rule(place.value)));
}

function isMatch(value: unknown, pattern: string): boolean {
  const text = typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
  return typeof text === 'string' && new RegExp(pattern, 'u').test(text);
}

/** Metrics are often sent as text. What is no number compares with none. */
function numberOf(value: unknown): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
}

function placeIn(json: unknown, path: string): Place {
  let current = json;
  for (const step of stepsOf(path)) {
    const key = Array.isArray(current) && typeof step === 'number' && step < 0 ? current.length + step : step;
    const isThere = typeof current === 'object' && current !== null && Object.hasOwn(current, key);
    // the length of a list is none of its values
    if (!isThere || (Array.isArray(current) && typeof key !== 'number')) return undefined;
    current = Reflect.get(current as object, key);
  }
  return { value: current };
}

function stepsOf(path: string): JsonPath {
  return parseJsonPath(path) ?? [];
}

/** `Answered 200; $.state is "ready".` */
function seen(conditions: readonly Condition[], answer: Answer): string {
  const paths = new Set(conditions.flatMap(({ json }) => json ?? []));
  const places = [...paths].map((path) => `${path} ${placeWords(path, answer)}`);
  const parts = answer.json === undefined && paths.size > 0 ? [`the answer ${answer.noJson}`] : places;
  return `${[`Answered ${answer.status}`, ...parts].join('; ')}.`;
}

function placeWords(path: string, { json }: Answer): string {
  const place = json && placeIn(json.value, path);
  return place ? `is ${shown(place.value)}` : 'is not there';
}

function shown(value: unknown): string {
  return plainLine(JSON.stringify(value), SHOWN_VALUE);
}

const COMPARISONS = {
  equals: 'equals',
  not_equals: 'does not equal',
  in: 'is one of',
  matches: 'matches',
  at_least: 'is at least',
  at_most: 'is at most',
} as const;

/** `status 2xx and $.state equals "ready"` */
function conditionWords(condition: Condition): string {
  const { status, json, exists } = condition;
  const comparisons = Object.entries(COMPARISONS).flatMap(([key, words]) => {
    const wanted = condition[key as keyof typeof COMPARISONS];
    return wanted === undefined ? [] : [`${json} ${words} ${[wanted].flat().map(shown).join(', ')}`];
  });
  return [
    ...(status === undefined ? [] : [`status ${[status].flat().join(' or ')}`]),
    ...(exists === undefined ? [] : [`${json} is ${exists ? '' : 'not '}there`]),
    ...comparisons,
  ].join(' and ');
}
