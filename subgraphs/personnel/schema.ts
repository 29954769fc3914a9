import { builder } from './builder.ts';
import './region.ts';
import './region-industry.ts';
import './region-coverage.ts';
import './organisation.ts';
import './person.ts';
import './team.ts';
import './team-member.ts';
import './team-post.ts';
import './agreement.ts';
import './agreement-commitment.ts';
import './brigade.ts';
import './brigade-member.ts';
import './workstation.ts';
import './local-measure.ts';
import './governing-body.ts';

builder.mutationType({});

export const schema = builder.toSubGraphSchema({ linkUrl: 'https://specs.apollo.dev/federation/v2.9' });
