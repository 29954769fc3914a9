import { builder } from './builder.ts';
import './external.ts';
import './funding-line.ts';
import './funding-allocate.ts';
import './transfer.ts';
import './expense.ts';
import './expense-category.ts';
import './fee.ts';
import './income.ts';
import './income-distribution.ts';
import './project-call.ts';
import './project-application.ts';
import './project-application-ranking.ts';
import './fund-inspection.ts';
import './platform.ts';
import './service-object.ts';
import './funding-summary.ts';
import './work-result.ts';
import './project.ts';
import './project-register.ts';
import './project-notice.ts';
import './project-library.ts';
import './project-tracking.ts';
import './project-status.ts';
import './region-picture.ts';

builder.mutationType({});

export const schema = builder.toSubGraphSchema({ linkUrl: 'https://specs.apollo.dev/federation/v2.9' });
