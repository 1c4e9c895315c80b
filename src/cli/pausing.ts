/** `pace status`, `pause` and `resume` at the command line. */
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { PauseOptions, ResumeOptions, StatusOptions } from '../commands/options.ts';
import { type Paused, pause, type Resumed, resume } from '../commands/pause.ts';
import { type Status, status } from '../commands/status.ts';
import type { Session } from './session.ts';

export const pausing = {
  status: async (session: Session, options: StatusOptions) => {
    const known = await status(session.world, options, session.signal);
    await session.answer(known, () => statusText(known));
  },
  pause: async (session: Session, options: PauseOptions) => {
    const paused = await pause(session.world, options, session.signal);
    await session.answer(paused, () => pausedText(paused));
  },
  resume: async (session: Session, options: ResumeOptions) => {
    const resumed = await resume(session.world, options, session.signal);
    await session.answer(resumed, () => resumedText(resumed));
  },
};

function statusText({ gate, repository, branch, sprint, day, pauses, unknown }: Status): string {
  const place = [
    plainLine(repository),
    ...(branch === '' ? [] : [`branch ${plainLine(branch, 60)}`]),
    ...(sprint === '' ? [] : [`sprint ${plainLine(sprint, 60)}`]),
    ...(day === null ? [] : [`day ${day}`]),
  ];
  const nothing =
    unknown.length === 0 ? 'Nothing holds and nothing is paused.' : 'Nothing is known to hold or to pause.';
  return [
    `Gate ${plainLine(gate)} (${place.join(', ')})`,
    ...(pauses.length === 0 ? [nothing] : []),
    ...pauses.map(({ kind, reason, url }) => `${LABELS[kind]}  ${plainLine(reason, 500)} ${plainLine(url)}`.trimEnd()),
    ...unknown.map((what) => `Unknown:   ${plainLine(what, 500)}`),
  ]
    .map((line) => `${line}\n`)
    .join('');
}

const LABELS: Record<Status['pauses'][number]['kind'], string> = {
  sprint: 'Not begun:',
  variable: 'Paused:   ',
  person: 'Paused:   ',
  freeze: 'Frozen:   ',
  hold: 'Held:     ',
  review: 'Review:   ',
};

function pausedText({ gate, end, seenBy }: Paused): string {
  return `Gate ${plainLine(gate)} is paused until ${end || '`pace resume`'}, for days and changes. ${seenBy}\n`;
}

function resumedText({ gate, ended, variable }: Resumed): string {
  const what = ended ? `Gate ${plainLine(gate)} goes on.` : `Gate ${plainLine(gate)} was not paused by a person.`;
  return `${what}${variable ? ' PACE_PAUSED is false.' : ''} What else pauses it: pace status\n`;
}
