import { addDays, type IsoDate } from "../../model/time.ts";
import { findDeadline } from "./find-deadline.ts";
import type { NoticePattern } from "./notice-patterns.ts";

/** A message that only says where its content can be fetched. */
export interface LinkNotice {
  readonly product: string;
  /** Last day to open the link. */
  readonly openBy: IsoDate;
  /** Whether the notice said the day; otherwise it is the product's usual time. */
  readonly isStated: boolean;
}

interface Link {
  readonly host: string;
  /** A bare address of a portal stands in many signatures and is no notice. */
  readonly isDeep: boolean;
}

const MAX_LINKS = 500;
const URLS = /\bhttps?:\/\/[^\s"'<>()[\]{}\\^`|]{4,2000}/gi;

function linksIn(text: string): Link[] {
  const links: Link[] = [];
  for (const [url] of text.matchAll(URLS)) {
    const parsed = URL.parse(url.replace(/[.,;:!?]+$/, "").replaceAll("&amp;", "&"));
    if (parsed === null) continue;
    const { hostname, pathname, search, hash } = parsed;
    links.push({ host: hostname, isDeep: pathname.length > 1 || search !== "" || hash !== "" });
    if (links.length === MAX_LINKS) break;
  }
  return links;
}

/** Compares with a pattern in which `*` stands for anything, without a regular expression that can be slow. */
function matches(pattern: string, text: string): boolean {
  const pieces = pattern.split("*");
  const [first = ""] = pieces;
  if (!text.startsWith(first)) return false;
  if (pieces.length === 1) return text === pattern;
  let from = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const at = text.indexOf(piece, from);
    if (at < 0) return false;
    from = at + piece.length;
  }
  const last = pieces.at(-1) ?? "";
  return text.length - last.length >= from && text.endsWith(last);
}

const matchesOne = (patterns: readonly string[], text: string): boolean => patterns.some((pattern) => matches(pattern, text));

/**
 * Tells whether a message is a secure-mail product's notice: nothing is fetched, a person opens the link.
 *
 * Pure. Two of three signs are needed: sender, a link into the product (not only to its front page), words.
 *
 * @param text subject and texts of the message, HTML as it stands
 */
export function findLinkNotice(
  { from, text, arrivedOn }: { readonly from: string; readonly text: string; readonly arrivedOn: IsoDate },
  patterns: readonly NoticePattern[],
): LinkNotice | null {
  const lower = text.toLowerCase();
  const links = linksIn(lower);
  if (links.length === 0) return null;
  for (const { product, senders, hosts, words, validDays } of patterns) {
    const isSender = matchesOne(senders, from);
    const isLinked = links.some(({ host, isDeep }) => isDeep && matchesOne(hosts, host));
    const isWorded = words.some((word) => lower.includes(word));
    if ([isSender, isLinked, isWorded].filter(Boolean).length < 2) continue;
    const stated = findDeadline(text, arrivedOn);
    return { product, openBy: stated ?? addDays(arrivedOn, validDays), isStated: stated !== null };
  }
  return null;
}
