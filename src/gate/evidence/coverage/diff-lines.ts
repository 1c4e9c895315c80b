/** From the text of a diff to the lines that it adds. Pure. https://git-scm.com/docs/diff-format#generate_patch_text_with_p */

/** Lines that stand together, both ends included. */
export interface Run {
  readonly from: number;
  readonly to: number;
}

const HUNK = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;

/** The added lines of each file, in their order. */
export function addedLines(diff: string): ReadonlyMap<string, readonly Run[]> {
  const files = new Map<string, Run[]>();
  let runs: Run[] | undefined;
  /** What the hunk still has: a line of a file may look like the head of another one. */
  let [old, fresh, at] = [0, 0, 0];
  for (const line of diff.split('\n')) {
    if (old > 0 || fresh > 0) {
      const mark = line[0];
      if (mark === '\\') continue;
      if (mark === '+' && runs) addLine(runs, at);
      if (mark !== '-') [fresh, at] = [fresh - 1, at + 1];
      if (mark !== '+') old -= 1;
    } else if (line.startsWith('+++ ')) {
      const path = pathOf(line.slice(4));
      runs = path === undefined ? undefined : (files.get(path) ?? []);
      if (path !== undefined && runs) files.set(path, runs);
    } else {
      const [, before = '1', from = '0', after = '1'] = HUNK.exec(line) ?? ['', '0', '0', '0'];
      [old, fresh, at] = [Number(before), Number(after), Number(from)];
    }
  }
  return files;
}

function addLine(runs: Run[], line: number): void {
  const last = runs.at(-1);
  if (last?.to === line - 1) runs[runs.length - 1] = { from: last.from, to: line };
  else runs.push({ from: line, to: line });
}

/** `b/path`, in quotation marks where it holds odd characters; nothing for `/dev/null`. */
function pathOf(text: string): string | undefined {
  // a tab ends a name that holds spaces
  const name = text.replace(/\t$/, '');
  const path = name.startsWith('"') ? unquoted(name) : name;
  return path.startsWith('b/') ? path.slice(2) : undefined;
}

const ESCAPES: Readonly<Record<string, number>> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13 };

function unquoted(text: string): string {
  const bytes: Buffer[] = [];
  for (const [piece, octal, letter] of text.slice(1, -1).matchAll(/\\([0-7]{3})|\\(.)|[^\\]+/g)) {
    if (octal !== undefined) bytes.push(Buffer.from([Number.parseInt(octal, 8)]));
    else if (letter !== undefined) bytes.push(Buffer.from(letter in ESCAPES ? [ESCAPES[letter] ?? 0] : letter));
    else bytes.push(Buffer.from(piece));
  }
  return Buffer.concat(bytes).toString();
}
