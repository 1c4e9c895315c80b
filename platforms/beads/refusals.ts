/** What the refusals of `bd` mean. https://github.com/steveyegge/beads/tree/main/docs */
import type { KnownRefusal } from '../../core/programs/program.ts';

/** It says the same in a fresh clone, whose database is not there yet. */
const NO_WORKSPACE =
  'In a clone that has `.beads`, please run `bd bootstrap`; in a new project `bd init`; or set `beads.directory` in pace.config.yaml to the folder that has `.beads`.';

/** A clone has the folder `.beads`, and not the database: that is made from the remote, a backup or `issues.jsonl`. */
const FRESH_CLONE =
  'In a fresh clone, please run `bd bootstrap` (`bd bootstrap --dry-run` tells what it would do); only a new project needs `bd init`.';

/** What bd says where an id is nobody's: everything else that it cannot show is trouble of another kind. */
export const NO_SUCH_ISSUE =
  /no issues? found|\bissues? \S+ not found|\bnot found: issue\b|^(?:issue )?not found\b|ambiguous id\b/i;

/** From the most telling words to the least. */
export const REFUSALS: readonly KnownRefusal[] = [
  {
    like: /unknown (?:shorthand )?(?:flag|command)/i,
    kind: 'unsupported',
    remedy: 'This version of bd is too old for that: please update it.',
  },
  {
    like: /fresh clone|database\b.*\bnot found|post-migration validation failed|issue_prefix\b.*\b(?:missing|not set)|bd bootstrap/i,
    kind: 'configuration',
    remedy: FRESH_CLONE,
  },
  {
    like: /no (?:active )?beads (?:workspace|database|project)|not initialized|bd init/i,
    kind: 'configuration',
    remedy: NO_WORKSPACE,
  },
  {
    like: /\blocked\b|\block held|exclusive lock|database is busy|another process|connection refused|unreachable|server is not running|timed? ?out|deadline exceeded/i,
    kind: 'transient',
    remedy: 'Another process may hold the issues, or the Dolt server is down: please try again, or see `bd doctor`.',
  },
  {
    like: /read-?only|permission denied/i,
    kind: 'permission',
    remedy: 'Please allow the user that runs PACE to write the folder `.beads`.',
  },
  {
    like: NO_SUCH_ISSUE,
    kind: 'not-found',
    remedy: 'Please check the id: `bd list --all` shows all of them.',
  },
  {
    like: /too (?:large|long)\b/i,
    kind: 'validation',
    remedy: 'Please shorten what bd names.',
  },
  {
    like: /failed to (?:open|read|load|search|query|get|check)\b|cannot open|not a database|malformed|corrupt|no such (?:table|column)|(?:table|column)\b.*\bnot found/i,
    kind: 'configuration',
    remedy: 'bd cannot read its database: please run `bd doctor`, which says how to mend it.',
  },
  {
    like: /already claimed|not claimable/i,
    kind: 'conflict',
    remedy: 'Please take another issue.',
  },
  {
    like: /cannot close|invalid status|blocked by/i,
    kind: 'transition',
    remedy: 'Please first close what it waits for, or use `bd close --force` by hand.',
  },
  {
    like: /invalid|cannot|can only|must be|required|too long|already exists|unique constraint|duplicate|cycle|circular|maximum hierarchy depth/i,
    kind: 'validation',
    remedy: 'Please correct what bd names.',
  },
];
