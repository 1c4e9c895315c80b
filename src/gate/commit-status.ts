/** The commit status that says a verdict. Pure. */
import { statusContext } from '../../core/adapters/ci/gate-status.ts';
import type { CommitStatus } from '../../core/ports/index.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { webAddress } from '../../core/text/web-address.ts';
import type { PaceConfig } from '../config/schema.ts';
import type { Report } from './report.ts';
import { subjectTitle } from './subject.ts';
import { decisionWords, statusState } from './verdict.ts';

export interface Said extends Pick<Report, 'decision' | 'subject'> {
  /** Why; `''` on SHIP. */
  readonly reason: string;
  /** Where it leads; what is no web page is left out. */
  readonly url: string;
}

export function commitStatus(
  { gate, rules }: { readonly gate: string; readonly rules: PaceConfig['gate'] },
  { decision, subject, reason, url }: Said,
): CommitStatus {
  const why = reason ? `: ${plainLine(reason)}` : '';
  const address = webAddress(url);
  return {
    context: statusContext(gate),
    state: statusState(decision, rules),
    description: `${subjectTitle(subject)} ${decisionWords(decision, rules)}${why}`,
    ...(address === '' ? {} : { url: address }),
  };
}
