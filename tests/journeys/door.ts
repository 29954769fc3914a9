import { type Answer, type Held, persona } from '../harness.ts';

export type Persona = ReturnType<typeof persona>;

/** The public graph, wherever it runs: the journeys know nothing else of it. */
export interface Door {
  // biome-ignore lint/suspicious/noExplicitAny: a test states what it expects by its assertions, not by types
  ask(persona: Persona, document: string, variables?: Record<string, unknown>): Promise<Answer<any>>;
}

export const CITY = 'cn-410800';
export const CAPITAL = 'cn-410100';
export const COUNTY = 'cn-410821';
export const OTHER_COUNTY = 'cn-410822';

export const administrator = persona('account:administrator', [['region-administrator', 'cn']]);
export const bureau = persona('account:bureau', [['prefecture-st-bureau', CITY]]);
export const meeting = persona('account:meeting', [['prefecture-st-bureau-meeting', CITY]]);
export const panel = persona('account:panel', [['expert-panel', CITY]]);
export const countyDept = persona('account:county', [['county-st-dept', COUNTY]]);
export const otherCounty = persona('account:other-county', [['county-st-dept', OTHER_COUNTY]]);
export const auditor = persona('account:auditor', [], { scopes: ['audit:read'] });
export const commissionerOf = (person: string): Persona => persona(`account:person:${person}`, [], { person });
export const accountOf = (...held: Held): Persona => persona(`account:${held.join(':')}`, [held]);

export interface Finding {
  readonly rule: string;
  readonly effect: string;
  readonly outcome: string;
  readonly citation: { document: string; article: string; phrase: string };
  readonly message: { zh: string; en: string };
  readonly facts: Record<string, unknown>;
}

export interface Payload {
  readonly decision: {
    readonly id: string;
    readonly outcome: string;
    readonly digest: string;
    readonly missing: string[];
    readonly findings: Finding[];
  } | null;
  readonly userErrors: { code: string; field: string[]; message: { zh: string; en: string } }[];
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly [thing: string]: any;
}

const ANSWER = `decision { id outcome digest missing findings(outcomes: [FAIL, UNDETERMINED]) {
  rule effect outcome message { zh en } citation { document article phrase } facts } }
  userErrors { code field message { zh en } }`;

/** Somebody who acts through a door and remembers every decision on the way. */
export class Teller {
  readonly #open: () => Door;
  /** The decisions so far: id and digest as the act answered them. */
  readonly decisions = new Map<string, string>();

  constructor(open: () => Door) {
    this.#open = open;
  }

  ask(...args: Parameters<Door['ask']>): ReturnType<Door['ask']> {
    return this.#open().ask(...args);
  }

  /** Asks and throws unless there are no errors. */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  async get(...args: Parameters<Door['ask']>): Promise<any> {
    const { data, errors } = await this.ask(...args);
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
    return data;
  }

  /** Runs one mutation on a day and answers its payload; `thing` is the payload's field and what to read of it. */
  async act(who: Persona, mutation: string, on: string, input: Record<string, unknown>, thing = ''): Promise<Payload> {
    const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
    const document = `mutation Act($input: ${type}!) { ${mutation}(input: $input) { ${thing} ${ANSWER} } }`;
    const payload: Payload = (await this.get(who, document, { input: { on, ...input } }))[mutation];
    if (payload.decision) this.decisions.set(payload.decision.id, payload.decision.digest);
    return payload;
  }

  /** As `act`, for what must be allowed. */
  async allowed(...args: Parameters<Teller['act']>): Promise<Payload> {
    const payload = await this.act(...args);
    if (payload.decision?.outcome !== 'ALLOW')
      throw new Error(`${args[1]}: ${JSON.stringify(payload.userErrors)} ${stopping(payload)}`);
    return payload;
  }

  /** As `allowed`: answers the thing. */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  async done(...args: Parameters<Teller['act']>): Promise<any> {
    return (await this.allowed(...args))[(args[4] ?? '').split(/[ {]/)[0] as string];
  }

  /** Registers an organisation and answers its id. */
  async organisation(name: string, region: string, more: Record<string, unknown> = {}): Promise<string> {
    const input = { name, type: 'university', nature: 'public-institution', level: 'province', region, ...more };
    return (await this.done(administrator, 'organisationRegister', '2022-01-04', input, 'organisation { id }')).id;
  }

  /** Registers a person of an organisation and answers the id. */
  async person(name: string, organisation: string, more: Record<string, unknown> = {}): Promise<string> {
    const usual = { employmentStatus: 'in-service', titleLevel: 'senior', degree: 'doctor' };
    const input = { name, organisation, ...usual, ...more };
    return (await this.done(administrator, 'personRegister', '2022-01-05', input, 'person { id }')).id;
  }
}

/** The rules that stop a decision, by id. */
export const stopping = ({ decision }: Payload): string[] =>
  (decision?.findings ?? []).filter(({ effect }) => effect === 'deny' || effect === 'override').map(({ rule }) => rule);

/** The rules that a decision only points out. */
export const pointedOut = ({ decision }: Payload): string[] =>
  (decision?.findings ?? []).filter(({ effect }) => effect !== 'deny' && effect !== 'override').map(({ rule }) => rule);

export const codes = ({ userErrors }: Payload): string[] => userErrors.map(({ code }) => code);
