/** The link that a tracker keeps in place of one that it does not know. Pure. */
import type { IssueLink, LinkType } from '../ports/issue.ts';

/** Where an issue was found while another one was worked on: who has no such link keeps that they belong together. */
export function keptLink(types: readonly LinkType[], link: IssueLink): IssueLink {
  if (link.type !== 'discovered from' && link.type !== 'led to') return link;
  if (types.includes(link.type) || !types.includes('relates to')) return link;
  return { ...link, type: 'relates to' };
}
