/** What the refusals of `fp` mean. https://fp.dev/docs */
import { type PaceError, unsupported } from '../../core/errors.ts';
import type { KnownRefusal } from '../../core/programs/program.ts';

export const REFUSALS: readonly KnownRefusal[] = [
  {
    like: /\.fp directory not found|not registered with fp|not in an fp project/i,
    kind: 'configuration',
    remedy: 'Please run `fp init` in the folder, or set `fp.directory` in pace.config.yaml to one that has `.fp`.',
  },
  {
    like: /not a database|malformed|corrupt|no such (?:table|column)|(?:cannot|could not|failed to|unable to) (?:open|read|load)\b/i,
    kind: 'configuration',
    remedy: 'fp cannot read its issues: please see what `fp issue list` says, and whether `fp update` mends it.',
  },
  {
    like: /(?:issue|comment) \S+ not found/i,
    kind: 'not-found',
    remedy: 'Please check the id: `fp issue list` shows all of them.',
  },
  {
    like: /invalid status/i,
    kind: 'transition',
    remedy: 'Please name a status of the project under `fp.states` in pace.config.yaml: `fp guide` lists them.',
  },
  {
    like: /unknown (?:argument|option|flag|command)|unrecognized|unexpected argument/i,
    kind: 'unsupported',
    remedy: 'This version of fp is too old for that: please run `fp update`.',
  },
  {
    like: /not logged in|unauthori[sz]ed|token (?:expired|invalid)/i,
    kind: 'authentication',
    remedy: 'Please run `fp auth login`, or set FP_TOKEN.',
  },
  {
    like: /\blocked\b|another process|timed? ?out|ECONNREFUSED|network/i,
    kind: 'transient',
    remedy: 'Another process may hold the issues, or the server does not answer: please try again.',
  },
  {
    like: /invalid|required|must be|cannot|rejected|not registered|cycle/i,
    kind: 'validation',
    remedy: 'Please correct what fp names; an extension of the project may have refused it.',
  },
];

export function tooOld(deed: string): PaceError {
  return unsupported('fp', deed, 'This version of fp has no way to do it: please run `fp update`.');
}
