import { builder } from './builder.ts';
import './region.ts';
import './organisation.ts';
import './person.ts';
import './team.ts';
import './team-member.ts';
import './team-post.ts';

builder.mutationType({});

export const schema = builder.toSubGraphSchema({ linkUrl: 'https://specs.apollo.dev/federation/v2.9' });
