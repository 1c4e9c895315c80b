/** What a platform is, and what it must be told. */
import type { World } from '../world.ts';
import type { CodeHost, JobSubject } from './code-host.ts';
import type { TrackerDriver } from './tracker-driver.ts';

/** One folder under `platforms/`: what it is, what it needs, which ports it offers. */
export interface Platform {
  /** The name in configuration: equals the folder's name and the registry's key. */
  readonly name: string;
  /** The name people use: "GitHub". */
  readonly title: string;
  readonly needs: readonly Setting[];
  /** True when these environment variables belong to a CI job of this platform. */
  detectCi?(env: World['env']): boolean;
  /** What the job tells that PACE runs in; `undefined` when it is none of this platform's. Needs no setting, and makes no request. */
  subjectOfJob?(world: World): Promise<JobSubject | undefined>;
  /** Serves where nothing else is configured or detected; exactly one platform says so. */
  readonly fallback?: boolean;
  /** True when a git remote on this host name (e.g. `gitlab.example.org`) belongs to this platform. */
  detectRemote?(hostname: string): boolean;
  /**
   * What to do where a port is asked for that this platform does not offer, in words; where there are none, the platforms that
   * do are listed. Finding the CI or the remote of a platform with words about `ci` is an error, never a silent fallback.
   */
  readonly instead?: Readonly<Partial<Record<'ci' | 'tracker', string>>>;
  /** What lets git push from a job to the code repository, in words for the person who sets up the job. */
  readonly pushRemedy?: string;
  /** Absent where the platform hosts no code. Loads the vendor's SDK only now. */
  createHost?(world: World, settings: Settings): Promise<CodeHost>;
  /** Absent where the platform tracks no issues. */
  createTracker?(world: World, settings: Settings): Promise<TrackerDriver>;
  /**
   * The issue that a web address leads to, with the settings that lead there; `undefined` when the address is none of this
   * platform's. `configured` are the settings in force: they tell the address of a server of one's own.
   */
  readIssueUrl?(url: URL, configured?: Settings): IssueReference | undefined;
  /** The settings that name a project as people write it before `#12`: `owner/repo`. */
  projectSettings?(project: string): Settings;
  /** Issues of a public project can be read without a token. */
  readonly readsWithoutToken?: boolean;
  /** A folder of this name says that issues are kept there by this platform. */
  readonly folder?: string;
  /**
   * The settings that lead to the issues of a file or folder, by its name and by what stands in it; `undefined` when it is none of
   * this platform's. Relative to the workspace, with `/`; it need not be there yet.
   */
  opensPath?(world: Pick<World, 'cwd'>, path: string): Promise<Settings | undefined>;
  /** What keeps the issues in this folder, where the state of a gate is carried along from run to run; absent where they are elsewhere. */
  carriedSettings?(workspace: string): Settings;
  /** Where the issues are, as people are told; absent where the settings of `projectSettings` say it. Makes no request. */
  trackerPlace?(world: Pick<World, 'cwd'>, settings: Settings): Promise<string>;
}

/** An issue of some tracker, named from outside. */
export interface IssueReference {
  readonly key: string;
  /** Where it lives, as settings of the platform: `{ repository: 'owner/repo' }`. */
  readonly settings: Settings;
}

/** One thing that a platform must be told. Source of validation, help, `doctor` and the tables in the documentation. */
export interface Setting {
  /** Key in the platform's section of `pace.config.yaml`, e.g. `project_key`. */
  readonly key: string;
  /** Environment variables that may hold it, the preferred one first. */
  readonly env: readonly string[];
  /** Variables that hold it in a CI job of this very platform; elsewhere their like is somebody else's (`GITHUB_TOKEN`). */
  readonly envInJob?: readonly string[];
  readonly why: string;
  /** For a token: the exact permissions or scopes, as the vendor spells them. */
  readonly scope?: string;
  readonly for: 'ci' | 'tracker' | 'both';
  readonly required: boolean;
  /** A secret never stands in the file, only as `env:NAME`. */
  readonly secret?: boolean;
  readonly default?: string;
  /** A mapping, in the file; `a=b; c=d` in the environment. Its value in `Settings` is the mapping as JSON text. */
  readonly map?: boolean;
  /** A value to show in examples. */
  readonly example?: string;
  /** The address of the server: secrets belong to the one that it names, and are sent to no other. */
  readonly server?: boolean;
  /** It follows from this other address: where the file names that one, what the environment says of this one is about another server. */
  readonly follows?: string;
  /** Given to every job by its CI: it belongs to the server that the job's own variables name, whatever the file says. */
  readonly ofJob?: boolean;
}

/** Values by `Setting.key`: from the file, else the environment, else the default. A key is absent when there is none. */
export type Settings = Readonly<Record<string, string>>;
