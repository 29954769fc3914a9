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
import './published-grade.ts';
import './certificate.ts';
import './exemption.ts';
import './consequence.ts';
import './obligation.ts';
import './obligation-settle.ts';
import './indicator.ts';
import './case-study.ts';
import './award-ranking.ts';

builder.mutationType({});

export const schema = builder.toSubGraphSchema({ linkUrl: 'https://specs.apollo.dev/federation/v2.9' });
