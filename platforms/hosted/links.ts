/** Links between issues: each stands at one end, and is read from both. */

import { INVERSE_LINK, type IssueLink } from '../../core/ports/issue.ts';
import { type Api, refIn } from './api.ts';
import { toIssue, toLink, type WireIssue, wordFor } from './wire.ts';

export async function linksOf(api: Api, key: string): Promise<IssueLink[]> {
  const all = await api.all();
  const issue = all.get(key) ?? (await api.one(key));
  const own = toIssue(issue).links ?? [];
  const others = [...all].flatMap(([other, wire]) =>
    other === key
      ? []
      : (toIssue(wire).links ?? [])
          .filter(({ target }) => target === key)
          .map(({ type }) => ({ type: INVERSE_LINK[type], target: other })),
  );
  const distinct = new Map([...own, ...others].map((link) => [`${link.type} ${link.target}`, link]));
  return [...distinct.values()];
}

export async function createLink(api: Api, key: string, link: IssueLink): Promise<void> {
  const known = await linksOf(api, key);
  const target = await api.refOf(link.target);
  if (known.some(({ type, target: to }) => type === link.type && to === link.target)) return;
  const word = wordFor(link.type);
  // what has a word at the other end alone is written there
  if (word === undefined) return createLink(api, link.target, { type: INVERSE_LINK[link.type], target: key });
  const issue = await api.one(key);
  await writeLinks(api, issue, [...linksIn(issue), { type: word, target }]);
}

export async function deleteLink(api: Api, key: string, link: IssueLink): Promise<void> {
  await without(api, key, link);
  await without(api, link.target, { type: INVERSE_LINK[link.type], target: key });
}

async function without(api: Api, key: string, { type, target }: IssueLink): Promise<void> {
  const issue = await api.one(key);
  const links = linksIn(issue);
  const left = links.filter((wire) => {
    const link = toLink(wire);
    return link?.type !== type || link.target !== target;
  });
  if (left.length < links.length) await writeLinks(api, issue, left);
}

function linksIn({ links }: WireIssue): readonly unknown[] {
  return Array.isArray(links) ? links : [];
}

async function writeLinks(api: Api, issue: WireIssue, links: readonly unknown[]): Promise<void> {
  await api.push({ ref: refIn(issue.ref), action: 'update', patch: { links } });
}
