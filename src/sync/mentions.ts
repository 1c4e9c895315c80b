/**
 * Who is named on one tracker is somebody else on the other one, and is told of nothing there: behind the at sign of a copied text stands a
 * word joiner, which nobody sees. Code stays as it is. Pure.
 */

const MENTION = /(?<![\p{L}\p{N}`/@])@(?=([\p{L}\p{N}_][\p{L}\p{N}_.-]*))/gu;

/** `there`: the text that stands there by now: whom it names has been told already. */
export function quietMentions(markdown: string, there = ''): string {
  const named = new Set([...there.matchAll(MENTION)].map(([, name]) => name));
  const quiet = (text: string) =>
    text.replace(MENTION, (at: string, name: string) => (named.has(name) ? at : '@\u2060'));
  let fence: string | undefined;
  return markdown
    .split('\n')
    .map((line) => {
      const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
      if (fence === undefined) {
        fence = mark;
        return mark === undefined ? outsideCode(line, quiet) : line;
      }
      if (mark?.startsWith(fence) && line.trim() === mark) fence = undefined;
      return line;
    })
    .join('\n');
}

/** As it was before it was copied. */
export function plainMentions(markdown: string): string {
  return markdown.replace(/@\u2060(?=[\p{L}\p{N}_])/gu, '@');
}

function outsideCode(line: string, change: (text: string) => string): string {
  const marks = line.match(/`+/g) ?? [];
  const isCode = (at: number) => at % 2 === 1 && at < marks.length;
  return line
    .split(/`+/)
    .map((part, at) => (isCode(at) ? part : change(part)) + (marks[at] ?? ''))
    .join('');
}
