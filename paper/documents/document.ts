import { readFileSync } from 'node:fs';
import type { Ask } from '../ask.ts';
import type { Asked } from '../forms/form.ts';
import { type Block, fill, type Page } from '../page.ts';

/** A document that can be asked for: what the address must say, and how the page is made. */
export interface DocumentKind {
  readonly needs: readonly string[];
  /** @throws PaperError DOCUMENT_NOT_FOUND when there is none, or the caller may not see it */
  page(ask: Ask, asked: Asked, today: string): Promise<Page>;
}

type Name = 'certificate' | 'letter' | 'teamLetter' | 'notice' | 'projectNotice';

/** The sentences that all places share. What differs between them comes from the words of their law. */
const sentences: Readonly<Record<Name, Readonly<Record<string, string>>>> = JSON.parse(
  readFileSync(new URL('../documents.json', import.meta.url), 'utf8'),
);

/** A sentence of a document with its places filled. */
export const sentence = (document: Name, name: string, values: Parameters<typeof fill>[1] = {}) =>
  fill(sentences[document][name] ?? '', values);

export const paragraph = (text: string, isIndented = true): Block => ({ kind: 'paragraph', text, isIndented });
