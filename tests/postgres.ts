import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { findPostgres, missingPostgres, type PostgresServer, startPostgres } from './postgres-server.ts';

/**
 * A suite on a real server, for what the embedded engine cannot show: it has one session, so nothing races. Without the
 * server's programs it fails in CI and is skipped elsewhere, saying by name what is missing.
 */
export function describeOnPostgres(name: string, suite: (server: () => PostgresServer) => void): void {
  const programs = findPostgres();
  if (Array.isArray(programs)) {
    const message = missingPostgres(programs);
    if (process.env.CI !== 'true') console.warn(`Skipped "${name}". ${message}`);
    describe(name, () => {
      (process.env.CI === 'true' ? it : it.skip)(`needs a server. ${message}`, () => {
        throw new Error(message);
      });
    });
    return;
  }
  describe(name, () => {
    let server: PostgresServer | null = null;
    beforeAll(async () => {
      server = await startPostgres(programs);
    });
    suite(() => {
      if (!server) throw new Error('the server is started before the tests of the suite');
      return server;
    });
    // After the suite's own, which run in the order in which they are declared: it lets go of the server first.
    afterAll(async () => {
      await server?.stop();
    });
  });
}
