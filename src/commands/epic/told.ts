/** Which issues of the tracker are epics and stories of the file already: what a person says, and what the file's own blocks say. */
import type { Epics } from '../../../core/epics/epic.ts';
import { plainLine } from '../../../core/text/untrusted-text.ts';
import { keysOf, type Outline } from '../../epic/outline.ts';
import { issueInBlock } from '../../epic/tracker-block.ts';
import type { ToldPair } from '../../sync/engine.ts';
import type { OpenedBackend } from '../../tracker/backends/open.ts';
import { ownKey } from '../../tracker/backends/references.ts';
import { usageError } from '../../tracker/usage.ts';
import type { EpicRun } from './context.ts';
import type { EpicOptions } from './options.ts';

/** By their keys as the tracker tells them. Throws for one that is not there, and where a new file would stay empty. */
export async function epicsNamed(
  { tracker }: OpenedBackend,
  { epic = [] }: EpicOptions,
  outline: Outline,
): Promise<string[]> {
  if (epic.length === 0 && outline.size === 0)
    throw usageError('The file has no epic yet.', 'Please name the one that is to come into it: --epic KEY');
  return Promise.all(epic.map(async (key) => (await tracker.getIssue(ownKey(key))).key));
}

/** What a person says of epics, and what the file’s own blocks say. */
export function toldIn(run: EpicRun): ToldPair[] {
  const { checked, outline, opened } = run;
  const epics = keysOf(outline, 'epic');
  const meant = run.epics.flatMap((key): ToldPair[] => {
    const own =
      epics.find((each) => each.toLowerCase() === key.toLowerCase()) ?? (epics.length === 1 ? epics[0] : undefined);
    if (own !== undefined) return [{ a: own, b: key, isMeant: true }];
    // a file that has none yet gets it
    if (epics.length === 0) return [];
    throw usageError(
      `The file has several epics, and none has the key ${plainLine(key, 60)}: ${epics.join(', ')}.`,
      'Please write its key in its heading: ## Epic: KEY - Title',
    );
  });
  const said = blocksIn(checked.epics, opened.b).filter(({ a }) => !meant.some((one) => one.a === a));
  return [...meant, ...said];
}

function blocksIn({ sections }: Epics, { platform, section: settings }: OpenedBackend): ToldPair[] {
  const names = [platform.title, platform.name].map((name) => name.toLowerCase());
  return sections.flatMap((section): ToldPair[] => {
    const key = issueInBlock(section, (name, url) => {
      if (!names.includes(name.toLowerCase())) return false;
      const address = url === undefined ? null : URL.parse(url);
      return !address || !platform.readIssueUrl || platform.readIssueUrl(address, settings) !== undefined;
    });
    return key === undefined ? [] : [{ a: section.key, b: key, isMeant: false }];
  });
}
