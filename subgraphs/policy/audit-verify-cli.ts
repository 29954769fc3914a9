import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { type AuditLine, AuditReader, type AuditVerdict } from './audit-chain.ts';

const FAULTS: Readonly<Record<NonNullable<AuditVerdict['fault']>['what'], string>> = {
  record: '记录与摘要不符 the record is not what its digest says',
  hash: '该行内容被改动 the line was changed',
  previous: '与前一行不衔接 it does not hang on the line before',
  position: '序号不连续 a line is missing, added or moved',
  repeated: '同一条目出现两次 the same entry twice',
  head: '与此前记下的链头不符或缺行 it does not lead to the head written down earlier',
  unreadable: '无法读取 it cannot be read',
};

/** Reads an exported trail (one JSON line an entry) without a database or a network, and says whether it is whole. */
export async function verifyFile(file: string, head: string | null): Promise<AuditVerdict> {
  const [position, hash] = head?.split(':') ?? [];
  const reader = new AuditReader(position && hash ? { position: Number(position), hash } : null);
  for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })) {
    if (text === '') continue;
    let line: AuditLine | null = null;
    try {
      const parsed: unknown = JSON.parse(text);
      if (typeof parsed === 'object' && parsed !== null) line = parsed as AuditLine;
    } catch {
      // Said by the reader, with the position.
    }
    if (!reader.read(line)) break;
  }
  return reader.verdict();
}

if (import.meta.main) {
  const [file, flag, head] = process.argv.slice(2);
  if (!file || (flag !== undefined && (flag !== '--head' || !/^\d+:[0-9a-f]{64}$/.test(head ?? '')))) {
    console.error('npm run audit:verify <file.jsonl> [-- --head <position>:<hash>]');
    process.exitCode = 2;
  } else {
    try {
      const { lines, head: last, fault } = await verifyFile(file, head ?? null);
      if (fault) {
        console.error(`✗ ${fault.position}: ${FAULTS[fault.what]}`);
        process.exitCode = 1;
      } else {
        console.log(`${lines} lines, whole. Head: ${last.position}:${last.hash}`);
      }
    } catch (error) {
      console.error(`✗ ${FAULTS.unreadable}: ${error instanceof Error ? error.message : error}`);
      process.exitCode = 1;
    }
  }
}
