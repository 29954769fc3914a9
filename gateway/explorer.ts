import { createHash } from 'node:crypto';
import { renderGraphiQL } from '@graphql-yoga/render-graphiql';
import { createAsset, type SendAsset } from './asset.ts';

export interface ExplorerTab {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** Put into the tab's headers editor as a bearer token. */
  readonly token?: string;
}

export interface ExplorerOptions {
  readonly title?: string;
  /** Tabs a first visit opens with. */
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

function renderPage(options: ExplorerOptions): SendAsset {
  const title = options.title ?? 'Tepai';
  const settings = {
    endpoint: '/graphql',
    title,
    shouldPersistHeaders: false,
    defaultTabs: (options.tabs ?? []).map(({ query, variables, token }) => ({
      query,
      ...(variables && { variables: JSON.stringify(variables, null, 2) }),
      ...(token && { headers: JSON.stringify({ authorization: `Bearer ${token}` }, null, 2) }),
    })),
  };
  const given = JSON.stringify(settings);
  const page = renderGraphiQL(settings).replace(given, () => given.replaceAll('<', '\\u003c'));
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
