import { builder } from './builder.ts';
import './region.ts';
import './organisation.ts';
import './person.ts';
import './team.ts';
import './team-member.ts';
import './team-post.ts';
import './demand.ts';
import './demand-publish.ts';
import './matching.ts';
import './selection.ts';
import './selection-step.ts';
import './selection-advance.ts';
import './selection-notice.ts';
import './selection-objection.ts';
import './application.ts';
import './appointment.ts';
import './appointment-create.ts';
import './appointment-activate.ts';
import './appointment-renew.ts';
import './renewal-ranking.ts';
import './insurance.ts';
import './off-post-leave.ts';
import './support-request.ts';

builder.mutationType({});

export const schema = builder.toSubGraphSchema({ linkUrl: 'https://specs.apollo.dev/federation/v2.9' });
