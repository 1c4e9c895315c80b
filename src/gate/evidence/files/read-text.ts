/** Reads a file of evidence as text, piece by piece: byte order marks and declared encodings are honoured, binary is refused. */
import { readFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { TextDecoder } from 'node:util';
import { READ_WITHOUT_WAITING } from '../../../../core/files/read-regular.ts';
import { grouped } from '../finding-text.ts';
import { EvidenceFault } from './fault.ts';
import { type EvidenceFile, reasonOf } from './files.ts';

const PIECE_BYTES = 256 * 1024;

/** The pieces of the file's text, in order, without the byte order mark. Throws an `EvidenceFault`. */
export async function* textPieces(file: EvidenceFile, signal?: AbortSignal): AsyncGenerator<string> {
  const handle = await openRegular(file);
  try {
    yield* decode(file, handle, signal);
  } finally {
    await handle.close();
  }
}

/** The whole text. Throws an `EvidenceFault`. */
export async function readText(file: EvidenceFile, signal?: AbortSignal): Promise<string> {
  const handle = await openRegular(file);
  try {
    const start = Buffer.alloc(4);
    await handle.read(start, 0, 4, 0);
    if (decoderFor(start, file).encoding.startsWith('utf-16')) return await joined(decode(file, handle, signal));
    signal?.throwIfAborted();
    // at one go: pieces and their sum would be in memory twice, and with what is parsed from them that is the peak
    const text = readFileSync(handle.fd, 'utf8');
    if (text.includes('\0')) throw binary(file, Buffer.byteLength(text.slice(0, text.indexOf('\0'))));
    return text.startsWith('\ufeff') ? text.slice(1) : text;
  } finally {
    await handle.close();
  }
}

async function joined(pieces: AsyncIterable<string>): Promise<string> {
  const all: string[] = [];
  for await (const piece of pieces) all.push(piece);
  return all.join('');
}

async function openRegular(file: EvidenceFile): Promise<FileHandle> {
  try {
    // non-blocking: should a pipe have taken the file's place meanwhile, opening it must not wait for a writer
    const handle = await open(file.realPath, READ_WITHOUT_WAITING);
    const stats = await handle.stat();
    if (stats.isFile() && stats.size === file.size) return handle;
    await handle.close();
  } catch (error) {
    throw new EvidenceFault(`It cannot be read: ${reasonOf(error)}.`, { file: file.path });
  }
  throw new EvidenceFault('It changed while it was being read. Write reports before the gate runs.', {
    file: file.path,
  });
}

async function* decode(file: EvidenceFile, handle: FileHandle, signal?: AbortSignal): AsyncGenerator<string> {
  const buffer = Buffer.allocUnsafe(Math.min(PIECE_BYTES, file.size));
  let decoder: TextDecoder | undefined;
  for (let position = 0; position < file.size; ) {
    signal?.throwIfAborted();
    const { bytesRead } = await handle.read(buffer, 0, Math.min(buffer.length, file.size - position), position);
    if (bytesRead === 0) break;
    const bytes = buffer.subarray(0, bytesRead);
    decoder ??= decoderFor(bytes, file);
    const nul = decoder.encoding.startsWith('utf-16') ? -1 : bytes.indexOf(0);
    if (nul >= 0) {
      // what stands before it may tell of a failure
      yield decoder.decode(bytes.subarray(0, nul));
      throw binary(file, position + nul);
    }
    yield decoder.decode(bytes, { stream: true });
    position += bytesRead;
  }
  const rest = decoder?.decode();
  if (rest) yield rest;
}

// https://encoding.spec.whatwg.org/#bom-sniff, then https://www.w3.org/TR/xml/#sec-guessing
function decoderFor(bytes: Buffer, file: EvidenceFile): TextDecoder {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be');
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return new TextDecoder('utf-8');
  // a tag or a bracket, and then another sign, in two bytes each
  if (/^[<{[]\0[^\0]\0/.test(bytes.toString('latin1', 0, 4))) return new TextDecoder('utf-16le');
  if (/^\0[<{[]\0[^\0]/.test(bytes.toString('latin1', 0, 4))) return new TextDecoder('utf-16be');
  const declared = /^\s*<\?xml[^>]{0,100}\bencoding\s*=\s*["']([\w.:-]{1,40})["']/.exec(
    bytes.toString('latin1', 0, 200),
  );
  const label = declared?.[1] ?? 'utf-8';
  // without a mark the bytes that spelled this declaration cannot be UTF-16
  if (/^utf-?16/i.test(label)) return new TextDecoder('utf-8');
  try {
    return new TextDecoder(label);
  } catch {
    throw new EvidenceFault(`Its encoding \`${label}\` is not known. Write the report in UTF-8.`, { file: file.path });
  }
}

/** A tool that lets the output of a test through writes such a byte into an honest report too. */
function binary(file: EvidenceFile, offset: number): EvidenceFault {
  const why = `It is binary, not text: byte ${grouped(offset + 1)} is NUL.`;
  return new EvidenceFault(`${why} Check the path, that the report is not compressed, and what the tests print.`, {
    file: file.path,
  });
}
