/** Which commit a run is about: a scan of another one tells nothing of the judged one. */
import { gitOr } from '../../../../core/programs/git.ts';
import type { World } from '../../../../core/world.ts';
import { objects, stringOf } from '../json.ts';
import type { Json } from './rules.ts';

const SHORTEST = 7;
/** So many revisions git is asked about: a source has one, and a log may be written to name any number. */
const ASKED = 10;

/**
 * §3.14.17, §3.23.4: the revision that a run names, when it is not the judged one. A merge of the judged commit, as CI services
 * make one to test a change, is as good. A run that names none is believed, and so is any where no commit is judged.
 */
export function createOtherRevision(sha: string, world: World): (run: Json) => Promise<string | undefined> {
  const asked = new Map<string, Promise<boolean>>();
  function isMerge(revision: string): Promise<boolean> {
    const known = asked.get(revision);
    if (known) return known;
    const answer = asked.size < ASKED ? merges(revision, sha, world) : Promise.resolve(false);
    if (asked.size < ASKED) asked.set(revision, answer);
    return answer;
  }
  return async (run) => {
    const named = objects(run.versionControlProvenance)
      .map(({ revisionId }) => stringOf(revisionId)?.trim() ?? '')
      .filter((revision) => revision !== '');
    const [first] = named;
    if (sha === '' || first === undefined || named.some((revision) => isSame(revision, sha))) return undefined;
    for (const revision of named) if (await isMerge(revision)) return undefined;
    return first;
  };
}

function isSame(revision: string, sha: string): boolean {
  const [a, b] = [revision.toLowerCase(), sha.toLowerCase()];
  if (a === b) return true;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.length >= SHORTEST && /^[0-9a-f]+$/.test(short) && long.startsWith(short);
}

/** From the commit itself: a shallow clone hides the parents in all other answers. */
async function merges(revision: string, sha: string, world: World): Promise<boolean> {
  if (!/^[0-9a-f]{7,64}$/i.test(revision)) return false;
  const commit = await gitOr(world, ['cat-file', 'commit', revision]);
  const [head = ''] = commit?.split('\n\n', 1) ?? [];
  const parents = [...head.matchAll(/^parent ([0-9a-f]+)$/gm)].map(([, parent]) => parent);
  return parents.length > 1 && parents.includes(sha);
}
