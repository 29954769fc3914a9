import { describe, expect, it } from '@jest/globals';
import { enforced, readSupergraph } from './supergraph.ts';
import { peopleSdl } from './testdata/people.ts';
import { composeTestSupergraph } from './testdata/serve.ts';

const spec = (name: string, version = 'v0.1') => `https://specs.apollo.dev/${name}/${version}`;

function handmade(links: string, body: string): string {
  return /* GraphQL */ `
    schema @link(url: "https://specs.apollo.dev/link/v1.0") ${links} { query: Query }
    ${body}
  `;
}

describe('a composed supergraph', () => {
  const read = readSupergraph(composeTestSupergraph());

  it('tells its subgraphs and who implements what', () => {
    expect(read.subgraphs).toEqual(['people', 'teams']);
    expect(read.implementers.get('Node')).toEqual(['Person', 'Vault']);
  });

  it('tells what each coordinate demands', () => {
    const { requirements } = read;
    expect(requirements.get('Query.whoami')).toMatchObject({ authenticated: true, scopes: null, policies: null });
    expect(requirements.get('Vault')).toMatchObject({ authenticated: true });
    expect(requirements.get('Query.salary')?.scopes).toEqual([['salary:read', 'finance'], ['auditor']]);
    expect(requirements.get('Person.phone')?.policies).toEqual([['see-phones']]);
    expect(requirements.has('Person.name')).toBe(false);
  });

  it('is handed to the planner without a security mark and otherwise whole', () => {
    expect(read.plannable).not.toMatch(/for:\s*SECURITY/);
    expect(read.plannable).toMatch(/for: EXECUTION/);
    expect(readSupergraph(read.plannable).requirements).toEqual(read.requirements);
  });
});

describe('directives under another name', () => {
  const body = 'type Query { a: Int @login b: Int @rights(scopes: [["x"]]) c: Int @auth__authenticated }';

  it('are known by the name given when imported, and by the namespace', () => {
    const links = `
      @link(url: "${spec('authenticated')}", as: "login", for: SECURITY)
      @link(url: "${spec('requiresScopes')}", import: [{ name: "@requiresScopes", as: "@rights" }], for: SECURITY)`;
    const { requirements } = readSupergraph(handmade(links, body.replace('@auth__authenticated', '')));
    expect(requirements.get('Query.a')).toMatchObject({ authenticated: true });
    expect(requirements.get('Query.b')).toMatchObject({ scopes: [['x']] });
  });

  it('survive composition under a name of the subgraph', () => {
    const renamed = peopleSdl
      .replace('"@authenticated"', '{ name: "@authenticated", as: "@login" }')
      .replaceAll(' @authenticated', ' @login');
    const { requirements } = readSupergraph(composeTestSupergraph(renamed));
    expect(requirements.get('Query.whoami')).toMatchObject({ authenticated: true });
  });
});

describe('what could not be enforced stops the start', () => {
  const link = (name: string) => `@link(url: "${spec(name)}", for: SECURITY)`;

  it.each<[string, string, string, string]>([
    ['a security feature nobody knows', 'SECURITY_FEATURE_UNKNOWN', link('encrypted'), 'type Query { a: Int }'],
    [
      'another version of a known one',
      'SECURITY_FEATURE_UNKNOWN',
      `@link(url: "${spec('policy', 'v0.2')}", for: SECURITY)`,
      'type Query { a: Int }',
    ],
    ['a directive without its link', 'SECURITY_DIRECTIVE_UNLINKED', '', 'type Query { a: Int @authenticated }'],
    [
      'one in a namespace without its link',
      'SECURITY_DIRECTIVE_UNLINKED',
      '',
      'type Query { a: Int @x__policy(policies: [["p"]]) }',
    ],
    [
      'a link under another name',
      'SECURITY_DIRECTIVE_UNLINKED',
      link('policy').replace(', for', ', as: "p", for'),
      'type Query { a: Int @policy(policies: [["x"]]) }',
    ],
    [
      'scopes that are none',
      'SECURITY_DIRECTIVE_MALFORMED',
      link('requiresScopes'),
      'type Query { a: Int @requiresScopes(scopes: [[]]) }',
    ],
    [
      'scopes left out',
      'SECURITY_DIRECTIVE_MALFORMED',
      link('requiresScopes'),
      'type Query { a: Int @requiresScopes }',
    ],
    [
      'a policy that is a number',
      'SECURITY_DIRECTIVE_MALFORMED',
      link('policy'),
      'type Query { a: Int @policy(policies: [[1]]) }',
    ],
    [
      'a demand on an argument',
      'SECURITY_DIRECTIVE_MISPLACED',
      link('authenticated'),
      'type Query { a(x: Int @authenticated): Int }',
    ],
    [
      'a demand on an input',
      'SECURITY_DIRECTIVE_MISPLACED',
      link('authenticated'),
      'input In @authenticated { x: Int } type Query { a(x: In): Int }',
    ],
    [
      'a demand on an enum value',
      'SECURITY_DIRECTIVE_MISPLACED',
      link('authenticated'),
      'enum E { A @authenticated } type Query { a: E }',
    ],
    [
      'a demand on an extension',
      'SECURITY_DIRECTIVE_MISPLACED',
      link('authenticated'),
      'type Query { a: Int } extend type Query @authenticated',
    ],
  ])('%s: %s', (_name, code, links, body) => {
    expect(() => readSupergraph(handmade(links, body))).toThrow(expect.objectContaining({ code }));
  });

  it('an empty list of alternatives is read, and is met by nobody', () => {
    const { requirements } = readSupergraph(handmade(link('policy'), 'type Query { a: Int @policy(policies: []) }'));
    expect(requirements.get('Query.a')?.policies).toEqual([]);
  });

  it.each(Object.keys(enforced))('@%s is taken from the text and not only from its mark', (name) => {
    const argument = { authenticated: '', requiresScopes: '(scopes: "s")', policy: '(policies: "p")' }[name];
    const sdl = handmade(`@link(url: "${spec(name)}")`, `type Query { a: Int @${name}${argument} }`);
    expect(readSupergraph(sdl).requirements.has('Query.a')).toBe(true);
  });
});
