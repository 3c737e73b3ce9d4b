import type { PrintedWord } from "../model/form-layout.ts";
import type { RectMm } from "../model/page.ts";

/** Words closer than this stand in one label. */
const PHRASE_GAP_MM = 3;

/** Words that stand together on one line: a label, a heading, a sentence. */
export interface Phrase {
  readonly text: string;
  readonly rect: RectMm;
  readonly words: readonly PrintedWord[];
}

function isSameLine(a: RectMm, b: RectMm): boolean {
  const overlap = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return overlap > 0.3 * Math.min(a.height, b.height);
}

/** Returns the smallest rectangle over two. Pure. */
export function unionRect(a: RectMm, b: RectMm): RectMm {
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  return { x, y, width: Math.max(a.x + a.width, b.x + b.width) - x, height: Math.max(a.y + a.height, b.y + b.height) - y };
}

function toPhrase(words: readonly PrintedWord[]): Phrase | undefined {
  const [first, ...rest] = words;
  if (first === undefined) return undefined;
  return {
    text: words.map((word) => word.text).join(" "),
    rect: rest.reduce((rect, word) => unionRect(rect, word.rect), first.rect),
    words,
  };
}

/** Returns a page's words joined to phrases, by line and gap. Pure. */
export function findPhrases(words: readonly PrintedWord[]): Phrase[] {
  const left = new Set(words);
  const phrases: Phrase[] = [];
  for (const word of words) {
    if (!left.has(word)) continue;
    const line = [...left].filter((other) => isSameLine(word.rect, other.rect)).toSorted((a, b) => a.rect.x - b.rect.x);
    let current: PrintedWord[] = [];
    const close = (): void => {
      const phrase = toPhrase(current);
      if (phrase !== undefined) phrases.push(phrase);
      current = [];
    };
    for (const next of line) {
      left.delete(next);
      const last = current.at(-1);
      if (last !== undefined && next.rect.x - last.rect.x - last.rect.width > PHRASE_GAP_MM) close();
      current.push(next);
    }
    close();
  }
  return phrases;
}
