/*
 * What the money and the service objects of a programme leave open that has no use for it: no modes of subsidy, nobody
 * who decides or pays together with the payer, no demonstrations. To be spread into a row.
 */
export const plainLine = { mode: null, purpose: null, deciders: [], acceptedResult: null, coFunders: [] };

export const plainExpense = { payeeRelated: null };

export const plainServiceObject = { criteriaMet: [], households: null, participation: [] };

export const plainResult = {
  villageId: null,
  endedOn: null,
  endReason: null,
  reference: null,
  quantity: 1,
  features: [],
  partnerId: null,
  partnerKind: null,
  personId: null,
  teamId: null,
  attributes: {},
};

export const plainPlatform = { carrier: null, functions: [], zones: [], services: [], userGroups: [], brand: null };
