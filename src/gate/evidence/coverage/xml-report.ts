/** Coverage in XML: which format it is shows at the root element and the first one in it, and the rest is that format's. */
import { EvidenceFault } from '../files/fault.ts';
import type { EvidenceFile } from '../files/files.ts';
import { type Attributes, parseXml, type XmlHandler } from '../xml/xml.ts';
import { xmlFormat } from './formats.ts';
import type { CoverageReport } from './model.ts';
import { otherXml } from './others.ts';
import type { PathOf } from './paths.ts';
import type { XmlFormat } from './xml-format.ts';

/** Throws an `EvidenceFault` with line and column. */
export async function parseXmlReport(
  file: EvidenceFile,
  pathOf: PathOf,
  signal?: AbortSignal,
): Promise<CoverageReport> {
  let root: { name: string; attributes: Attributes } | undefined;
  let format: XmlFormat | undefined;

  function choose(child: string): XmlFormat {
    const { name, attributes } = root ?? { name: '', attributes: {} };
    const make = xmlFormat(name, attributes, child);
    if (make === undefined) throw new EvidenceFault(otherXml(name, child));
    format = make({ pathOf, file });
    format.open(name, attributes, 1);
    return format;
  }

  const handler: XmlHandler = {
    open(name, attributes, depth) {
      if (depth > 1) return (format ?? choose(name)).open(name, attributes, depth);
      // what cannot be coverage is said at once: it may be long
      if (name !== 'coverage' && name !== 'report' && name !== 'results') throw new EvidenceFault(otherXml(name, ''));
      root = { name, attributes };
    },
    close(name, depth) {
      (format ?? choose('')).close?.(name, depth);
    },
    wantsText: () => format?.wantsText?.() ?? false,
    text: (text) => format?.text?.(text),
  };
  await parseXml(file, handler, signal);
  if (format === undefined) throw new EvidenceFault('It has no element.', { file: file.path });
  return format.report();
}
