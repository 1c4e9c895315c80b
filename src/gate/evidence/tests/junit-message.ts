/** The words of a failure in JUnit XML: an attribute, the text, or what the test printed. Bounded. */

const LONGEST_MESSAGE = 2_000;

/** What linters call a finding that is no failure. */
const WARNING_TYPE =
  /^(?:warn(?:ing)?|info|information|note|notice|style|hint)$|^(?:warning|style|performance|portability|information):/i;
/** As compilers write it (`a.cpp:6:3: warning: …`), and ESLint (`line 6, col 3, Warning - …`). */
const WARNING_TEXT = /^(?:\S{1,500}:\d{1,9}: |line \d{1,9}, col \d{1,9}, )(?:warning|note|info)\b/i;

/** SwiftLint's words for a warning, beside its message. */
const SWIFTLINT = /^warning:\s{1,9}Line:\s?\d{0,9}$/i;
/** An output that begins with a warning of the compiler may go on with what has really failed. */
const ERROR_LINE = /^(?:\S{1,500}:\d{1,9}: (?:fatal )?error\b|(?:E {1,9})?[\w.]{0,200}(?:Error|Exception)\b)/m;

/** A `failure`, or another element that tells of one. */
export interface OpenFailure {
  /** The attribute `message`, or `type`. */
  readonly said: string;
  readonly type: string;
  /** An earlier attempt of a test that was run again. */
  readonly isAttempt: boolean;
  text: string;
}

export function openFailure(
  { message = '', type = '' }: Readonly<Record<string, string>>,
  isAttempt: boolean,
): OpenFailure {
  return { said: bounded(message || type), type, isAttempt, text: '' };
}

/** Adds a piece of the text. */
export function addText(failure: OpenFailure, text: string, gap: string): void {
  if (failure.text.length >= LONGEST_MESSAGE) return;
  failure.text = bounded(`${failure.text}${failure.text === '' ? '' : gap}${bounded(text)}`);
}

/**
 * Attribute and text. Most tools repeat the one at the head of the other, often after the name of the error. It is dropped only
 * there: the same word further down, as in `at Timeout._onTimeout`, is another thing.
 */
export function messageOf(failure: OpenFailure): string {
  const [said, text] = [failure.said.trim(), failure.text.trim()];
  if (said === '' || text.startsWith(said)) return text;
  if (text === '') return said;
  const [beginning, repeated] = [firstLine(text), firstLine(said)];
  const isRepeated = beginning.endsWith(`: ${repeated}`) || beginning.endsWith(`, ${repeated}`);
  return isRepeated ? text : bounded(`${said}\n${text}`);
}

export function isWarning({ type, said, text }: OpenFailure): boolean {
  const [words, beside] = [said.trim(), text.trim()];
  if (WARNING_TYPE.test(type) || SWIFTLINT.test(beside)) return true;
  const isInWords = WARNING_TEXT.test(words);
  if (!isInWords && !WARNING_TEXT.test(beside)) return false;
  // of a test that has failed the one is not about the other
  const isAbout = isInWords || said === type || firstLine(beside).includes(firstLine(words));
  return isAbout && !ERROR_LINE.test(words) && !ERROR_LINE.test(beside);
}

/** The end of an output: a log tells at its end what went wrong. */
export function tailOf(text: string): string {
  return text.slice(-LONGEST_MESSAGE);
}

function bounded(text: string): string {
  return text.slice(0, LONGEST_MESSAGE);
}

function firstLine(text: string): string {
  const end = text.indexOf('\n');
  return end < 0 ? text : text.slice(0, end).trim();
}
