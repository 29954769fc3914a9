import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anonymous, type Graph, persona, startGraph } from '../../tests/harness.ts';
import type { Viewer } from '../viewer.ts';
import {
  act,
  administrator,
  bureau,
  codes,
  countyDept,
  failing,
  formTeam,
  onTeam,
  organisation,
  PREFECTURE,
  person,
  XIUWU,
} from './testdata/scene.ts';

let graph: Graph;
let unit: string;
let other: string;
let subject: string;
const OPEN = { phone: '13839112345', idNumber: '410811198002290015', birthDate: '1980-02-29' };
const MASKED = { phone: '138****2345', idNumber: '410811********0015', birthDate: null };

/** The last character of an identity number, by GB 11643, so that a test can make numbers up. */
function withCheck(digits: string): string {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, at) => total + weight * Number(digits[at]), 0);
  return `${digits}${'10X98765432'[sum % 11]}`;
}

beforeAll(async () => {
  graph = await startGraph({ today: '2022-12-01' });
  OPEN.idNumber = withCheck('41081119800229001');
  MASKED.idNumber = `410811********${OPEN.idNumber.slice(-4)}`;
  unit = await organisation(graph, XIUWU);
  other = await organisation(graph, 'cn-410105');
  subject = await person(graph, unit, OPEN);
});
afterAll(() => graph.stop());

const registrar = (organisationId: string) => persona('account:registrar', [['registrar', XIUWU, organisationId]]);
const revealing = (region: string) =>
  persona('account:revealing', [['region-administrator', region]], { scopes: ['person:reveal'] });
const read = async (viewer: Viewer) => {
  const query = 'query($id: ID!) { person(id: $id) { phone idNumber birthDate maskedFields } }';
  return (await graph.get(viewer, query, { id: subject })).person;
};
const find = async (viewer: Viewer, filter: object) => {
  const query = 'query($filter: PersonFilter) { persons(filter: $filter) { totalCount edges { node { id } } } }';
  const { persons } = await graph.get(viewer, query, { filter });
  expect(persons.totalCount).toBe(persons.edges.length);
  return persons.edges.map(({ node }: { node: { id: string } }) => node.id);
};

describe('Person', () => {
  it('is open to the person, the registrar of the unit and an administrator above with the scope', async () => {
    const own = persona('account:own', [], { person: subject });
    for (const viewer of [own, registrar(unit), revealing(PREFECTURE), revealing('cn')])
      expect(await read(viewer)).toEqual({ ...OPEN, maskedFields: [] });
  });

  it('is masked for everybody else', async () => {
    const others = [
      bureau,
      administrator,
      countyDept(XIUWU),
      registrar(other),
      revealing('cn-410700'),
      persona('account:else', [], { person: other }),
      // The scope without the role of an administrator opens nothing.
      persona('account:scope', [['prefecture-st-bureau', PREFECTURE]], { scopes: ['person:reveal'] }),
    ];
    for (const viewer of others)
      expect(await read(viewer)).toEqual({ ...MASKED, maskedFields: ['phone', 'idNumber', 'birthDate'] });
  });

  it('is not asked for by who is not signed in, and shown masked where it stands in public', async () => {
    const { errors } = await graph.ask(anonymous, 'query($id: ID!) { person(id: $id) { name } }', { id: subject });
    expect(errors).toHaveLength(1);
    const team = await formTeam(graph, 0);
    const head = await person(graph, team.unit, {
      ...OPEN,
      idNumber: null,
      phone: '03912345',
      post: 'industry-expert',
    });
    await onTeam(graph, team, 'teamLeaderAppoint', { person: head, side: 'unit' });
    const { team: seen } = await graph.get(
      anonymous,
      'query($id: ID!) { team(id: $id) { leaders { person { phone idNumber birthDate } } } }',
      { id: team.id },
    );
    // Eight digits: three and four of them would be nearly the whole.
    expect(seen.leaders[0].person).toEqual({ phone: '****', idNumber: null, birthDate: null });
    const path = 'query($id: ID!) { team(id: $id) { leaders { person { name degree employmentStatus } } } }';
    const more = await graph.ask(anonymous, path, { id: team.id });
    expect(more.errors[0]?.extensions?.code).toBe('UNAUTHENTICATED');
  });

  it('is not found by what is masked: a filter tells nothing that a mask hides', async () => {
    const filters = [
      { phone: OPEN.phone },
      { idNumber: OPEN.idNumber },
      { organisation: unit, bornFrom: '1980-02-29', bornTo: '1980-02-29' },
      { organisation: unit, bornTo: '2000-01-01' },
    ];
    for (const filter of filters) {
      expect(await find(registrar(unit), filter)).toEqual([subject]);
      expect(await find(revealing(PREFECTURE), filter)).toEqual([subject]);
      expect(await find(persona('account:own', [], { person: subject }), filter)).toEqual([subject]);
      for (const viewer of [bureau, administrator, registrar(other), revealing('cn-410700')])
        expect(await find(viewer, filter)).toEqual([]);
    }
    expect(await find(bureau, { organisation: unit, titleLevel: 'senior' })).toEqual([subject]);
  });

  it('is guarded by each mask of its own: who sees phones does not find by birthdays of others', async () => {
    const stranger = await person(graph, other, { birthDate: '1980-02-29' });
    expect(await find(registrar(unit), { bornFrom: '1980-02-29', bornTo: '1980-02-29' })).not.toContain(stranger);
    expect(await find(registrar(other), { bornFrom: '1980-02-29', bornTo: '1980-02-29' })).toEqual([stranger]);
  });
});

describe('personRegister', () => {
  const register = (input: object, viewer = administrator) =>
    act(graph, viewer, 'personRegister', { name: '张三', organisation: unit, ...input }, 'person { id name }');

  it('answers mistakes as data', async () => {
    expect(codes(await register({ name: ' ' }))).toEqual(['NAME_REQUIRED']);
    expect(codes(await register({ organisation: subject }))).toEqual(['NOT_FOUND']);
    expect(codes(await register({ idNumber: '410811198002290000' }))).toEqual(['ID_NUMBER_INVALID']);
    expect(codes(await register({ idNumber: withCheck('41081119800230001') }))).toEqual(['ID_NUMBER_INVALID']);
    expect(codes(await register({ idNumber: withCheck('41081119800228001'), birthDate: '1980-02-27' }))).toEqual([
      'ID_NUMBER_INVALID',
    ]);
    expect(codes(await register({ birthDate: '2022-06-02' }))).toEqual(['BIRTH_DATE_INVALID']);
  });

  it('registers an identity number once, and says so as a fact too', async () => {
    const again = await register({ idNumber: OPEN.idNumber });
    expect(again.person).toBeNull();
    expect(codes(again)).toEqual(['DUPLICATE_PERSON']);
    expect(await find(revealing('cn'), { idNumber: OPEN.idNumber })).toEqual([subject]);
  });

  it('lets a registrar register for the own organisation only', async () => {
    expect((await register({}, registrar(unit))).person.name).toBe('张三');
    expect(failing(await register({}, registrar(other)))).toEqual(['platform.access.permitted']);
  });
});
