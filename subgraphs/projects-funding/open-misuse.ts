import type { SqlEntityManager } from '@mikro-orm/postgresql';
import type { Context } from '../context.ts';
import { MisuseFinding } from './tables/misuse-finding.ts';

/** Whom money concerns: whom it is for, the one person among them, and the unit that spends it. */
export interface Concerned {
  readonly line?: string;
  readonly beneficiaryKind: string;
  readonly beneficiaryId: string;
  readonly person: string | null | undefined;
  readonly unit: string | null | undefined;
}

/** Kind of findings of other inspections that are about money. */
const MONEY = 'funds';
const OPEN = ['raised', 'ordered', 'rectified'];

const FINDINGS = /* GraphQL */ `
  query FindingsAboutMoney($kinds: [String!], $statuses: [String!], $unit: ID, $team: ID, $ofUnit: Boolean!, $ofTeam: Boolean!) {
    unit: findings(filter: { organisation: $unit, kinds: $kinds, statuses: $statuses }, first: 200) @include(if: $ofUnit) {
      edges { node { kind class } }
    }
    team: findings(filter: { team: $team, kinds: $kinds, statuses: $statuses }, first: 200) @include(if: $ofTeam) {
      edges { node { kind class } }
    }
  }
`;

interface Findings {
  readonly edges: readonly { readonly node: { readonly kind: string; readonly class: string | null } }[];
}

/** The classes of other findings about money that are open and concern the unit or the team, asked of their owner. */
export async function openFindings(context: Context, concerned: Concerned): Promise<string[]> {
  const { unit, beneficiaryKind, beneficiaryId } = concerned;
  const ofTeam = beneficiaryKind === 'team';
  if (!unit && !ofTeam) return [];
  const answer = await context.graph<{ unit?: Findings; team?: Findings }>(FINDINGS, {
    kinds: [MONEY],
    statuses: OPEN,
    unit: unit ?? null,
    team: ofTeam ? beneficiaryId : null,
    ofUnit: Boolean(unit),
    ofTeam,
  });
  const edges = [...(answer.unit?.edges ?? []), ...(answer.team?.edges ?? [])];
  return edges.map(({ node }) => node.class ?? node.kind);
}

/** The kinds of misuse findings that are open on a day and concern this money, together with those of others. */
export async function openMisuseTypes(
  tx: SqlEntityManager,
  { line, beneficiaryId, person, unit }: Concerned,
  others: readonly string[],
  on: string,
): Promise<string[]> {
  const concern = [
    ...(line ? [{ lineId: line }] : []),
    { beneficiaryId },
    ...(person ? [{ personId: person }, { responsiblePersonId: person }] : []),
    ...(unit ? [{ dispatchingUnitId: unit }, { responsibleOrganisationId: unit }] : []),
  ];
  const open = { recordedOn: { $lte: on }, $or: [{ closedOn: null }, { closedOn: { $gt: on } }] };
  const rows = await tx.find(MisuseFinding, { $and: [open, { $or: concern }] }, { fields: ['kind'] });
  return [...new Set([...rows.map(({ kind }) => kind), ...others])].sort();
}
