import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Viewer } from '../../gateway/viewer.ts';
import type { Graph } from '../../tests/harness.ts';
import { createPaper } from '../door.ts';
import { type Cell, readRows } from '../sheet-rows.ts';
import { openWorkbook } from '../workbook.ts';
import { openZip } from '../zip.ts';

/** The paper door on a graph, over HTTP, where a persona's subject is its token. */
export async function openDoor(graph: Graph, personas: readonly Viewer[], today: string) {
  const now = () => new Date(`${today}T04:00:00Z`);
  const routes = createPaper({
    execute({ token, ...question }) {
      const viewer = personas.find(({ subject }) => subject.replaceAll(' ', '-') === token);
      return graph.gateway.execute({ ...question, ...(viewer ? { viewer } : {}) });
    },
    now,
  });
  const failures: unknown[] = [];
  const server = createServer((request, response) => {
    const route = routes[new URL(request.url ?? '', 'http://door').pathname];
    if (!route) {
      response.writeHead(404).end();
      return;
    }
    route(request, response).catch((error) => {
      failures.push(error);
      response.destroy();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    /** Asks as a persona; with a file, sends it. */
    async visit(viewer: Viewer | null, path: string, file?: Buffer, headers: Record<string, string> = {}) {
      const answer = await fetch(`http://127.0.0.1:${port}/paper/${path}`, {
        method: file ? 'POST' : 'GET',
        headers: { ...headers, ...(viewer ? { authorization: `Bearer ${viewer.subject.replaceAll(' ', '-')}` } : {}) },
        ...(file ? { body: new Uint8Array(file) } : {}),
      });
      const body = Buffer.from(await answer.arrayBuffer());
      const isJson = (answer.headers.get('content-type') ?? '').includes('json');
      return {
        status: answer.status,
        headers: answer.headers,
        body,
        json: isJson ? JSON.parse(body.toString()) : null,
      };
    },
    /** What routes threw. */
    failures,
    close: () => new Promise((done) => server.close(done)),
  };
}

/** The texts of a sheet, row by row. */
export async function textsOf(file: Buffer, sheet: string): Promise<string[][]> {
  const zip = openZip(file);
  const workbook = await openWorkbook(zip);
  const rows: string[][] = [];
  await readRows(zip, workbook.sheets.get(sheet) as string, workbook, (_row, cells: ReadonlyMap<number, Cell>) => {
    const width = Math.max(...cells.keys());
    rows.push(Array.from({ length: width }, (_, at) => cells.get(at + 1)?.text ?? ''));
  });
  return rows;
}
