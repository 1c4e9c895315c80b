import { describe, expect, it } from 'vitest';
import { type Log, readLog } from '../../../core/spec-kitty/events.ts';
import { jsonLine } from '../../../core/spec-kitty/json-text.ts';
import { laneOf, reduced, statusFile } from '../../../core/spec-kitty/reducer.ts';
import { sampleText } from './samples.ts';

const TYPE = { type: 'software-dev' };

function logOf(text: string): Log {
  const read = readLog(text);
  if ('corrupt' in read) throw new Error(JSON.stringify(read.corrupt));
  return read.log;
}

function move(over: Record<string, unknown> = {}): string {
  return jsonLine({
    actor: 'ann',
    at: '2026-11-30T03:10:31.267042+00:00',
    event_id: '01M8N6XGB25V59TP7M89EVZDPA',
    execution_mode: 'worktree',
    force: false,
    from_lane: 'genesis',
    mission_slug: 'owl',
    to_lane: 'planned',
    wp_id: 'WP01',
    ...over,
  });
}

function note(delta: Record<string, unknown>, over: Record<string, unknown> = {}): string {
  return jsonLine({
    actor: 'ann',
    at: '2026-11-30T03:10:38.987701+00:00',
    delta,
    event_id: '01M8N6XQWB1CD3GXGTW57SNHZ9',
    kind: 'annotation',
    wp_id: 'WP01',
    ...over,
  });
}

function workPackage(lines: readonly string[], id = 'WP01'): Record<string, unknown> {
  return Object.fromEntries(reduced(logOf(lines.join('\n'))).workPackages.get(id) ?? []);
}

describe('status.json', () => {
  it.each(['planned', 'ended'] as const)('is made as Spec Kitty has made it, byte for byte: %s', (sample) => {
    expect(statusFile(logOf(sampleText(sample, 'status.events.jsonl')), TYPE)).toBe(sampleText(sample, 'status.json'));
  });

  it('has no type where the folder of the log has no meta.json, as on a coordination branch', () => {
    expect(statusFile(logOf(sampleText('coordination', 'status.events.jsonl')), {})).toBe(
      sampleText('coordination', 'status.json'),
    );
  });

  it('of an empty log counts nothing', () => {
    expect(JSON.parse(statusFile(logOf(''), {}))).toMatchObject({
      event_count: 0,
      last_event_id: null,
      materialized_at: '',
      work_packages: {},
    });
  });

  it('tells the number of a mission that is merged, or has its number in its name', () => {
    const numberIn = (slug: string, number?: number) =>
      JSON.parse(statusFile(logOf(move({ mission_slug: slug })), number === undefined ? {} : { number }))
        .mission_number;
    expect([numberIn('owl', 12), numberIn('083-owl'), numberIn('owl')]).toEqual(['12', '83', '']);
  });

  it('takes no slug that leads out of a folder', () => {
    expect(JSON.parse(statusFile(logOf(move({ mission_slug: '../../evil' })), {})).mission_slug).toBe('');
  });

  it('tells of a retrospective where the log does', () => {
    const line = (name: string, id: string, payload: unknown) =>
      jsonLine({ event_name: `retrospective.${name}`, at: `2026-11-30T03:10:3${id}Z`, event_id: id, payload });
    const mode = { value: 'autonomous', source_signal: { kind: 'environment', evidence: 'CI' } };
    const text = [
      line('requested', '1', { mode }),
      line('proposal.generated', '2', {}),
      line('completed', '3', { record_path: 'r.yaml' }),
    ];
    expect(JSON.parse(statusFile(logOf(text.join('\n')), {})).retrospective).toEqual({
      ...{ status: 'completed', mode, record_path: 'r.yaml' },
      ...{ proposals_total: 1, proposals_applied: 0, proposals_rejected: 0, proposals_pending: 1 },
    });
  });
});

describe('the reducer', () => {
  it('goes by the times, then by the ids, and not by the order of the lines', () => {
    const later = move({
      from_lane: 'planned',
      to_lane: 'claimed',
      at: '2026-11-30T03:10:31.300000+00:00',
      event_id: '01M8N6XGK7YXA1VSKWBQ8AWZS7',
    });
    expect(laneOf(reduced(logOf([later, move()].join('\n'))).workPackages.get('WP01'))).toBe('claimed');
  });

  it('counts a line that stands twice once', () => {
    expect(reduced(logOf([move(), move()].join('\n'))).moves).toBe(1);
  });

  it('lets a reviewer who sends back win over a move of the same moment', () => {
    const back = move({ from_lane: 'in_review', to_lane: 'in_progress', event_id: '01M8N6XGB25V59TP7M89EVZDPA' });
    const on = move({ from_lane: 'in_review', to_lane: 'approved', event_id: '01M8N6XGB25V59TP7M89EVZDPB' });
    expect(workPackage([on, back])).toMatchObject({ lane: 'in_progress' });
  });

  it('keeps what notes have said when a work package moves, and folds notes last', () => {
    const on = move({
      from_lane: 'planned',
      to_lane: 'claimed',
      at: '2026-11-30T03:11:00.000000+00:00',
      event_id: '01M8N6XXGWE5YS949WFC81C4NK',
      policy_metadata: { agent: 'codex', shell_pid: 7 },
    });
    const notes = [
      note({ agent: 'claude', assignee: 'ann', note: 'one', tracker_refs: ['OWL-1'] }),
      note({ note: 'two', tracker_refs: ['OWL-1', '#2'], subtasks: { T001: 'done' } }, { at: '2026-11-30T03:12:00Z' }),
    ];
    expect(workPackage([move(), ...notes, on])).toMatchObject({
      ...{ lane: 'claimed', agent: 'claude', assignee: 'ann', shell_pid: 7 },
      ...{ notes: ['one', 'two'], tracker_refs: new Set(['OWL-1', '#2']), subtasks: new Map([['T001', 'done']]) },
    });
  });

  it('replaces references, releases a claim, and takes an empty text for none', () => {
    const notes = [
      note({ agent: 'claude', shell_pid: 4, tracker_refs: ['OWL-1'] }),
      note({ agent: '', tracker_refs_replace: ['#2', '#2'] }, { at: '2026-11-30T03:12:00Z' }),
    ];
    expect(workPackage([move(), ...notes])).toMatchObject({ agent: 'claude', tracker_refs: new Set(['#2']) });
    const released = note({ release_runtime_claim: true }, { at: '2026-11-30T03:13:00Z' });
    expect(workPackage([move(), ...notes, released])).toMatchObject({ agent: null, shell_pid: null });
  });

  it('shows a work package that has notes alone without a lane', () => {
    expect(workPackage([note({ note: 'early' })])).toMatchObject({ lane: 'uninitialized', last_event_id: null });
  });

  it('takes an empty list of subtasks, and an empty list of references, for what is there', () => {
    expect(workPackage([move(), note({ subtasks: {}, tracker_refs: [] })])).toMatchObject({
      subtasks: new Map(),
      tracker_refs: new Set(),
    });
  });

  it.each([[[]], [{}], [''], [0], [false], [null]])('releases no claim for %j', (released) => {
    expect(workPackage([move(), note({ agent: 'claude', release_runtime_claim: released })])).toMatchObject({
      agent: 'claude',
    });
  });

  it.each([
    [null, 'None'],
    [true, 'True'],
    [7, '7'],
  ])('shows the actor %j as Python writes it', (actor, shown) => {
    expect(workPackage([move({ actor })])['actor']).toBe(shown);
  });

  it('tells whose words the reason of a cancellation is', () => {
    const reasonOf = (reason: string | null) => workPackage([move({ to_lane: 'canceled', reason })])['reason_source'];
    expect([reasonOf('Not needed'), reasonOf('Force move to canceled'), reasonOf(null)]).toEqual([
      'operator',
      'synthetic',
      'synthetic',
    ]);
  });

  it('has nothing of a review that was left by force', () => {
    const on = move({ from_lane: 'in_review', to_lane: 'blocked', force: true, reason: 'x' });
    expect(workPackage([on])).toMatchObject({ review_result: null, force_count: 1 });
  });
});

describe('the log', () => {
  const corrupt = (line: string) => {
    const read = readLog(`${move()}\n${line}\n`);
    return 'corrupt' in read ? read.corrupt.map(({ line: at }) => at) : 'fine';
  };

  it.each([
    ['a kind that Spec Kitty does not know', jsonLine({ kind: 'pace', event_id: 'x' })],
    ['half a line', '{"kind": "annot'],
    ['a list', '[1]'],
    ['a byte order mark', `\ufeff${move()}`],
    ['a lane that is none', move({ to_lane: 'doing' })],
    ['an actor with another key', move({ actor: { role: 'x', profile: null, tool: 'y', model: null, more: 'z' } })],
    ['a note without a ULID', note({ note: 'x' }, { event_id: 'x' })],
    ['a subtask in a lane that is none', note({ subtasks: { T001: 'ready' } })],
    ['a line of something else', jsonLine({ hello: 'there' })],
    ['a process that is no number', note({ shell_pid: '' })],
    ['references that are no list', note({ tracker_refs: 0 })],
    ['evidence without a reviewer', move({ evidence: { review: { verdict: 'approved' } } })],
    ['a separator of lines inside a text', move().replace('ann', 'a\u2028n')],
  ])('is corrupt with %s, as the program takes it', (_, line) => {
    const [first] = corrupt(line);
    expect(first).toBe(2);
  });

  it.each([
    ['what others tell by `event_type`', jsonLine({ event_type: 'DecisionPointOpened', wp_id: 3 })],
    ['an empty line', '  '],
    ['a structured actor', move({ actor: { role: 'reviewer', profile: null, tool: 'user', model: null } })],
    ['a retrospective', jsonLine({ type: 'RetrospectiveSkipped' })],
  ])('has %s', (_, line) => {
    expect(corrupt(line)).toBe('fine');
  });

  it('knows the latest time and all ids', () => {
    const log = logOf(sampleText('ended', 'status.events.jsonl'));
    expect(log.latest).toBe('2026-11-30T03:12:22.952497+00:00');
    expect(log.ids.has('01M8N6R9M2FYG02SKAPS0P9XMB')).toBe(true);
  });

  it('is written by the program as it is here: sorted, spaced, in ASCII', () => {
    for (const line of sampleText('ended', 'status.events.jsonl').trim().split('\n')) {
      expect(jsonLine(JSON.parse(line))).toBe(line);
    }
    expect(jsonLine({ b: 'é€\u007f\u{1f600}', a: [1, null, {}] })).toBe(
      '{"a": [1, null, {}], "b": "\\u00e9\\u20ac\\u007f\\ud83d\\ude00"}',
    );
  });
});
