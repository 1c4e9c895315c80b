/** `pace sprint …` at the command line. */
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { SprintShow, SprintStart } from '../commands/sprint/options.ts';
import { type ShownSprint, showSprint } from '../commands/sprint/show.ts';
import { type StartedSprint, startSprint } from '../commands/sprint/start.ts';
import type { Session } from './session.ts';

export const sprint = {
  start: async (session: Session, options: SprintStart) => {
    const started = await startSprint(session.world, options, session.signal);
    await session.answer(started, () => startedText(started));
  },
  show: async (session: Session, options: SprintShow) => {
    const shown = await showSprint(session.world, options);
    await session.answer(shown, () => shownText(shown));
  },
};

function startedText({ sprint, before, startDate, filed, file }: StartedSprint): string {
  const days = filed === 1 ? '1 day' : `${filed} days`;
  const earlier = before === '' ? 'before it' : `of ${plainLine(before, 60)}`;
  return `The sprint ${plainLine(sprint, 60)} begins on ${startDate}: ${plainLine(file)} says so. ${days} ${earlier} filed under .pace/sprints/. Open advisories go on; open escalations of the old sprint stay open, and pause nothing of the new one.\n`;
}

function shownText({ gate, sprint, startDate, day, totalDays, decided, notes, filed }: ShownSprint): string {
  const today = day === null ? '' : `, today is day ${day} of ${totalDays}`;
  const begun = startDate === '' ? '' : `, day 1 is ${startDate}`;
  return [
    `Gate ${plainLine(gate)}: sprint ${sprint === '' ? 'without a name' : plainLine(sprint, 60)}${begun}${today}.`,
    `Decided days: ${decided.join(', ') || 'none'}.`,
    ...notes.map((note) => plainLine(note, 500)),
    ...(filed.length > 0 ? [`Filed sprints: ${filed.map((name) => plainLine(name, 80)).join(', ')}.`] : []),
  ]
    .map((line) => `${line}\n`)
    .join('');
}
