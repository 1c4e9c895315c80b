/** Names and messages of tests, whatever format they come from. */

const HEAD_LENGTH = 1_400;
const TAIL_LENGTH = 600;
const GAP = '\n[…]\n';

/** As much of a text as a message needs. */
export interface Words {
  /** @param gap what stands between this and what was there before */
  add(text: string, gap?: string): void;
  /** Its beginning and its end; what lies between is left out. */
  text(): string;
}

/** Keeps both ends of a text that comes in pieces: what is wrong stands at either, and noise between them. */
export function createWords(): Words {
  let head = '';
  let tail = '';
  let dropped = 0;
  function append(text: string): void {
    const room = HEAD_LENGTH - head.length;
    if (room > 0) head += text.slice(0, room);
    const rest = room > 0 ? text.slice(room) : text;
    if (rest === '') return;
    const all = tail + rest.slice(-TAIL_LENGTH);
    dropped += tail.length + rest.length - Math.min(all.length, TAIL_LENGTH);
    tail = all.slice(-TAIL_LENGTH);
  }
  return {
    add(text, gap = '') {
      if (text === '') return;
      if (head !== '') append(gap);
      append(text);
    },
    text: () => ownCopy(dropped === 0 ? head + tail : head + GAP + tail).trim(),
  };
}

/** `<class> <name>`; many tools write the class at the head of the name already. */
export function testName(group: string, name: string): string {
  const test = name.trim() || 'unnamed test';
  const owner = group.trim();
  if (owner === '' || test === owner) return test;
  const isRepeated = test[owner.length] === '.' && test.startsWith(owner);
  return `${owner} ${isRepeated ? test.slice(owner.length + 1) : test}`;
}

/** The same text. A piece of a larger one would keep all of that in memory as long as it lives. */
export function ownCopy(text: string): string {
  // what is added to is written anew, and what is cut off that is a piece of no more than itself
  return ` ${text}`.slice(1);
}
