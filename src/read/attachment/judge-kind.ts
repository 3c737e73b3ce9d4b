import { foldText, holdsPhrase } from "./fold-text.ts";
import { KIND_WORDS, type KindWords, type WordKind } from "./kind-words.ts";

/** A line of print as it was read. */
export interface ReadLine {
  readonly text: string;
  /** 0-1. */
  readonly confidence: number;
  /** Height relative to the page's usual line; titles are taller. */
  readonly relativeHeight: number;
}

/** How much speaks for each kind; 0 = nothing. Three points are one clear title. */
export type KindScores = Readonly<Record<WordKind, number>>;

/** A title is the bulk of its line; in "bring your residence permit, passport and ..." each word is a tenth. */
const TITLE_SHARE = 0.34;
const LABEL_SHARE = 0.3;
const TITLE_POINTS = 3;
const LABEL_POINTS = 1;
const PHRASE_POINTS = 1;
/** Lines taller than this are headlines: their title counts more. */
const HEADLINE_FROM = 1.15;
const HEADLINE_FACTOR = 1.5;
/** Words that are titles also at the end of a letterhead, in capitals: "Vantaan kaupunki SAATE". */
const CAPITAL_TITLE = /^(SAATE|MISSIV|PÄÄTÖS|PAATOS|BESLUT|KUTSU|INBJUDAN)$/;
/** A headline of so few words is named by any of them: "Kutsu ryhmäinfoon". */
const FEW_WORDS = 4;
/** Below this the reader guesses. */
const LEAST_CONFIDENCE = 0.5;

const NO_POINTS: KindScores = { permitFront: 0, permitBack: 0, passport: 0, skills: 0, extract: 0, kela: 0, cover: 0, other: 0 };
const KINDS = Object.keys(KIND_WORDS) as WordKind[];

const PERMIT_KINDS: ReadonlySet<WordKind> = new Set(["permitFront", "permitBack"]);
const PERMIT_TITLES = KIND_WORDS.permitFront.titles;
/** Words that name a paper about a permit: "Päätös oleskeluluvasta", "Application for a residence permit". */
const PAPER_WORDS = /PAATO[SK]|BESLUT|DECISION|HAKEMU[SK]|ANSOKAN|APPLICATION/;
/** A card says "oleskelulupa"; who speaks of one declines the word. */
const DECLINED_PERMIT = /OLESKELULUVA[NSLK]|OLESKELULUPA[AHN]/;

/** Tells whether a line names a paper about a permit rather than the card itself. */
function namesPaperAboutPermit(folded: string): boolean {
  if (DECLINED_PERMIT.test(folded)) return true;
  return PAPER_WORDS.test(folded) && PERMIT_TITLES.some((title) => holdsPhrase(folded, title));
}

/** Returns how much the lines of a page speak for each kind. Pure. */
export function judgeKind(lines: readonly ReadLine[]): KindScores {
  const scores: Record<WordKind, number> = { ...NO_POINTS };
  for (const line of lines) {
    if (line.confidence < LEAST_CONFIDENCE) continue;
    const folded = foldText(line.text);
    if (folded.length < 4) continue;
    const isAboutPermit = namesPaperAboutPermit(folded);
    for (const kind of KINDS) if (!(isAboutPermit && PERMIT_KINDS.has(kind))) scores[kind] += pointsOf(line, folded, KIND_WORDS[kind]);
    if (isAboutPermit) scores.other += TITLE_POINTS;
  }
  return scores;
}

function pointsOf(line: ReadLine, folded: string, words: KindWords): number {
  const held = (phrases: readonly string[], share: number): string[] =>
    phrases.filter((phrase) => phrase.length >= share * folded.length && holdsPhrase(folded, phrase));
  const isHeadline = line.relativeHeight >= HEADLINE_FROM;
  const whole = held(words.titles, TITLE_SHARE).length;
  const titles = whole === 0 && hasTitleWord(line.text, isHeadline, words) ? 1 : whole;
  const labels = held(words.labels, LABEL_SHARE).length;
  const phrases = held(words.phrases, 0).length;
  return titles * TITLE_POINTS * (isHeadline ? HEADLINE_FACTOR : 1) + labels * LABEL_POINTS + phrases * PHRASE_POINTS;
}

function hasTitleWord(text: string, isHeadline: boolean, { titles }: KindWords): boolean {
  const all = text.split(/[^\p{L}]+/u).filter((word) => word !== "");
  const isShort = isHeadline && all.length <= FEW_WORDS;
  return all.some((word) => (isShort || CAPITAL_TITLE.test(word)) && titles.includes(foldText(word)));
}
