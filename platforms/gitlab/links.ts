/** Links between issues. https://docs.gitlab.com/api/issue_links/ – GitLab keeps at most one between two issues. */
import type { IssueLinkSchema, IssueSchema } from '@gitbeaker/core';
import { asPaceError, PaceError, unsupported } from '../../core/errors.ts';
import { neededNumber } from '../../core/http/unexpected-answer.ts';
import type { IssueLink, LinkType } from '../../core/ports/index.ts';
import { cut } from '../../core/text/untrusted-text.ts';
import { invalid, isNumber } from './address.ts';
import { type IssueContext, placeOf } from './issue-context.ts';
import type { Maybe, Part } from './schema.ts';

export const LINK_TYPES = new Map([
  ['relates_to', 'relates to'],
  ['blocks', 'blocks'],
  ['is_blocked_by', 'is blocked by'],
] as const);
type WireLinkType = Parameters<typeof LINK_TYPES.get>[0];

/** The other issue, with how it is linked: an unknown word is still a link. */
export interface WireLinked extends Part<IssueLinkSchema, 'iid' | 'project_id' | 'issue_link_id'> {
  readonly link_type: string;
  readonly references?: Maybe<IssueSchema['references'], 'full'> | null;
}

export async function getIssueLinks(context: IssueContext, key: string): Promise<IssueLink[]> {
  const { context: place, number } = placeOf(context, key);
  const links = (await linked(place, number)).map((wire) => toLink(place.project, wire));
  return place === context ? links : links.map(({ type, target }) => ({ type, target: fullKey(place, target) }));
}

export async function createLink(context: IssueContext, key: string, { type, target }: IssueLink): Promise<void> {
  const { context: place, number } = placeOf(context, key);
  const { api, project } = place;
  const linkType = wireType(type);
  const [targetProject, iid] = addressOf(context, target);
  const there = (await getIssueLinks(context, key)).find((link) => isSame(context, link.target, target));
  if (there?.type === type) return;
  if (there) throw linkedAlready(key, there);
  try {
    await api.resources().issueLinks.create(project, number, targetProject, iid, { linkType });
  } catch (error) {
    throw refusal(asPaceError(error), target, type);
  }
}

export async function deleteLink(context: IssueContext, key: string, { type, target }: IssueLink): Promise<void> {
  addressOf(context, target);
  const { context: place, number } = placeOf(context, key);
  const found = (await linked(place, number)).find((wire) => {
    const link = toLink(place.project, wire);
    return link.type === type && isSame(context, fullKey(place, link.target), target);
  });
  if (found) await place.api.resources().issueLinks.remove(place.project, number, found.issue_link_id);
}

async function linked({ api, project }: IssueContext, number: number): Promise<WireLinked[]> {
  return api.resources().issueLinks.all(project, number);
}

/** An unknown kind of link is still a link. The project of the other issue is named where it is not our own. */
export function toLink(project: string, wire: WireLinked): IssueLink {
  const iid = String(neededNumber('GitLab', 'iid', wire.iid));
  const full = wire.references?.full ?? '';
  const isOurs = isNumber(project)
    ? wire.project_id === Number(project)
    : full === '' || full.toLowerCase() === `${project}#${iid}`.toLowerCase();
  const type: LinkType = (LINK_TYPES as ReadonlyMap<string, LinkType>).get(wire.link_type) ?? 'relates to';
  return { type, target: isOurs ? iid : full };
}

function wireType(type: LinkType): WireLinkType {
  const [found] = [...LINK_TYPES].filter(([, neutral]) => neutral === type);
  if (found) return found[0];
  throw unsupported('GitLab', `keep a link “${type}”`, `It has these: ${[...LINK_TYPES.values()].join(', ')}.`);
}

/** Project and number of `12` or `group/project#12`. */
function addressOf({ project }: IssueContext, target: string): [string, number] {
  const [, other = project, number = ''] = /^(?:([^#\s]+)#|#)?([^#]*)$/.exec(target) ?? [];
  if (isNumber(number)) return [other, Number(number)];
  throw invalid(
    `"${cut(target, 100)}" does not name a GitLab issue.`,
    'Please write the number only, as in `12`, or with its project, as in `group/project#12`.',
  );
}

/** `12` of a project, as every project takes it. */
function fullKey({ project }: IssueContext, target: string): string {
  return target.includes('#') ? target : `${project}#${target}`;
}

function isSame(context: IssueContext, one: string, other: string): boolean {
  return addressOf(context, one).join('#').toLowerCase() === addressOf(context, other).join('#').toLowerCase();
}

function linkedAlready(key: string, { type, target }: IssueLink): PaceError {
  return new PaceError({
    kind: 'conflict',
    message: `${key} has a link to ${target} already: it “${type}” ${target}. GitLab keeps one link between two issues.`,
    remedy: `Please remove that link first: \`pace issue unlink ${key} "${type}" ${target}\`.`,
  });
}

function refusal(error: PaceError, target: string, type: LinkType): PaceError {
  if (/licen[cs]e/i.test(error.vendorMessage ?? ''))
    return unsupported(
      'GitLab',
      `keep a link “${type}”`,
      'That needs GitLab Premium or Ultimate. Please use “relates to”.',
    );
  if (error.status !== 404) return error;
  return new PaceError({
    kind: 'not-found',
    message: `There is no issue ${cut(target, 100)} to link to, or the token may not see it.`,
    remedy: 'Please check the number; of another project with its path, as in `group/project#12`.',
    status: 404,
    cause: error,
  });
}
