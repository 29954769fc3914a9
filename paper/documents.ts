import { appointmentLetter } from './documents/appointment-letter.ts';
import { certificate } from './documents/certificate.ts';
import type { DocumentKind } from './documents/document.ts';
import { projectNotice } from './documents/project-notice.ts';
import { selectionNotice } from './documents/selection-notice.ts';
import { teamLetter } from './documents/team-letter.ts';

/** The documents, by the name in their address. */
export const documentKinds: Readonly<Record<string, DocumentKind>> = {
  certificate,
  'letter-of-appointment': appointmentLetter,
  'team-letter': teamLetter,
  'public-notice': selectionNotice,
  'project-notice': projectNotice,
};
