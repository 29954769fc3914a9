import { builder } from './builder.ts';
import './external.ts';
import './service-record.ts';
import './service-record-log.ts';
import './service-progress.ts';
import './training-record.ts';
import './evaluation-batch.ts';
import './evaluation-batch-open.ts';
import './evaluation.ts';
import './evaluation-grade.ts';
import './evaluation-publish.ts';

builder.mutationType({});

export const schema = builder.toSubGraphSchema({ linkUrl: 'https://specs.apollo.dev/federation/v2.9' });
