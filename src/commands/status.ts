/** `pace status`: what holds, what is paused, until when and by whom. Judges nothing and writes nothing to host and tracker. */
import { createFaults } from '../../core/faults.ts';
import type { World } from '../../core/world.ts';
import { prepareRun } from '../gate/identity/prepare.ts';
import type { Pause } from '../gate/parts.ts';
import { pausesOf } from '../gate/pause.ts';
import { gateParts } from '../gate/run.ts';
import type { Subject } from '../gate/subject.ts';
import { MAX_DAY } from '../plan/day-number.ts';
import { sideOf } from './gate.ts';
import { onState } from './on-state.ts';
import type { StatusOptions } from './options.ts';

export interface Status {
  readonly gate: string;
  readonly repository: string;
  /** `''` for the default one. */
  readonly branch: string;
  readonly sprint: string;
  /** Today's day; `null` where nothing tells. */
  readonly day: number | null;
  readonly paused: boolean;
  readonly pauses: readonly {
    readonly kind: Pause['kind'];
    readonly reason: string;
    readonly until: string;
    readonly by: string;
    readonly url: string;
  }[];
  /** What could not be asked for, in sentences. */
  readonly unknown: readonly string[];
}

export function status(outer: World, options: StatusOptions, signal?: AbortSignal): Promise<Status> {
  return onState(outer, options.config, signal, async ({ loaded, world, kept }) => {
    const { file = '' } = loaded;
    const config = { ...loaded.config, gate: { ...loaded.config.gate, subject: 'day' } } as const;
    const faults = createFaults(world);
    const [ci, tracker] = [sideOf(loaded, 'ci'), sideOf(loaded, 'tracker')];
    const common = { world, config, ci, tracker, faults, dryRun: true };
    const prepared = await prepareRun({ ...common, file, asked: { day: options.day }, otherwise: MAX_DAY });
    const { owner, subject } = prepared;
    const parts = await gateParts({
      ...{ ...prepared, ...common, attempt: 1, secretNames: [] },
      subject: ofAnyDay(subject),
    });
    const unknown = kept.refusal ? [`what earlier runs and people have written down: ${kept.refusal.message}`] : [];
    const pauses: Pause[] = [];
    for await (const pause of pausesOf(parts, unknown)) pauses.push(pause);
    return {
      gate: owner.gate,
      repository: owner.repository.name,
      branch: owner.branch,
      sprint: owner.sprint,
      day: subject.kind === 'day' && subject.day.day < MAX_DAY ? subject.day.day : null,
      paused: pauses.length > 0,
      pauses: pauses.map(({ kind, reason, until = '', by = '', escalation, review }) => {
        return { kind, reason, until, by, url: escalation?.url ?? review?.url ?? '' };
      }),
      unknown,
    };
  });
}

/** Today's own hold is asked for as well. */
function ofAnyDay(subject: Subject): Subject {
  return subject.kind === 'day' ? { ...subject, day: { ...subject.day, day: MAX_DAY } } : subject;
}
