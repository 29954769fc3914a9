import { createRequire, registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import circus from 'jest-circus/runner';
import { setGlobals } from './globals.ts';

const require = createRequire(import.meta.url);
const globals = new URL('globals.ts', import.meta.url).href;
const loaded = new Set();

// The published module throws outside Jest's sandbox.
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === '@jest/globals' ? { url: globals, shortCircuit: true } : next(specifier, context),
});

function restore(env) {
  for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
  Object.assign(process.env, env);
}

/**
 * Jest's own way to run a test file, except that Node loads the modules: once in a process, not again for every file in
 * a sandbox of its own, where the graph's libraries and the embedded database cost more than the tests.
 */
export default async function run(globalConfig, config, environment, runtime, path, sendMessageToJest) {
  // Node would answer the modules as they were the first time.
  if (loaded.has(path)) throw new Error('A process runs a test file once: start the run anew instead of watching.');
  loaded.add(path);
  const env = { ...process.env };
  const mocker = environment.moduleMocker;
  // What the runner asks of the sandbox.
  Object.assign(runtime, {
    requireInternalModule(file) {
      // A new one for each file: it keeps the file's tests, and its listeners outside of itself.
      delete globalThis[Symbol.for('EVENT_HANDLERS')];
      delete require.cache[file];
      return require(file);
    },
    setGlobalsForRuntime: (own) =>
      setGlobals({ ...own, jest: { fn: mocker.fn.bind(mocker), spyOn: mocker.spyOn.bind(mocker) } }),
    unstable_shouldLoadAsEsm: () => true,
    unstable_importModule: (file) => import(pathToFileURL(file).href),
  });
  try {
    return await circus.default(globalConfig, config, environment, runtime, path, sendMessageToJest);
  } finally {
    mocker.restoreAllMocks();
    restore(env);
  }
}
