/**
 * A Markdown text as its blocks: paragraphs, headings, lists and fences, each with its own words. Nothing is lost: all of it put together
 * is the text. Pure.
 */
export interface Block {
  /** A heading or a fence is whole: it ends without a blank line behind it. */
  readonly kind: 'text' | 'list' | 'whole';
  /** Line ends and blank lines since the block before it, or since the start. */
  readonly before: string;
  readonly text: string;
  /** A fence that nothing closes: whatever came after it would become code. */
  readonly isOpen: boolean;
}

export interface Blocks {
  readonly blocks: readonly Block[];
  /** Line ends and blank lines behind the last one. */
  readonly end: string;
}

interface Growing {
  readonly kind: Block['kind'];
  readonly before: string;
  text: string;
  blanks: string;
  /** What closes the fence that it is in. */
  fence: string | undefined;
}

export function blocksOf(text: string): Blocks {
  const blocks: Block[] = [];
  let end = '';
  let block: Growing | undefined;
  function finish(): void {
    if (!block) return;
    const lineEnd = /\r?\n$/.exec(block.text)?.[0] ?? '';
    const { kind, before, fence, blanks } = block;
    blocks.push({
      kind,
      before,
      text: block.text.slice(0, block.text.length - lineEnd.length),
      isOpen: fence !== undefined,
    });
    end = lineEnd + blanks;
  }
  for (const line of text.split(/(?<=\n)/)) {
    if (block?.fence !== undefined) {
      block.text += line;
      if (closes(line, block.fence)) block.fence = undefined;
    } else if (line.trim() === '') {
      if (block) block.blanks += line;
      else end += line;
    } else if (block && continues(block, line)) {
      block.text += block.blanks + line;
      block.blanks = '';
      if (block.kind === 'list') block.fence = fenceIn(line);
    } else {
      finish();
      const kind = kindOf(line);
      block = { kind, before: end, text: line, blanks: '', fence: kind === 'text' ? undefined : fenceIn(line) };
    }
  }
  finish();
  return { blocks, end };
}

/** What has to stand between a block and the next one, so that both stay what they are. */
export function between(one: Block, next: Block): string {
  const lines = next.before.split('\n').length - 1;
  const isClose = one.kind === 'whole' || next.kind === 'whole' || (one.kind === 'text' && next.kind === 'list');
  return lines > (isClose ? 0 : 1) ? next.before : '\n\n';
}

function continues({ kind, blanks }: Growing, line: string): boolean {
  if (kind === 'whole') return false;
  if (kind === 'text') return blanks === '' && kindOf(line) === 'text';
  return blanks === '' ? !/^ ?\S/.test(line) || kindOf(line) !== 'whole' : /^(?: {2}|\t)/.test(line) || isItem(line);
}

function kindOf(line: string): Block['kind'] {
  if (/^ {0,3}#{1,6}(?:\s|$)/.test(line) || isFence(line)) return 'whole';
  return isItem(line) ? 'list' : 'text';
}

function isItem(line: string): boolean {
  return /^ {0,3}(?:[-*+]|\d{1,9}[.)])[ \t]+\S/.test(line);
}

function isFence(line: string): boolean {
  return /^ {0,3}[`~]/.test(line) && fenceIn(line) !== undefined;
}

/** The fence that a line opens, in a list as well. Backticks after it make it code within a line. */
function fenceIn(line: string): string | undefined {
  const found = /^\s*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(?:(`{3,})[^`]*|(~{3,}).*)$/.exec(line.trimEnd());
  return found?.[1] ?? found?.[2];
}

function closes(line: string, fence: string): boolean {
  const mark = line.trim();
  return mark.length >= fence.length && mark === fence.charAt(0).repeat(mark.length);
}
