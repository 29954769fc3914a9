import { createHash } from 'node:crypto';
import { renderGraphiQL } from '@graphql-yoga/render-graphiql';
import { createAsset, type SendAsset } from './asset.ts';

export interface ExplorerTab {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** Put into the tab's headers editor. Whoever can open the page can read it: for a demo's personas only. */
  readonly token?: string;
}

export interface ExplorerOptions {
  readonly title?: string;
  /** Tabs the page opens with. A visitor's own tabs stay until these change. */
  readonly tabs?: readonly ExplorerTab[];
}

/** The page to try queries on. Everything is in the page itself; the browser is told to ask no other host. */
export function createExplorer(options: ExplorerOptions): SendAsset {
  let asset: SendAsset | undefined;
  // Nine megabytes: made when the first one asks.
  return (request, response) => {
    asset ??= renderPage(options);
    return asset(request, response);
  };
}

function renderPage({ title = 'Tepai', tabs = [] }: ExplorerOptions): SendAsset {
  const defaultTabs = tabs.map(({ query, variables, token }) => ({
    query,
    variables: variables ? JSON.stringify(variables, null, 2) : '',
    headers: token ? JSON.stringify({ authorization: `Bearer ${token}` }, null, 2) : '',
  }));
  const settings = {
    endpoint: '/graphql',
    title: title.replace(/[<>&"]/g, ''),
    shouldPersistHeaders: tabs.some(({ token }) => token),
    ...(defaultTabs.length > 0 && { defaultTabs }),
  };
  const given = JSON.stringify(settings);
  const page = renderGraphiQL(settings)
    .replace(given, () => inScript(given))
    .replace('<div id="root"></div>', (root) => `${root}<script>${seed(defaultTabs)}</script>`);
  const scripts = [...page.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, script = '']) => {
    return `'sha256-${createHash('sha256').update(script).digest('base64')}'`;
  });
  const policy = [
    "default-src 'none'",
    `script-src ${scripts.join(' ')} blob:`,
    'worker-src blob:',
    "style-src 'unsafe-inline'",
    'img-src data:',
    'font-src data:',
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ];
  return createAsset(page, 'text/html; charset=utf-8', { 'Content-Security-Policy': policy.join('; ') });
}

// GraphiQL opens its first tab without the variables and headers it was given, and keeps old tabs whatever it is given
// now (with tokens that may have ended). Both come from what it remembers, so that is set right before it starts.
function seed(tabs: readonly { variables: string; headers: string }[]): string {
  const text = JSON.stringify(tabs);
  const mark = createHash('sha256').update(text).digest('hex').slice(0, 16);
  const [first] = tabs;
  return `
    if (${tabs.length > 0} && localStorage.getItem('tepai:examples') !== '${mark}') {
      for (const key of Object.keys(localStorage)) if (key.startsWith('graphiql:')) localStorage.removeItem(key);
      localStorage.setItem('graphiql:variables', ${inScript(JSON.stringify(first?.variables ?? ''))});
      localStorage.setItem('graphiql:headers', ${inScript(JSON.stringify(first?.headers ?? ''))});
      localStorage.setItem('tepai:examples', '${mark}');
    }`;
}

function inScript(json: string): string {
  return json.replaceAll('<', '\\u003c');
}
