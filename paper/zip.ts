import { createInflateRaw } from 'node:zlib';
import { PaperError } from './error.ts';

/** How far a file may go. A workbook of 100,000 rows of twelve columns has 9 MB, and 80 MB unpacked. */
export interface ZipLimits {
  readonly packedBytes: number;
  readonly unpackedBytes: number;
  readonly parts: number;
}

export const zipLimits: ZipLimits = { packedBytes: 24 * 2 ** 20, unpackedBytes: 320 * 2 ** 20, parts: 200 };

interface Part {
  readonly name: string;
  readonly method: number;
  readonly start: number;
  readonly packed: number;
}

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const MB = 2 ** 20;

/** The end-of-directory record: before an optional comment of at most 64 KB. */
function findEnd(file: Buffer): number {
  for (let at = file.length - 22; at >= Math.max(0, file.length - 22 - 0xffff); at -= 1) {
    if (file.readUInt32LE(at) === END) return at;
  }
  throw new PaperError('FILE_NOT_XLSX');
}

function directory(file: Buffer, limits: ZipLimits): Part[] {
  const end = findEnd(file);
  const count = file.readUInt16LE(end + 10);
  // 0xffff parts is also how a ZIP64 directory announces itself, which no workbook of this size needs.
  if (count > limits.parts) throw new PaperError('FILE_HAS_TOO_MANY_PARTS', { limit: limits.parts });
  const parts: Part[] = [];
  let at = file.readUInt32LE(end + 16);
  for (let index = 0; index < count; index += 1) {
    if (file.readUInt32LE(at) !== ENTRY) throw new PaperError('FILE_NOT_XLSX');
    const flags = file.readUInt16LE(at + 8);
    const nameLength = file.readUInt16LE(at + 28);
    const local = file.readUInt32LE(at + 42);
    if (flags & 1 || file.readUInt32LE(local) !== LOCAL) throw new PaperError('FILE_NOT_XLSX');
    parts.push({
      name: file.toString('utf8', at + 46, at + 46 + nameLength).replaceAll('\\', '/'),
      method: file.readUInt16LE(at + 10),
      start: local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28),
      packed: file.readUInt32LE(at + 20),
    });
    at += 46 + nameLength + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  }
  return parts;
}

/** The parts of a zip file, read one at a time and never whole. What they unpack to is counted over all of them. */
export interface Zip {
  readonly names: readonly string[];
  has(name: string): boolean;
  /**
   * The text of a part in pieces. Throws as soon as more comes out than may, of all parts or with `most` of this one,
   * whatever the file says of its size.
   */
  pieces(name: string, most?: number): AsyncGenerator<string>;
  /** The text of a small part. */
  text(name: string, most?: number): Promise<string>;
}

/** Opens a zip file in memory. @throws PaperError for what is none, is too large, or has too many parts */
export function openZip(file: Buffer, limits: ZipLimits = zipLimits): Zip {
  if (file.length > limits.packedBytes) throw new PaperError('FILE_TOO_LARGE', { limit: limits.packedBytes / MB });
  let parts: Map<string, Part>;
  try {
    parts = new Map(directory(file, limits).map((part) => [part.name, part]));
  } catch (error) {
    // A read past the end of a damaged file.
    throw error instanceof PaperError ? error : new PaperError('FILE_NOT_XLSX');
  }
  let unpacked = 0;

  function count(bytes: number): void {
    unpacked += bytes;
    if (unpacked > limits.unpackedBytes)
      throw new PaperError('FILE_EXPANDS_TOO_FAR', { limit: limits.unpackedBytes / MB });
  }

  async function* bytes(part: Part): AsyncGenerator<Buffer> {
    const packed = file.subarray(part.start, part.start + part.packed);
    if (part.method === 0) {
      count(packed.length);
      yield packed;
      return;
    }
    if (part.method !== 8) throw new PaperError('FILE_NOT_XLSX');
    const inflate = createInflateRaw({ chunkSize: 256 * 1024 });
    inflate.end(packed);
    try {
      for await (const chunk of inflate as AsyncIterable<Buffer>) {
        count(chunk.length);
        yield chunk;
      }
    } catch (error) {
      throw error instanceof PaperError ? error : new PaperError('FILE_NOT_XLSX');
    } finally {
      inflate.destroy();
    }
  }

  async function* pieces(name: string, most = limits.unpackedBytes): AsyncGenerator<string> {
    const part = parts.get(name);
    if (!part) throw new PaperError('FILE_NOT_XLSX');
    const decoder = new TextDecoder('utf-8', { fatal: false });
    let own = 0;
    for await (const chunk of bytes(part)) {
      own += chunk.length;
      if (own > most) throw new PaperError('FILE_EXPANDS_TOO_FAR', { limit: most / MB });
      yield decoder.decode(chunk, { stream: true });
    }
    yield decoder.decode();
  }

  return {
    names: [...parts.keys()],
    has: (name) => parts.has(name),
    pieces,
    async text(name, most) {
      let whole = '';
      for await (const piece of pieces(name, most)) whole += piece;
      return whole;
    },
  };
}
