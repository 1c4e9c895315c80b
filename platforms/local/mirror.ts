/** Issues of the gate as Markdown files under `.pace/`, for people. They are written, never read. */

import { join } from 'node:path';
import { isOwnerMark } from '../../core/adapters/owner.ts';
import { stateFolder } from '../../core/adapters/state-folder.ts';
import type { Kept } from '../../core/kept.ts';
import type { Comment, Issue, Metadata } from '../../core/ports/index.ts';
import { isRecord } from '../../core/record.ts';
import { minute } from '../../core/text/minute.ts';

export interface Mirrored {
  readonly issue: Issue;
  readonly comments: readonly Comment[];
  /** The database's path as people are shown it. */
  readonly database: string;
}

/** Where the issue's file is, relative to the workspace; `undefined` for issues that are not the gate's. */
export function mirrorPath(metadata: Metadata): string | undefined {
  const origin = originOf(metadata);
  switch (origin?.kind) {
    case 'escalation':
      return `${origin.folder}/day-${origin.day}/escalation-issue.md`;
    case 'advisory':
      return `${origin.folder}/advisory-day${origin.day}-${fileName(origin.agent)}.md`;
    case 'story':
      return `${origin.folder}/day-${origin.day}/story-ticket.md`;
    default:
      return undefined;
  }
}

/** Writes the issue's file, where it has one; a handoff on a story gets its own file too. */
export function mirrorIssue(kept: Kept, mirrored: Mirrored): void {
  const write = (file: string, text: string) => kept.write(kept.pathOf(join(kept.root, '..', file)), text);
  const origin = originOf(mirrored.issue.metadata);
  const path = mirrorPath(mirrored.issue.metadata);
  if (origin === undefined || path === undefined) return;
  write(path, document(mirrored));
  const handoff = mirrored.comments.findLast((comment) => /^#{1,6} .*\bhandoff\b/i.test(comment.body));
  if (origin.kind !== 'story' || !handoff) return;
  write(`${origin.folder}/day-${origin.day}/story-handoff-comment.md`, `${handoff.body.trimEnd()}\n`);
}

/** The issue is gone: so is its file. What was handed over is somebody's by now. */
export function removeMirror(kept: Kept, metadata: Metadata): void {
  const path = mirrorPath(metadata);
  if (path !== undefined) kept.remove(kept.pathOf(join(kept.root, '..', path)));
}

export interface Origin {
  readonly kind: string;
  readonly day: number;
  readonly agent: string;
  /** Where its gate keeps what it knows: each gate and branch has files of its own. */
  readonly folder: string;
}

/** What the gate has marked the issue with; `undefined` for everybody else's issues. */
export function originOf(metadata: Metadata): Origin | undefined {
  const origin = metadata['pace'];
  if (!isRecord(origin) || !('kind' in origin) || !('day' in origin)) return undefined;
  if (typeof origin.day !== 'number' || !Number.isSafeInteger(origin.day) || origin.day < 0) return undefined;
  if (typeof origin.kind !== 'string') return undefined;
  const agent = 'agent' in origin && typeof origin.agent === 'string' ? origin.agent : '';
  const owner = 'owner' in origin && isOwnerMark(origin.owner) ? stateFolder(origin.owner) : '';
  return { kind: origin.kind, day: origin.day, agent, folder: owner === '' ? '.pace' : `.pace/${owner}` };
}

function fileName(agent: string): string {
  const name = agent.toLowerCase().replace(/[^a-z0-9_]+/g, '-');
  return name.slice(0, 60) || 'pace';
}

function document({ issue, comments, database }: Mirrored): string {
  const facts = [
    `Status: ${issue.stateName}`,
    ...(issue.labels.length > 0 ? [`Labels: ${issue.labels.join(', ')}`] : []),
  ];
  const origin = `_Issue ${issue.key} of \`${database}\`, written by PACE. Changes to this file are not read._`;
  const parts = [`# ${issue.title}`, facts.join(' · '), origin, issue.body.trimEnd(), ...comments.map(section)];
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}

function section({ author, createdAt, body }: Comment): string {
  return `---\n\n**${author?.name ?? 'Somebody'}**, ${minute(createdAt)}:\n\n${body.trimEnd()}`;
}
