/** A whole issue as a model reads it, in parts of which each fits into an answer. Pure. */
import type { Comment } from '../../core/ports/index.ts';
import { minute } from '../../core/text/minute.ts';
import { plainLine, plainText } from '../../core/text/untrusted-text.ts';
import type { ShownIssue } from '../tracker/print/fields.ts';
import { wordsOf } from './answer.ts';
import { fieldWords } from './issue-words.ts';

/** Characters of a text in one part: one of them and its fence fit into a page, whatever they are. */
const PART = 8_000;

/** The fields, the text and what the tracker keeps beside it in pieces, then each comment in pieces. */
export function partsOf(shown: ShownIssue): string[] {
  const { body, author, sections = [], comments = [] } = shown;
  const texts = [{ name: 'Text', text: body }, ...sections];
  return [
    fieldWords(shown),
    ...texts.flatMap(({ name, text }) => piecesOf(plainLine(name, 100), author?.name, text)),
    ...comments.flatMap(commentParts),
  ];
}

function commentParts({ id, body, author, createdAt }: Comment): string[] {
  return piecesOf(`Comment ${plainLine(id, 100)} of ${minute(createdAt)}`, author?.name, body);
}

function piecesOf(what: string, author: string | undefined, text: string): string[] {
  const plain = plainText(text).trimEnd();
  if (plain === '') return [];
  const count = Math.ceil(plain.length / PART);
  return Array.from({ length: count }, (_, index) => {
    const piece = plain.slice(index * PART, (index + 1) * PART).toWellFormed();
    return wordsOf(count === 1 ? what : `${what}, piece ${index + 1} of ${count}`, author, piece);
  });
}
