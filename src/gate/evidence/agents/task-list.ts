/** Task lists of Markdown: `- [ ] to do`, `- [x] done`. https://github.github.com/gfm/#task-list-items-extension- */

export interface Task {
  readonly text: string;
  readonly done: boolean;
}

/** The tasks below a heading that speaks of acceptance or criteria; all tasks where there is no such heading. */
export function tasksOf(markdown: string): readonly Task[] {
  const tasks: (Task & { meant: boolean })[] = [];
  let meant = false;
  let depth = 7;
  for (const line of markdown.split('\n')) {
    const [, marks, title = ''] = /^ {0,3}(#{1,6})\s(.*)$/s.exec(line) ?? [];
    if (marks !== undefined && (!meant || marks.length <= depth)) {
      meant = /\b(?:acceptance|criteria)\b/i.test(title);
      depth = marks.length;
    }
    const [, tick, text = ''] = /^\s*(?:[-*+]|\d{1,9}[.)])\s+\[([ xX])\]\s(.*)$/s.exec(line) ?? [];
    if (tick !== undefined && text.trim() !== '') tasks.push({ text: text.trim(), done: tick !== ' ', meant });
  }
  const some = tasks.some((task) => task.meant);
  return tasks.filter((task) => task.meant || !some).map(({ text, done }) => ({ text, done }));
}
