/** What each format of coverage in XML is: a listener that makes a report of what it has heard. */
import type { EvidenceFile } from '../files/files.ts';
import { parseXml, type XmlHandler } from '../xml/xml.ts';
import type { CoverageReport } from './model.ts';
import type { PathOf } from './paths.ts';

export interface About {
  readonly pathOf: PathOf;
  readonly file: EvidenceFile;
}

export interface XmlFormat extends XmlHandler {
  report(): CoverageReport;
}

/** Reads a file of this format; throws an `EvidenceFault` with line and column. */
export function parserOf(make: (about: About) => XmlFormat) {
  return async (file: EvidenceFile, pathOf: PathOf, signal?: AbortSignal): Promise<CoverageReport> => {
    const format = make({ pathOf, file });
    await parseXml(file, format, signal);
    return format.report();
  };
}
