/** Proposed sources as YAML that can be pasted below `evidence:`, and what could not be one. Pure. */
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { DetectedBeside } from '../commands/evidence/detect.ts';
import { evidenceItems } from '../config/initial-text.ts';
import type { Unread } from '../gate/evidence/detect/proposals.ts';
import { count } from '../gate/evidence/finding-text.ts';

export function detectedText({ sources, unread, isWhole, isFurther }: DetectedBeside): string {
  const place = isFurther ? '# To be added below `evidence:` in the configuration:' : 'evidence:';
  const proposed =
    sources.length > 0
      ? [place, ...evidenceItems(sources)]
      : ['# No file was found that is evidence and that the configuration does not have.'];
  const others = unread.length > 0 ? ['', '# These look like reports, and PACE does not read them:'] : [];
  const cut = isWhole ? [] : ['', '# There are more files than are looked at: there may be more evidence.'];
  return [...proposed, ...others, ...unread.map(unreadText), ...cut].map((line) => `${line}\n`).join('');
}

function unreadText({ path, files, what, instead }: Unread): string {
  const many = files === 1 ? '' : ` (${count(files, 'file')})`;
  return `# - ${plainLine(path, 200)}${many}: ${plainLine(what, 120)}. ${plainLine(instead, 300)}`;
}
