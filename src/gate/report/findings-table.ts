/** The table of findings, the same rows in log, summary and issue. */
import { inlineMarkdown, plainLine } from '../../../core/text/untrusted-text.ts';
import { type Finding, type FindingResult, RESULTS } from '../finding.ts';

const ICONS: Record<FindingResult, string> = {
  FAIL: '🔴',
  UNKNOWN: '⚠️',
  WAIVED: '🟡',
  ADVISORY: '🟠',
  OBSERVED: '⚪',
  PARTIAL: '🔵',
  PASS: '✅',
};

/** Rows that a table shows; the rest is counted. */
const ROWS = 100;

/** What blocks first; within a result as it was read. */
export function ordered(findings: readonly Finding[]): Finding[] {
  return findings.toSorted((a, b) => RESULTS.indexOf(a.result) - RESULTS.indexOf(b.result));
}

export function proofOf(finding: Finding): string {
  const place =
    finding.file === undefined ? '' : ` (${finding.file}${finding.line === undefined ? '' : `:${finding.line}`})`;
  const waiver = finding.waiver;
  const waived = waiver ? ` Waived by ${waiver.owner} until ${waiver.expires}: ${waiver.reason}.` : '';
  return `${plainLine(finding.evidence)}${place}${waived}`;
}

export function findingsMarkdown(findings: readonly Finding[]): string {
  if (findings.length === 0) return 'Nothing was judged.';
  const rows = ordered(findings).map((finding) => {
    const check = inlineMarkdown(finding.check, 200);
    const shown = linked(check, finding.url);
    return `| ${ICONS[finding.result]}\u00a0${finding.result} | ${inlineMarkdown(finding.source, 60)} | ${shown} | ${inlineMarkdown(proofOf(finding), 500)} |`;
  });
  return [
    '| Result | Evidence | Check | Proof |',
    '| --- | --- | --- | --- |',
    ...rows.slice(0, ROWS),
    ...(rows.length > ROWS ? [`| | | … and ${rows.length - ROWS} more | in \`.pace/\` |`] : []),
  ].join('\n');
}

/** A report may name an address of any kind: only those of web pages become links. */
function linked(check: string, url: string | undefined): string {
  return url !== undefined && /^https?:\/\//i.test(url) ? `[${check}](<${encodeURI(decodeSafely(url))}>)` : check;
}

function decodeSafely(url: string): string {
  try {
    return decodeURI(url);
  } catch {
    return url;
  }
}

/** Lines for a log or a terminal; `paint` colours the word of the result. */
export function findingsText(
  findings: readonly Finding[],
  paint: (result: FindingResult, word: string) => string = (_, word) => word,
  more = ' in .pace/',
): string[] {
  const shown = ordered(findings);
  const width = Math.min(30, Math.max(0, ...shown.map(({ source }) => plainLine(source).length)));
  const lines = shown.map((finding) => {
    const source = plainLine(finding.source, 30).padEnd(width);
    const proof = proofOf(finding);
    return `${ICONS[finding.result]} ${paint(finding.result, finding.result.padEnd(8))} ${source}  ${plainLine(finding.check, 120)}${proof ? ` — ${plainLine(proof, 300)}` : ''}`;
  });
  return lines.length > ROWS ? [...lines.slice(0, ROWS), `… and ${lines.length - ROWS} more${more}`] : lines;
}
