/** A parser of one kind of XML, whoever calls it, reads no other. */
import { EvidenceFault } from '../files/fault.ts';

/** Throws where the root element is none of these; `format` is what people call the kind. */
export function checkRoot(name: string, format: string, roots: readonly string[]): void {
  if (roots.includes(name)) return;
  const wanted = roots.map((root) => `<${root}>`).join(' or ');
  throw new EvidenceFault(`Its root element is <${name.slice(0, 60)}>; ${format} has ${wanted}.`);
}
