/**
 * Lines of a log by which a job speaks to its runner. A text from outside that is printed must command nothing, on any CI: PACE prints
 * the same everywhere. Other runners read escapes of terminals (GitLab's sections, Buildkite's images), which no text of ours holds.
 */

/** Splits a word without a trace: invisible, of no width, and in nobody's syntax. */
const WORD_JOINER = '\u2060';

// `##[` of Azure Pipelines and, in former times, of GitHub; `##vso[` of Azure Pipelines; `##teamcity[` of TeamCity. Anywhere in a line:
// https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands, https://www.jetbrains.com/help/teamcity/service-messages.html
const ANYWHERE = /#(?=#(?:vso|teamcity)?\[)/gi;
// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands; blanks before it do not matter
const COMMAND = /^([^\S\n\r\u2028\u2029]*:)(?=:)/gm;

/** The same text, in which no sign stands beside the one that would make a command of the two. */
export function withoutLogCommands(text: string): string {
  return withoutSigns(text).replace(COMMAND, `$1${WORD_JOINER}`);
}

/** The same where lines are fenced otherwise. */
export function withoutSigns(text: string): string {
  return text.includes('##') ? text.replace(ANYWHERE, `#${WORD_JOINER}`) : text;
}

/** Whether a line is a command to GitHub's runner. */
export function holdsCommand(text: string): boolean {
  return text.includes('::') && new RegExp(COMMAND, 'm').test(text);
}
