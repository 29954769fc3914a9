import { describe, expect, it } from '@jest/globals';
import { openContracts } from '../contracts.ts';
import { openRegistry } from '../policies/registry.ts';
import { contractsFolder } from '../settings.ts';

interface Words {
  readonly id: string;
  readonly terms: Record<string, { zh: string }>;
  readonly roles: Record<string, { zh: string }>;
  readonly chains: readonly { id: string; steps: readonly { key: string }[] }[];
}

const contracts = openContracts(openRegistry(), contractsFolder, () => async () => {
  throw new Error('nothing is asked of the graph to list contracts');
});
const wordsOf = (name: string, pack: string): Words => {
  const { terms } = contracts.list().find((one) => one.name === name) as { terms: { packs: Words[] } };
  return terms.packs.find(({ id }) => id === pack) as Words;
};

describe('the words of a contract', () => {
  it('are those of each pack where two regimes meet', () => {
    expect(wordsOf('hunan+national', 'hunan').terms.team?.zh).toBe('科技扶贫专家服务团');
    expect(wordsOf('hunan+national', 'national').terms.team?.zh).toBe('产业顾问组');
    expect(wordsOf('hunan', 'hunan')).toEqual(wordsOf('hunan+national', 'hunan'));
  });

  it.each([
    ['hunan', 'hunan', 'team-leader', '团长'],
    ['jiaozuo', 'jiaozuo', 'brigade-leader', '队长'],
    ['jiaozuo', 'platform', 'recorder', '代录员'],
  ])('of %s call a role of %s (%s) %s', (name, pack, role, title) => {
    expect(wordsOf(name, pack).roles[role]?.zh).toBe(title);
  });

  it('say the steps of a chain in their order', () => {
    const [chain] = wordsOf('national', 'national').chains;
    expect(chain?.steps.map(({ key }) => key).slice(0, 2)).toEqual(['need', 'application']);
    expect(wordsOf('national', 'national').terms.convenor?.zh).toBe('召集人');
  });
});
