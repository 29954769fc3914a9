import { addLine, type Categories, YUAN } from '../money.ts';
import { chanceOf } from '../random.ts';
import { placed } from '../region.ts';
import type { Register } from '../register.ts';
import type { Bodies } from './body.ts';
import { CITY, DEBAO } from './place.ts';
import type { Sent } from './sent.ts';
import { teamId } from './team.ts';

const CATEGORIES: Categories = [
  ['transport-travel', '到村服务往返交通'],
  ['training', '举办培训班'],
  ['materials', '购买示范用种苗'],
];

/** What was set aside in 2019: for service teams, for the talents, and for the contact point; of commissioners nothing is said. */
export function addMoney({ batch }: Register, bodies: Bodies, sent: readonly Sent[]): void {
  const payer = { payerId: bodies.bureau.id, payerLevel: 'prefecture', source: 'prefecture-st-budget', year: 2019 };
  for (const industry of ['fruit', 'tea', 'silkworm', 'livestock', 'vegetables']) {
    const line = {
      beneficiaryKind: 'team',
      beneficiaryId: teamId(industry),
      beneficiaryLevel: 'prefecture',
      personId: null,
      dispatchingUnitId: bodies.senders[0]?.id ?? null,
      ...payer,
      amountFen: chanceOf(`baise money ${industry}`).whole(6, 12) * 10_000 * YUAN,
      ...placed(CITY),
    };
    addLine(batch, `baise team ${industry} 2019`, line, CATEGORIES);
  }
  for (const { id, kind, personId, unit, county } of sent) {
    if (kind !== 'three-regions-talent') continue;
    const line = {
      beneficiaryKind: 'appointment',
      beneficiaryId: id,
      beneficiaryLevel: kind,
      personId,
      dispatchingUnitId: unit,
      ...payer,
      source: 'three-regions',
      amountFen: 20_000 * YUAN,
      ...placed(county.id),
    };
    addLine(batch, `baise ${id} 2019`, line, []);
  }
  const contact = {
    beneficiaryKind: 'organisation',
    beneficiaryId: bodies.counties.get(DEBAO)?.st.id as string,
    beneficiaryLevel: 'county',
    personId: null,
    dispatchingUnitId: bodies.counties.get(DEBAO)?.st.id ?? null,
    ...payer,
    purpose: 'contact-point',
    amountFen: 50_000 * YUAN,
    ...placed(DEBAO),
  };
  addLine(batch, 'baise contact point 2019', contact, []);
}
