/** Tells what a file is, whatever its name says, from its first pages. */
import { defined } from '../../../../core/defined.ts';
import { placeOf } from '../json.ts';
import { EvidenceFault } from './fault.ts';
import { jsonKeys, keysOf } from './json-keys.ts';
import type { ReadBy } from './known-format.ts';
import { type Format, type Kind, knownFormats, readBy } from './known-formats.ts';
import { jsonFormat } from './recognise-json.ts';
import { beginsDocument, textFormat } from './recognise-text.ts';
import { xmlFormat } from './recognise-xml.ts';
import { xmlRoot } from './xml-root.ts';

/** So many keys of JSON that nobody knows are named. */
const SHOWN_KEYS = 5;

export interface Recognised extends Kind {
  readonly format: Format;
  /** What it was told by, where a name says more: the root element or the keys of a document that nobody knows. */
  readonly detail?: string;
  /** Where the document begins that it was told by; tools print other things before it. */
  readonly begin: number;
  /** Where in it stands what told. */
  readonly offset: number;
}

/**
 * @param path its name decides only where the content does not
 * @param start the first 64 KiB, decoded; a shorter beginning tells less, a longer one no more
 */
export function recognise(path: string, start: string): Recognised {
  const told = textFormat(start);
  if (told !== undefined) return { format: told, ...knownFormats[told], begin: 0, offset: 0 };
  const first = start.search(/\S/);
  if (beginsDocument(start, first)) return recognisedDocument(path, start, first);
  const later = /^(?:<[?!\w]|[{[]\s*["{[])/m.exec(start);
  const found = later === null ? undefined : recognisedDocument(path, start, later.index);
  // a line of a log may begin like XML or JSON too
  const isKnown = found !== undefined && found.format !== 'xml' && found.format !== 'json';
  return isKnown ? found : { format: 'text', ...knownFormats.text, begin: 0, offset: 0 };
}

function recognisedDocument(path: string, start: string, begin: number): Recognised {
  const text = start.slice(begin);
  if (text[0] === '<') return recognisedXml(path, text, begin);
  const keys = jsonKeys(text);
  const format = jsonFormat(path, keys);
  const detail = format === 'json' ? wordsOn(keys) : undefined;
  return { format, ...knownFormats[format], ...defined({ detail }), begin, offset: begin };
}

/** The same of JSON whose beginning did not tell, once it is parsed: the order of keys is free. */
export function recogniseParsed(found: Recognised, path: string, document: unknown): Recognised {
  const format = jsonFormat(path, keysOf(document));
  const { begin, offset } = found;
  return format === 'json' ? found : { format, ...knownFormats[format], begin, offset };
}

function wordsOn(keys: ReadonlySet<string>): string | undefined {
  const outermost = [...keys].filter((key) => !key.includes('.')).map((key) => `\`${key.slice(0, 40)}\``);
  if (outermost.length === 0) return undefined;
  const more = outermost.length > SHOWN_KEYS ? ', …' : '';
  return `its keys are ${outermost.slice(0, SHOWN_KEYS).join(', ')}${more}`;
}

function recognisedXml(path: string, text: string, begin: number): Recognised {
  const root = xmlRoot(text);
  if (root === undefined) return { format: 'xml', ...knownFormats.xml, begin, offset: begin };
  const format = xmlFormat(path, root, text);
  const detail = format === 'xml' ? `its root element is <${root.name}>` : undefined;
  return { format, ...knownFormats[format], ...defined({ detail }), begin, offset: begin + root.offset };
}

const READS = {
  tests: 'test reports (JUnit XML, TRX, NUnit 3, xUnit.net, CTRF, `go test -json`)',
  sarif: 'SARIF',
  coverage:
    'coverage reports (lcov, Cobertura, JaCoCo, Clover, SonarQube, Istanbul, coverage.py, gcov, gcovr, Go’s cover profile)',
} satisfies Record<ReadBy, string>;
const SOURCES = { tests: 'junit', sarif: 'sarif', coverage: 'coverage' } satisfies Record<ReadBy, string>;

/** The fault of a file that a source of this kind cannot read: what it is, what is read here, and what to do. */
export function notRead(found: Recognised, wanted: ReadBy, path: string, start: string): EvidenceFault {
  const { name, detail, offset } = found;
  const what = detail === undefined ? name : `${name} (${detail})`;
  return new EvidenceFault(`This is ${what}, and PACE reads ${READS[wanted]} here. ${remedyFor(found, wanted)}`, {
    file: path,
    ...placeOf(start, offset),
  });
}

function remedyFor(found: Recognised, wanted: ReadBy): string {
  const reader = readBy(found);
  if (reader !== undefined && reader !== wanted) return `Give it a source of \`type: ${SOURCES[reader]}\`.`;
  const { about, instead = 'Check `path`, and which report the tool writes.' } = found;
  const isElsewhere = about !== undefined && about !== wanted && !instead.includes('`type: ');
  return isElsewhere ? `${instead} Then use a source of \`type: ${SOURCES[about]}\`.` : instead;
}

/** The fault of a file in which something else stands before the document that it was told by. */
export function mixed({ name, begin }: Recognised, path: string, start: string): EvidenceFault | undefined {
  if (start.slice(0, begin).trim() === '') return undefined;
  const why = `Other output stands before the ${name}. Have the tool write the report to a file of its own, not to its output.`;
  return new EvidenceFault(why, { file: path, ...placeOf(start, begin) });
}
