import { builder } from './builder.ts';
import './pack.ts';
import './region.ts';
import './source.ts';
import './parameter.ts';
import './fact.ts';
import './decision-point.ts';
import './rule.ts';
import './role.ts';
import './chain.ts';
import './entry.ts';
import './decision-log.ts';
import './access-log.ts';
import './audit-trail.ts';
import './logged-decision.ts';
import './decided-act.ts';
import './decision-replay.ts';
import './decision-preview.ts';
import './pack-check.ts';
import './pack-diff.ts';

builder.mutationType({});

export const schema = builder.toSubGraphSchema({ linkUrl: 'https://specs.apollo.dev/federation/v2.9' });
