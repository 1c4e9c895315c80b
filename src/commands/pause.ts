/** `pace pause` and `pace resume`: a person stops a gate, days and changes, and lets it go on. */
import { PaceError } from '../../core/errors.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { World } from '../../core/world.ts';
import { getCiAdapter } from '../../platforms/index.ts';
import { PAUSE_VARIABLE } from '../gate/pause-word.ts';
import { type PersonsPause, readPause, removePause, shownEnd, writePause } from '../gate/state/pause-file.ts';
import { sprintTimeZone } from '../gate/which-day.ts';

import { sideOf } from './gate.ts';
import { needsKept, type OnState, onState, whoAmI } from './on-state.ts';
import type { PauseOptions, ResumeOptions } from './options.ts';
import { untilOf } from './until.ts';

export interface Paused extends PersonsPause {
  readonly gate: string;
  /** Its end in the time zone of the sprint, e.g. `2026-12-28 00:00 (Europe/Berlin)`; `''` where it has none. */
  readonly end: string;
  /** Which runs see it, in a sentence. */
  readonly seenBy: string;
}

/** Replaces a pause that is there. */
export async function pause(world: World, options: PauseOptions, signal?: AbortSignal): Promise<Paused> {
  return onState(world, options.config, signal, async ({ loaded, gate, kept }) => {
    needsKept(kept);
    const { config } = loaded;
    // it is written down, and may go to a branch that everybody reads
    const reason = plainLine(world.redact(options.reason ?? ''), 500).trim();
    if (reason === '') throw noReason();
    const timeZone = sprintTimeZone(config);
    const until = options.until ? { until: untilOf(options.until, world.now(), timeZone) } : {};
    const since = new Date(world.now()).toISOString();
    const pause: PersonsPause = { reason, by: plainLine(await whoAmI(world), 60), since, ...until };
    await writePause(kept, gate, pause);
    return { gate, ...pause, end: shownEnd(pause, timeZone), seenBy: reach(config.state) };
  });
}

function noReason(): PaceError {
  const message = 'A pause needs a reason: people will ask.';
  return new PaceError({ kind: 'validation', message, remedy: 'Please pass --reason "…".' });
}

function reach({ persist, branch }: { persist: string; branch: string }): string {
  if (persist === 'branch') return `All runs see it: it is kept on ${plainLine(branch, 60)}.`;
  return `Only runs in this checkout see it. Elsewhere set the variable ${PAUSE_VARIABLE} to true, or configure \`state.persist: branch\`.`;
}

export interface Resumed {
  readonly gate: string;
  /** The pause that is over; absent when there was none. */
  readonly ended?: PersonsPause;
  /** The variable was set to false as well. */
  readonly variable: boolean;
}

export async function resume(world: World, options: ResumeOptions, signal?: AbortSignal): Promise<Resumed> {
  return onState(world, options.config, signal, async (on) => {
    needsKept(on.kept);
    const ended = await readPause(on.kept, on.gate);
    await removePause(on.kept, on.gate);
    const variable = await resetVariable(on);
    return { gate: on.gate, ...(ended ? { ended } : {}), variable };
  });
}

/** Where a hold pauses by the variable, the variable is what has to be taken back. */
async function resetVariable({ world, loaded, faults }: OnState): Promise<boolean> {
  if (loaded.config.pause.by === 'issue') return false;
  const { platform, ...given } = sideOf(loaded, 'ci');
  const host = await getCiAdapter(platform, { world, faults, ...given });
  if (await host.setVariable(PAUSE_VARIABLE, 'false')) return true;
  const { message = '', remedy = '' } = faults.list.at(-1) ?? {};
  throw new PaceError({
    kind: 'permission',
    message: `${PAUSE_VARIABLE} could not be set to false. ${message}`,
    remedy,
  });
}
