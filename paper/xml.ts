/** A piece of XML: a tag that opens (perhaps closing itself), one that closes, or text. Prefixes are left out. */
export interface XmlEvents {
  open(name: string, attributes: () => Readonly<Record<string, string>>, isEmpty: boolean): void;
  close(name: string): void;
  text(text: string): void;
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Text with its five named and its numeric references resolved. Others do not exist without a DOCTYPE, which is refused. */
function resolved(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(#x?)?([0-9a-zA-Z]+);/g, (all, kind: string | undefined, body: string) => {
    if (!kind) return named[body] ?? all;
    const code = Number.parseInt(body, kind === '#x' ? 16 : 10);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
}

const local = (name: string) => name.slice(name.indexOf(':') + 1);

function attributesOf(tag: string): Record<string, string> {
  const found: Record<string, string> = {};
  // One after another from the front: a search for the next one anywhere takes quadratic time over a long tag without any.
  const attribute = /\s*([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/y;
  for (let match = attribute.exec(tag); match; match = attribute.exec(tag)) {
    found[local(match[1] as string)] = resolved(match[2] ?? match[3] ?? '');
  }
  return found;
}

/** XML that breaks off, or brings a DOCTYPE (whose entities can grow without end). */
export class XmlError extends Error {}

// A cell holds 32,767 characters. What is longer than this would be read again and again as it comes in.
const LONGEST = 1_000_000;

/**
 * Reads XML in pieces, in time linear in its length and without keeping more than one tag or text of it.
 * @throws XmlError
 */
export async function readXml(pieces: AsyncIterable<string>, events: XmlEvents): Promise<void> {
  let rest = '';
  let started = false;

  function tag(body: string): void {
    const first = body.charCodeAt(0);
    if (first === 0x2f) {
      events.close(local(body.slice(1).trim()));
      return;
    }
    if (first === 0x3f) return;
    if (first === 0x21) throw new XmlError('a declaration inside the document');
    const isEmpty = body.charCodeAt(body.length - 1) === 0x2f;
    const end = body.search(/[\s/]/);
    const name = local(end < 0 ? body : body.slice(0, end));
    events.open(name, () => attributesOf(end < 0 ? '' : body.slice(end)), isEmpty);
  }

  /** Reads as far as the text goes, and returns from where more is needed. */
  function read(text: string, isLast: boolean): number {
    let at = 0;
    for (;;) {
      const open = text.indexOf('<', at);
      if (open < 0) return at;
      if (open > at) events.text(resolved(text.slice(at, open)));
      const isComment = text.startsWith('<!--', open);
      const isData = text.startsWith('<![CDATA[', open);
      const end = isComment
        ? text.indexOf('-->', open + 4)
        : isData
          ? text.indexOf(']]>', open + 9)
          : closing(text, open);
      // A comment that has only begun looks like a declaration until four characters of it are there.
      if (end < 0 || (!isLast && text.length - open < 9)) {
        return open;
      }
      if (isData) events.text(text.slice(open + 9, end));
      else if (!isComment) tag(text.slice(open + 1, end));
      at = isComment || isData ? end + 3 : end + 1;
    }
  }

  for await (const piece of pieces) {
    const text = rest + piece;
    started ||= text.trim() !== '';
    rest = text.slice(read(text, false));
    if (rest.length > LONGEST) throw new XmlError('a tag or text without an end');
  }
  rest = rest.slice(read(rest, true));
  if (!started || rest.trim() !== '') throw new XmlError('the document breaks off');
}

/** Where a tag ends: the first `>` outside quotes. */
function closing(text: string, open: number): number {
  const end = text.indexOf('>', open);
  if (end < 0) return -1;
  const body = text.slice(open, end);
  // Nearly every tag has no `>` in a value.
  const quotes = (body.match(/"/g)?.length ?? 0) % 2 || (body.match(/'/g)?.length ?? 0) % 2;
  if (!quotes) return end;
  let quote = '';
  for (let at = open; at < text.length; at += 1) {
    const one = text[at] as string;
    if (quote) quote = one === quote ? '' : quote;
    else if (one === '"' || one === "'") quote = one;
    else if (one === '>') return at;
  }
  return -1;
}
