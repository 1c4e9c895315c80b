/** The parts of a Markdown document that are data: front matter and fenced blocks. */
import type { Part } from './agent-yaml.ts';

/** A fenced block; https://spec.commonmark.org/0.31.2/#fenced-code-blocks */
export interface Fence extends Part {
  /** In small letters; empty where none is named. */
  readonly language: string;
  /** Whether it stands in a list or is quoted in a text. */
  readonly isIndented: boolean;
  readonly isEndless: boolean;
}

export interface MarkdownParts {
  readonly front?: Part;
  readonly fences: readonly Fence[];
  /** What is neither. */
  readonly markdown: string;
}

export function partsOf(text: string): MarkdownParts {
  const lines = text.split(/\r?\n/);
  const [start, end] = frontMatter(lines);
  const fences: Fence[] = [];
  const markdown: string[] = [];
  let open: { mark: string; language: string; isIndented: boolean; line: number } | undefined;
  for (const [index, line] of lines.entries()) {
    if (index <= end) continue;
    const { mark, info, indent } = fenceMark(line);
    if (open === undefined && mark !== '' && !(mark.startsWith('`') && info.includes('`')))
      open = { mark, language: languageOf(info), isIndented: indent > 0, line: index + 1 };
    else if (open === undefined) markdown.push(line);
    else if (mark.startsWith(open.mark) && info === '') {
      fences.push({ ...open, body: lines.slice(open.line, index).join('\n'), isEndless: false });
      open = undefined;
    }
  }
  if (open !== undefined) fences.push({ ...open, body: lines.slice(open.line).join('\n'), isEndless: true });
  const front = end < 0 ? {} : { front: { body: lines.slice(start + 1, end).join('\n'), line: start + 1 } };
  return { ...front, fences, markdown: markdown.join('\n') };
}

/** The lines of the marks around front matter; nothing but empty lines stands before it. */
function frontMatter(lines: readonly string[]): readonly [start: number, end: number] {
  const start = lines.findIndex((line) => line.trim() !== '');
  if (lines[start]?.trimEnd() !== '---') return [-1, -1];
  const end = lines.findIndex((line, index) => index > start && /^(?:---|\.\.\.)\s*$/.test(line));
  return end < 0 ? [-1, -1] : [start, end];
}

function fenceMark(line: string): { mark: string; info: string; indent: number } {
  const [whole = '', indent = '', mark = ''] = /^([ \t]*)(`{3,}|~{3,})/.exec(line) ?? [];
  return { mark, info: line.slice(whole.length).trim(), indent: indent.length };
}

/** Of `yaml`, `yml title="report"`, `{.yaml}` and `{.yaml .numberLines}`. */
function languageOf(info: string): string {
  return /^\{?\s*\.?([^\s{},:;]*)/.exec(info)?.[1]?.toLowerCase() ?? '';
}
