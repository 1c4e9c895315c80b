/** Tells what a file is, whatever its name says, from its first pages. */
import { placeOf } from '../json.ts';
import { EvidenceFault } from './fault.ts';
import { jsonKeys } from './json-keys.ts';
import { type Format, type KnownFormat, knownFormats, type ReadBy } from './known-formats.ts';
import { jsonFormat } from './recognise-json.ts';
import { beginsDocument, textFormat } from './recognise-text.ts';
import { xmlFormat } from './recognise-xml.ts';
import { xmlRoot } from './xml-root.ts';

export interface Recognised extends KnownFormat {
  readonly format: Format;
  /** What it was told by, where a name says more: the root element of XML that nobody knows. */
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
  const format = jsonFormat(path, jsonKeys(text));
  return { format, ...knownFormats[format], begin, offset: begin };
}

function recognisedXml(path: string, text: string, begin: number): Recognised {
  const root = xmlRoot(text);
  if (root === undefined) return { format: 'xml', ...knownFormats.xml, begin, offset: begin };
  const format = xmlFormat(path, root, text);
  const detail = format === 'xml' ? { detail: `its root element is <${root.name}>` } : {};
  return { format, ...knownFormats[format], ...detail, begin, offset: begin + root.offset };
}

const READS = {
  tests: 'test reports (JUnit XML, TRX, NUnit 3, xUnit.net, CTRF, `go test -json`)',
  sarif: 'SARIF',
  coverage: 'coverage reports',
} satisfies Record<ReadBy, string>;
const SOURCES = { tests: 'junit', sarif: 'sarif', coverage: 'coverage' } satisfies Record<ReadBy, string>;

/** The fault of a file that a source of this kind cannot read: what it is, what is read here, and what to do. */
export function notRead(found: Recognised, wanted: ReadBy, path: string, start: string): EvidenceFault {
  const { name, detail, readBy, instead, offset } = found;
  const remedy =
    readBy !== undefined && readBy !== wanted
      ? `Give it a source of \`type: ${SOURCES[readBy]}\`.`
      : (instead ?? 'Check `path`, and which report the tool writes.');
  const what = detail === undefined ? name : `${name} (${detail})`;
  return new EvidenceFault(`This is ${what}, and PACE reads ${READS[wanted]} here. ${remedy}`, {
    file: path,
    ...placeOf(start, offset),
  });
}
