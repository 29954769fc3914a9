import { decided } from './builder.ts';
import {
  addEffects,
  effectKinds,
  effectRows,
  findingFacts,
  lockFinding,
  MisuseEffectInput,
  recoveredBy,
  subjectOf,
} from './misuse-effect.ts';
import { MisuseFindingRef } from './misuse-finding.ts';
import { MisuseFinding } from './tables/misuse-finding.ts';

decided('misuseFindingClose', {
  description:
    'Closes a finding, with what was done about it last. Money is not held up by a closed finding. Errors: NOT_FOUND, STALE_VERSION, WRONG_STATE, ON_BEFORE_LAST_ACT, CODE_INVALID, DATE_AFTER_ACT, RECOVERED_TOO_MUCH.',
  thing: 'misuseFinding',
  type: MisuseFindingRef,
  input: (t) => ({
    finding: t.id({ required: true }),
    version: t.int({ required: true }),
    effects: t.field({ type: [MisuseEffectInput], description: 'What was done since the last record.' }),
  }),
  plan: (input) => ({
    entity: MisuseFinding,
    async prepare(tx, on) {
      const finding = await lockFinding(tx, input.finding, input.version, on);
      const effects = effectRows(finding.id, input.effects, on);
      const recovered = recoveredBy(effects, finding.recoveredFen, finding.amountFen);
      const kinds = [...(await effectKinds(tx, finding.id)), ...effects.map(({ kind }) => kind)];
      return {
        subject: subjectOf(finding.id, finding, finding.payerId),
        facts: findingFacts(finding, kinds, recovered),
        current: finding,
        change() {
          finding.closedOn = on;
          return addEffects(tx, finding, effects, on);
        },
      };
    },
  }),
});
