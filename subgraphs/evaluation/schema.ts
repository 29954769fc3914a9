import { builder } from './builder.ts';
import './external.ts';
import './service-record.ts';
import './service-record-log.ts';
import './service-progress.ts';
import './training-record.ts';

builder.mutationType({});

export const schema = builder.toSubGraphSchema({ linkUrl: 'https://specs.apollo.dev/federation/v2.9' });
