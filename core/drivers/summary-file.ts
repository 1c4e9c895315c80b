/** The report of a job on a host that has no page for it: a file that becomes an artifact. */
import { isAbsolute, join, relative } from 'node:path';
import type { JobSummary } from '../ports/index.ts';

export const SUMMARY_FILE = 'pace-summary.md';
/** The name under which Jenkins' own pages show it. */
export const JENKINS_SUMMARY_FILE = 'jenkins-summary.md';

/** The file in the folder. */
export function summaryFile(folder: string, maxBytes: number): JobSummary {
  return { path: join(folder, SUMMARY_FILE), append: false, maxBytes };
}

/** The job's own folder, below which artifacts must lie; the workspace where a runner has put that elsewhere than the variable says. */
export function artifactFolder(jobFolder: string | undefined, cwd: string): string {
  const isAround = jobFolder !== undefined && isAbsolute(jobFolder) && !relative(jobFolder, cwd).startsWith('..');
  return isAround ? jobFolder : cwd;
}
