/** All that is wrong, or could be better, with Markdown epics: errors (`E…`) and warnings (`W…`). Pure. */

import { LINK_TYPES } from '../ports/issue.ts';
import type { EpicFile, Epics, EpicText, Fault, Section, Subtask } from './epic.ts';
import { fault } from './faults.ts';
import { keyOfId } from './headings.ts';
import { readEpics } from './read-epics.ts';
import { textOfStory } from './story-text.ts';
import { linkTargets } from './values.ts';
import { pointsIn, priorityIn, saysNothing, stateIn } from './words.ts';

export interface Checked {
  readonly epics: Epics;
  /** In the order of the files. */
  readonly faults: readonly Fault[];
}

/** What `pace epic --validate` tells. */
export function checked(texts: readonly EpicText[]): Checked {
  const epics = readEpics(texts);
  const known: Known = {
    files: new Map(epics.files.map((file) => [file.path, file])),
    keys: new Set(epics.sections.flatMap(({ key, subtasks }) => [key, ...subtasks.map((one) => one.key)])),
  };
  const faults = [...shapeFaults(epics), ...epics.sections.flatMap((section) => sectionFaults(known, section))];
  const order = new Map(texts.map(({ path }, place) => [path, place]));
  const place = ({ path }: Fault) => order.get(path) ?? 0;
  return { epics, faults: faults.sort((a, b) => place(a) - place(b) || a.line - b.line || a.column - b.column) };
}

interface Known {
  readonly files: ReadonlyMap<string, EpicFile>;
  readonly keys: ReadonlySet<string>;
}

/** What makes an issue of these files mean two things: with such a file nothing is done. */
export function identityFaults({ files, sections }: Epics): Fault[] {
  const seen = new Map<string, Section>();
  const faults: Fault[] = [];
  const fileOf = new Map(files.map((file) => [file.path, file]));
  const meet = (key: string, line: number, section: Section) => {
    const before = seen.get(key.toLowerCase());
    const { lines, path } = fileOf.get(section.path) as EpicFile;
    if (!before) seen.set(key.toLowerCase(), section);
    else
      faults.push(
        fault('E004', path, lines.all, line, {
          at: lines.all[line]?.start ?? 0,
          message: `The id ${key} is there already${before.path === path ? '' : `, in ${before.path}`}.`,
          remedy: 'Please give one of the two another id.',
        }),
      );
  };
  for (const section of sections) {
    meet(section.key, section.header, section);
    for (const { key, line } of section.subtasks) meet(key, line, section);
  }
  return faults;
}

function shapeFaults(epics: Epics): Fault[] {
  const { files, sections } = epics;
  const first = files[0];
  const none = sections.every(({ kind }) => kind === 'epic');
  return [
    ...(first && none
      ? [
          fault('E001', first.path, first.lines.all, 0, {
            at: 0,
            message: 'There are no stories.',
            remedy: 'Please write each as `### ID: Title`, e.g. `### US-001: Sign in`.',
          }),
        ]
      : []),
    ...files.flatMap((file) => [...file.faults, ...unclosed(file)]),
    ...identityFaults(epics),
  ];
}

function unclosed({ path, lines }: EpicFile): Fault[] {
  return lines.unclosed.map(({ line, what }) =>
    fault('E101', path, lines.all, line, {
      at: lines.all[line]?.start ?? 0,
      message: `${what === 'code' ? 'This code' : 'This comment'} is never ended: whatever follows belongs to it.`,
      remedy: what === 'code' ? 'Please end it with the signs that it begins with.' : 'Please end it with `-->`.',
    }),
  );
}

function sectionFaults({ files, keys }: Known, section: Section): Fault[] {
  const file = files.get(section.path) as EpicFile;
  const lines = file.lines.all;
  const { key, kind } = section;
  const field = (name: string) => section.fields.find((one) => one.name === name);
  const at = (code: string, line: number, start: number, message: string, remedy: string) =>
    fault(code, file.path, lines, line, { at: start, message, remedy });
  const faults: Fault[] = [];
  const [status, priority, points] = [field('status'), field('priority'), field('points')];
  const header = [section.header, lines[section.header]?.start ?? 0] as const;
  if (kind === 'story') {
    const { triple, criteria } = textOfStory(section, lines);
    const { role, want, benefit } = triple;
    const lacking = [!role && 'As a', !want && 'I want', !benefit && 'So that'].filter((one) => one !== false);
    if (!status)
      faults.push(at('W001', ...header, `${key} has no status; it counts as planned.`, 'Please add `Status`.'));
    if (!points) faults.push(at('W002', ...header, `${key} has no story points.`, 'Please add `Story Points`.'));
    if (lacking.length > 0)
      faults.push(
        at(
          'W003',
          ...header,
          `${key} lacks ${lacking.map((one) => `“${one}”`).join(', ')}.`,
          'Please write **As a** …, **I want** …, **So that** ….',
        ),
      );
    if (criteria.length === 0)
      faults.push(
        at(
          'W004',
          ...header,
          `${key} has no acceptance criteria.`,
          'Please list them as `- [ ] …` below `#### Acceptance Criteria`.',
        ),
      );
  }
  if (status && !saysNothing(status.text) && !stateIn(status.text))
    faults.push(
      at(
        'W005',
        status.line,
        status.start,
        `The status “${status.text}” of ${key} is not known; it counts as planned.`,
        'Please write Planned, In Progress, In Review, Blocked, Done or Cancelled.',
      ),
    );
  if (priority && !saysNothing(priority.text) && priorityIn(priority.text) === undefined)
    faults.push(
      at(
        'W006',
        priority.line,
        priority.start,
        `The priority “${priority.text}” of ${key} is not known.`,
        'Please write Critical, High, Medium, Low or Lowest.',
      ),
    );
  if (points && !saysNothing(points.text) && pointsIn(points.text) === undefined)
    faults.push(
      at(
        'W007',
        points.line,
        points.start,
        `The story points of ${key} do not say a number.`,
        'Please write a number.',
      ),
    );
  faults.push(...linkFaults(keys, section, file), ...section.subtasks.flatMap((one) => subtaskFaults(file, one)));
  return faults;
}

function linkFaults(known: Known['keys'], section: Section, { path, lines }: EpicFile): Fault[] {
  const fields = section.fields.filter(({ name }) => (LINK_TYPES as readonly string[]).includes(name));
  const named = [
    ...fields.flatMap(({ line, start, text }) =>
      linkTargets(text).map((target) => ({ line, start, target, what: 'link' })),
    ),
    ...section.links.map(({ line, target }) => ({ line, start: lines.all[line]?.start ?? 0, target, what: 'link' })),
    ...section.fields
      .filter(({ name, text }) => name === 'parent' && !saysNothing(text))
      .map(({ line, start, text }) => ({ line, start, target: keyOfId(text.replaceAll('`', '')), what: 'parent' })),
  ];
  return named
    .filter(({ target }) => !known.has(target))
    .map(({ line, start, target, what }) =>
      fault(what === 'link' ? 'W009' : 'W012', path, lines.all, line, {
        at: start,
        message: `There is no ${target} here, which ${section.key} names as ${what === 'link' ? 'a link' : 'its parent'}.`,
        remedy: 'Please check the id.',
      }),
    );
}

function subtaskFaults({ path, lines }: EpicFile, { key, line, status, points }: Subtask): Fault[] {
  const faults: Fault[] = [];
  if (status && !saysNothing(status.text) && !stateIn(status.text))
    faults.push(
      fault('W005', path, lines.all, line, {
        at: status.start,
        message: `The status “${status.text}” of ${key} is not known; it counts as planned.`,
        remedy: 'Please write Planned, In Progress, In Review, Blocked, Done or Cancelled.',
      }),
    );
  if (points && !saysNothing(points.text) && pointsIn(points.text) === undefined)
    faults.push(
      fault('W007', path, lines.all, line, {
        at: points.start,
        message: `The points of ${key} do not say a number.`,
        remedy: 'Please write a number.',
      }),
    );
  return faults;
}
