import { LockMode } from '@mikro-orm/postgresql';
import { requireOrder } from '../act-order.ts';
import { expectVersion, notFound, UserError } from '../user-error.ts';
import { AgreementRef, agreementSubject } from './agreement.ts';
import { decided } from './builder.ts';
import { Agreement, Commitment } from './tables/agreement.ts';
import { Region } from './tables/region.ts';
import { Team } from './tables/team.ts';

decided('agreementCommitmentSettle', {
  description:
    'Settles a commitment as fulfilled on the day of the act. Its version is that of the agreement. Errors: NOT_FOUND, STALE_VERSION, WRONG_STATE (settled already), ON_BEFORE_LAST_ACT (before the signing).',
  thing: 'agreement',
  type: AgreementRef,
  input: (t) => ({
    agreement: t.id({ required: true }),
    version: t.int({ required: true }),
    commitment: t.id({ required: true }),
    evidence: t.string({ description: 'Where the proof is: title, number or address of a document.' }),
  }),
  plan: (input) => ({
    entity: Agreement,
    async prepare(tx, on) {
      const agreement = await tx.findOne(Agreement, { id: input.agreement }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (!agreement) throw notFound('agreement');
      expectVersion(agreement.version, input.version);
      requireOrder(agreement.signedOn, on);
      const commitment = await tx.findOne(Commitment, { id: input.commitment, agreementId: agreement.id });
      if (!commitment) throw notFound('commitment');
      if (commitment.settledOn) {
        throw new UserError('WRONG_STATE', 'commitment', {
          zh: '该承诺已结清。',
          en: 'This commitment has been settled.',
        });
      }
      const team = await tx.findOneOrFail(Team, { id: agreement.teamId });
      const county = await tx.findOneOrFail(Region, { id: agreement.countyId });
      const evidence = input.evidence?.trim() || null;
      return {
        subject: await agreementSubject(tx, { id: agreement.id, team, county }, on),
        facts: { 'team.level': team.level, 'commitment.evidenceAttached': evidence !== null },
        current: agreement,
        change() {
          commitment.settledOn = on;
          commitment.evidence = evidence;
          agreement.changedAt = new Date();
          return agreement;
        },
      };
    },
  }),
});
