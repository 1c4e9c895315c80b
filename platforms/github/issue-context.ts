/** Issues of this repository and of those that they were moved to: where a key leads, and how an issue there is called from here. */
import type { Issue, IssueLink } from '../../core/ports/index.ts';
import { addressOf, findIssue, placeOf } from './address.ts';
import type { Api } from './api.ts';
import { seenFrom, type WireIssue } from './issue-wire.ts';

/** `place` is the API of the repository that a key names: there it is a plain number. */
export type Act<Given extends unknown[], Answer> = (place: Api, number: string, ...given: Given) => Promise<Answer>;

export interface Places {
  /** What the key names, followed to where it was moved. */
  find(operation: string, key: string): Promise<{ readonly place: Api; readonly issue: WireIssue }>;
  /** Does something to an issue in the repository that its key names. */
  at<Given extends unknown[], Answer>(
    operation: string,
    act: Act<Given, Answer>,
  ): (key: string, ...given: Given) => Promise<Answer>;
  /** The issue as it is called from here: `12`, in another repository `owner/repo#12`. */
  seen(place: Api, issue: Issue): Issue;
  seenLinks(place: Api, links: readonly IssueLink[]): IssueLink[];
  /** A key of here, as the other repository takes it. */
  named(place: Api, key: string): string;
}

export function createPlaces(api: Api): Places {
  const isHere = (place: Api) => place === api;
  return {
    find: async (operation, key) => {
      const { api: asked, number } = placeOf(api, operation, key);
      const { issue, movedTo } = await findIssue(asked, operation, addressOf(asked, operation, number));
      return { issue, place: movedTo === undefined ? asked : placeOf(api, operation, movedTo).api };
    },
    at:
      (operation, act) =>
      async (key, ...given) => {
        const { api: place, number } = placeOf(api, operation, key);
        return act(place, number, ...given);
      },
    seen: (place, issue) => (isHere(place) ? issue : seenFrom(place.fullName, issue)),
    seenLinks: (place, links) =>
      links.map(({ type, target }) => ({ type, target: isHere(place) ? target : keyIn(place.fullName, target) })),
    named: (place, key) => (isHere(place) ? key : keyIn(api.fullName, key)),
  };
}

/** `12` → `owner/repo#12`; what has its repository's name keeps it. */
function keyIn(repository: string, key: string): string {
  return key.includes('/') ? key : `${repository}#${key.replace(/^#/, '')}`;
}
