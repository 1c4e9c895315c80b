/**
 * `pace sync WP03 --to REF`, `pace sync --from REF --to WP03`: the state of one work package goes to an issue of any tracker, or comes from
 * it. The two are one from then on.
 */
import { defined } from '../../../core/defined.ts';
import type { World } from '../../../core/world.ts';
import { MISSIONS, onlyMission } from '../../spec/missions.ts';
import { openBackend } from '../../tracker/backends/open.ts';
import { usageError } from '../../tracker/usage.ts';
import { endReference, turned } from './ends.ts';
import { onPairs, syncConfig } from './on-pairs.ts';
import type { SyncWorkPackage } from './options.ts';
import type { SyncDone } from './outcome.ts';
import { configuredPair, ofPair, type SyncContext } from './request.ts';

const WORK_PACKAGE = /^WP\d{2,}$/i;

export async function syncWorkPackage(
  outer: World,
  options: SyncWorkPackage,
  { engine, signal }: SyncContext,
): Promise<SyncDone> {
  const { config, mission, dryRun = false } = options;
  const { wp, reference: text, isFromIssue } = asked(options);
  const reference = endReference(text);
  if (typeof reference === 'string') throw usageError(reference);
  const folder = await onlyMission(outer.cwd, mission);
  const loaded = await syncConfig(outer, config);
  return onPairs(outer, { loaded, onlyReads: dryRun, signal }, async (world) => {
    const given = {
      a: await openBackend(world, { config, backend: folder }),
      b: await openBackend(world, { config, reference }),
    };
    const { pair, isTurned = false } = configuredPair(loaded.config.sync, { a: given.a.name, b: given.b.name }) ?? {};
    const opened = isTurned ? turned(given) : given;
    const [wpSide, issueSide] = isTurned ? (['b', 'a'] as const) : (['a', 'b'] as const);
    const read = isFromIssue ? issueSide : wpSide;
    const flow = read === 'a' ? ('to-b' as const) : ('to-a' as const);
    const keys = { a: wp, b: given.b.key };
    const report = await engine.link(world, opened, {
      ...ofPair(pair),
      keys: isTurned ? turned(keys) : keys,
      ...{ flow, prefer: read, brings: true, fields: ['state'], dryRun },
      ...defined({ signal }),
    });
    return { pair: pair?.name ?? null, names: { a: opened.a.name, b: opened.b.name }, flow, report };
  });
}

interface Asked {
  readonly wp: string;
  readonly reference: string;
  /** The issue is read, and the work package written. */
  readonly isFromIssue: boolean;
}

/** Throws a usage error with what is to be written instead. */
function asked({ wp, to, from, toJira, toLinear, toGithub }: SyncWorkPackage): Asked {
  const targets = [
    to,
    toJira === undefined ? undefined : `jira:${toJira}`,
    toLinear === undefined ? undefined : `linear:${toLinear}`,
    toGithub === undefined ? undefined : `github:${toGithub}`,
  ].filter((each) => each !== undefined);
  const [target, another] = targets;
  if (wp === undefined && from === undefined) throw usageError('It is not said what to bring in step.', FORMS);
  if (wp !== undefined && !WORK_PACKAGE.test(wp))
    throw usageError(`“${wp}” is neither a verb of \`pace sync\` nor a work package such as WP03.`, FORMS);
  if (wp !== undefined && from !== undefined) throw usageError('Both sides are to be read.', FORMS);
  if (target === undefined) throw usageError('It is not said where to.', FORMS);
  if (another !== undefined) throw usageError('More than one target is named.', FORMS);
  if (wp !== undefined) return { wp: wp.toUpperCase(), reference: target, isFromIssue: false };
  if (WORK_PACKAGE.test(target)) return { wp: target.toUpperCase(), reference: from ?? '', isFromIssue: true };
  throw usageError(`“${target}” is not a work package such as WP03.`, FORMS);
}

const FORMS = `Please write \`pace sync WP03 --to REF\` or \`pace sync --from REF --to WP03\` (with --mission SLUG where ${MISSIONS} has several); \`pace sync --help\` shows the verbs.`;
