/** Chooses the parser for a test report by what is in it: names and extensions are the project's own. */

import { EvidenceFault } from '../files/fault.ts';
import { readStart } from '../files/read-start.ts';
import { mixed, notRead, recognise } from '../files/recognise.ts';
import type { ParseTests } from './test-report.ts';

// literal imports, so that the bundle loads only the parsers that a run uses
const parsers = {
  junit: async () => (await import('./junit-report.ts')).parseJunit,
  trx: async () => (await import('./trx.ts')).parseTrx,
  nunit: async () => (await import('./nunit.ts')).parseNunit,
  'xunit.net': async () => (await import('./xunit-net.ts')).parseXunitNet,
  ctrf: async () => (await import('./ctrf.ts')).parseCtrf,
  'go-test-json': async () => (await import('./go-test-json.ts')).parseGoTestJson,
} satisfies Record<string, () => Promise<ParseTests>>;

/** Reads a test report of any format that PACE knows; the `EvidenceFault` for another file says what it is. */
export const parseTests: ParseTests = async (file, listener, signal) => {
  const start = await readStart(file, signal);
  const found = recognise(file.path, start);
  const { format } = found;
  if (!isParsed(format)) throw notRead(found, 'tests', file.path, start);
  // events of Go are found line by line; every other format begins where its file begins
  const fault = format === 'go-test-json' ? undefined : mixed(found, file.path, start);
  if (fault !== undefined) throw fault;
  const parse = await parsers[format]();
  try {
    await parse(file, listener, signal);
  } catch (error) {
    throw error instanceof EvidenceFault ? clearer(error) : error;
  }
};

function isParsed(format: string): format is keyof typeof parsers {
  return Object.hasOwn(parsers, format);
}

/** What a parser of XML says of a second document in one file. */
const SECOND_DOCUMENT = /may contain only one root|an XML declaration must be at the start|text data outside of root/;

function clearer(fault: EvidenceFault): EvidenceFault {
  if (!SECOND_DOCUMENT.test(fault.message)) return fault;
  const why = 'Something follows the end of its XML document: several reports may have been written into one file.';
  return new EvidenceFault(`${why} Write each to a file of its own. (${fault.message})`, fault.place);
}
