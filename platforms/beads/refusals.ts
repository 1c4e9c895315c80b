/** What the refusals of `bd` mean. https://github.com/steveyegge/beads/tree/main/docs */
import { type PaceError, unsupported } from '../../core/errors.ts';
import type { KnownRefusal } from '../../core/programs/program.ts';

const NO_WORKSPACE =
  'Please run `bd init` in the folder of the issues, or set `beads.directory` in pace.config.yaml to a folder that has `.beads`.';

/** From the most telling words to the least. */
export const REFUSALS: readonly KnownRefusal[] = [
  {
    like: /unknown (?:shorthand )?(?:flag|command)/i,
    kind: 'unsupported',
    remedy: 'This version of bd is too old for that: please update it.',
  },
  {
    like: /no (?:active )?beads (?:workspace|database|project)|not initialized|bd init/i,
    kind: 'configuration',
    remedy: NO_WORKSPACE,
  },
  {
    like: /\blocked\b|lock held|database is busy|another process|connection refused|timed? ?out/i,
    kind: 'transient',
    remedy: 'Another process may hold the issues: please try again.',
  },
  {
    like: /read-?only|permission denied/i,
    kind: 'permission',
    remedy: 'Please allow the user that runs PACE to write the folder `.beads`.',
  },
  {
    like: /no issues? found|(?:issue|parent)s?\b.* not found|not found: /i,
    kind: 'not-found',
    remedy: 'Please check the id: `bd list --all` shows all of them.',
  },
  {
    like: /cannot close|invalid status|blocked by/i,
    kind: 'transition',
    remedy: 'Please first close what it waits for, or use `bd close --force` by hand.',
  },
  {
    like: /invalid|cannot|must be|required|too long|already exists|duplicate|cycle|circular/i,
    kind: 'validation',
    remedy: 'Please correct what bd names.',
  },
];

/** The refusal of what this version of the program cannot do. */
export function tooOld(deed: string): PaceError {
  return unsupported('beads', deed, 'This version of bd has no way to do it: please update bd.');
}
