/** What each format of coverage in XML is: a listener that makes a report of what it has heard. */
import type { EvidenceFile } from '../files/files.ts';
import type { XmlHandler } from '../xml/xml.ts';
import type { CoverageReport } from './model.ts';
import type { PathOf } from './paths.ts';

export interface About {
  readonly pathOf: PathOf;
  readonly file: EvidenceFile;
}

export interface XmlFormat extends XmlHandler {
  report(): CoverageReport;
}

export type MakeXml = (about: About) => XmlFormat;
