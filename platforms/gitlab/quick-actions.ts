/** Lines that GitLab carries out. https://docs.gitlab.com/user/project/quick_actions/ */

/** Nobody sees it, and no command begins with it. */
const WORD_JOINER = '\u2060';

const ACTION = /^([ \t]*)(?=\/[a-z_]+(?:\s|$))/gim;
const TAKEN = /^([ \t]*)\u2060+(?=\/[a-z_]+(?:\s|$))/gim;

/** A text of others: what it says is not done. In code as well, for GitLab takes other lines for code than Markdown does. */
export function harmless(markdown: string): string {
  return markdown.replace(ACTION, `$1${WORD_JOINER}`);
}

/** The text as it was. */
export function withPower(markdown: string): string {
  return markdown.replace(TAKEN, '$1');
}
