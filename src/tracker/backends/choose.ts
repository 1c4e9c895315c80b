/** Which tracker a command is about. Pure. */

/** Where a choice was made, from the strongest to the weakest. */
export interface Choices {
  /** `--backend`. */
  readonly flag?: string | undefined;
  /** `PACE_BACKEND`. */
  readonly variable?: string | undefined;
  /** `default_backend` of the project's configuration. */
  readonly project?: string | undefined;
  /** There is a configuration of the project: its tracker comes before a person's own default. */
  readonly hasProject: boolean;
  /** `default_backend` of the person's own file. */
  readonly user?: string | undefined;
}

export interface Choice {
  /** The name of a backend or of a platform; `undefined`: the tracker of the gate. */
  readonly name: string | undefined;
  /** Why, for the log and for `pace backend detect`. */
  readonly because: string;
}

export function chooseBackend({ flag, variable, project, hasProject, user }: Choices): Choice {
  if (flag) return { name: flag, because: 'named with --backend' };
  if (variable) return { name: variable, because: 'named by PACE_BACKEND' };
  if (project) return { name: project, because: '`default_backend` of the project' };
  if (hasProject) return { name: undefined, because: 'the tracker of the project’s configuration' };
  if (user) return { name: user, because: '`default_backend` of your own file' };
  return { name: undefined, because: 'no backend is configured' };
}
