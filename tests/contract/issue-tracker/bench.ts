/** What a platform's test hands to the suite. */
import type { IssueDraft, TrackerDriver } from '../../../core/ports/index.ts';
import type { Answer } from '../../support/loopback.ts';
import type { TestWorld } from '../../support/world.ts';

/** What the capabilities do not tell. All have a default. */
export interface TrackerFacts {
  /** `equivalent`: the platform has a text form of its own; the same words come back in the same order. */
  readonly bodyFidelity: 'exact' | 'equivalent';
  /** The same of comments, where it is another. */
  readonly commentFidelity?: 'exact' | 'equivalent';
  /** What a comment keeps of a text in its normal form, where that is less than a body does. */
  readonly commentForm?: (form: string) => string;
  /** Creating more than a hundred issues takes seconds at most. */
  readonly manyIssues: boolean;
  /** The requests that the first three issues of a list cost; more than one only where a page does not tell all of an issue. */
  readonly costOfThree: number;
  /** A well-formed key of an issue that does not exist. */
  readonly unknownKey: string;
  /** Keys that can never be one. None of them may reach another address of the server. */
  readonly malformedKeys: readonly string[];
  /** Ids of people who exist and can be assigned: at least one, two where the tracker takes several. */
  readonly people: readonly string[];
  /** Whoever is named can be given an issue: the tracker knows no accounts. */
  readonly anybody: boolean;
  /** At least two types, where the tracker has them: those of its capabilities, else `bug` and `task`. */
  readonly types: readonly string[];
  /** What an issue has when nobody has said it, where that is something: `{ type: 'task', priority: 2 }`. */
  readonly defaults: { readonly type?: string; readonly priority?: number };
  /** What an issue must have to be a parent, and to be a child: `{ type: 'epic' }`. */
  readonly parent: Partial<IssueDraft>;
  readonly child: Partial<IssueDraft>;
  /** What can be done to an issue that its `updatedAt` does not tell. Whether a link is told is left to each tracker. */
  readonly untold: readonly ('title' | 'body' | 'labels' | 'state' | 'comment')[];
  /** No state can have a second name here: the cases that need two are skipped. */
  readonly oneNamePerState: boolean;
}

export const DEFAULT_FACTS: Omit<TrackerFacts, 'types'> = {
  bodyFidelity: 'exact',
  manyIssues: false,
  costOfThree: 1,
  unknownKey: '999999',
  malformedKeys: ['', ' ', '../1', '1/comments', '1?state=open', '1#x', '%2e%2e', 'no such key!', '-1', '1 OR 1=1'],
  people: [],
  anybody: false,
  defaults: {},
  parent: {},
  child: {},
  untold: [],
  oneNamePerState: false,
};

/** The bench does not say or cannot do what a case needs: a mistake, but where the server is somebody's own. */
export class BenchLacks extends Error {}

export interface TrackerBench {
  /** A server of somebody's own: what only a stand-in tells or does is skipped there, with the reason. */
  readonly real?: boolean;
  /** The platform's calls; the suite looks at them through the whole port, as everybody does. */
  readonly tracker: TrackerDriver;
  readonly facts?: Partial<TrackerFacts>;
  /** The world that the driver was made with, when its clock is that of the tracker (local). */
  readonly world?: TestWorld;
  /** Another driver on the same server, as another process has it: with its own memory and, in a world of its own, its own view of the network. */
  another?(): TrackerDriver | Promise<TrackerDriver>;
  /** A driver on the same server for which some state has several names; needed where that takes a setting. */
  severalNames?(): TrackerDriver | Promise<TrackerDriver>;
  /** Lets the clock of the server move on, so that the next issue is newer than the last one. */
  tick?(): Promise<void> | void;
  /**
   * Takes the issue where a person can: to another repository, project, team or board, where it has a number that another issue of
   * this place has, if numbers are given anew there. Absent where issues cannot be moved.
   */
  moveAway?(key: string): Promise<void> | void;
  /** Makes a milestone by the server's own means; needed where the tracker has milestones and cannot create them. */
  makeMilestone?(title: string): Promise<void> | void;
  /** Puts an issue into a sprint of this name; needed where the tracker tells sprints. */
  putIntoSprint?(key: string, sprint: string): Promise<void> | void;
  /** What the server has seen so far. Needed to prove that what is refused is not sent. */
  requests?(): RequestCount;
  /** Plans an odd answer; the returned function takes back what has not happened yet. */
  answerNext?(odd: OddAnswer, when?: OddMoment): () => void;
  /** Answers hold the issue of this key without its title, and its author without a name, until the returned function is called. */
  spoil?(key: string): () => void;
  /** What cannot hold here yet: name of a case → reason. A case that does not exist is an error. */
  readonly gaps?: Readonly<Record<string, string>>;
  dispose(): Promise<void>;
}

export interface RequestCount {
  readonly all: number;
  readonly writes: number;
}

/** An answer instead of the server's own; `reset`: no answer, and nothing done; `lost`: done, and no answer. */
export type OddAnswer = Answer | 'reset' | 'lost';

export interface OddMoment {
  /** 1: the next request of the kind. */
  readonly at?: number;
  /** From then on, so many times: 1. */
  readonly times?: number;
  /** Which requests count; all when absent. */
  readonly of?: 'read' | 'write';
}
