import { crc32, deflateRawSync } from 'node:zlib';

/** A part that is packed already, and what the file is to claim of its size. */
interface Packed {
  readonly packed: Buffer;
  readonly says: number;
}

/** A zip file made by hand: honest parts, and such as lie about themselves. */
export function storedZip(
  parts: Readonly<Record<string, string | Buffer>>,
  lying: Readonly<Record<string, Packed>> = {},
): Buffer {
  const files: Buffer[] = [];
  const entries: Buffer[] = [];
  let offset = 0;
  const all = { ...parts, ...lying };
  for (const [name, content] of Object.entries(all)) {
    const isPacked = typeof content === 'object' && 'packed' in content;
    const plain = isPacked ? Buffer.alloc(0) : Buffer.from(content as string);
    const packed = isPacked ? content.packed : deflateRawSync(plain);
    const title = Buffer.from(name);
    const head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0);
    head.writeUInt16LE(0x0800, 2);
    head.writeUInt16LE(8, 4);
    head.writeUInt32LE(isPacked ? 0 : crc32(plain), 10);
    head.writeUInt32LE(packed.length, 14);
    head.writeUInt32LE(isPacked ? content.says : plain.length, 18);
    head.writeUInt16LE(title.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), head, title, packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    entries.push(Buffer.concat([Buffer.from('PK\x01\x02', 'latin1'), Buffer.from([20, 0]), head, tail, title]));
    files.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...files, directory, Buffer.from('PK\x05\x06', 'latin1'), end]);
}
