import type { PageKind, PageSource } from "../../model/page.ts";
import { joinHints, type PersonHints, relateHints } from "./person-hints.ts";

/** A page with its kind and what it says about whose it is. */
export interface PageToGroup {
  readonly source: PageSource;
  readonly kind: PageKind;
  readonly hints?: PersonHints;
  /** True on a page of a form that is no registration form: attachments go to registrations first. */
  readonly isOtherForm?: boolean;
}

/** The pages of a submission by person. */
export interface PageGroups<T extends PageToGroup> {
  /** One list a person, pages in the order of the files. */
  readonly registrations: readonly (readonly T[])[];
  /** Blank sides, a batch's cover letters and pages that nobody can be found for. */
  readonly unassigned: readonly T[];
}

interface Person<T> {
  readonly pages: T[];
  readonly formPages: Set<number>;
  readonly code: string;
  readonly isOtherForm: boolean;
  readonly language: string;
  hints: PersonHints;
}

/**
 * Splits the pages of one submission into persons.
 *
 * Each form starts a person; attachments go to the person they name, else to the form before them (to the form
 * after them in a file that begins with attachments and ends with a form). Blank sides belong to nobody; a cover letter
 * belongs to the only person or, in a batch, to nobody. Papers without any form are one person's if a card,
 * a passport or a survey is among them.
 *
 * Pure. Every page comes out exactly once; no person has one page of the form twice.
 */
export function groupPages<T extends PageToGroup>(pages: readonly T[]): PageGroups<T> {
  const inOrder = pages.toSorted((a, b) => a.source.fileIndex - b.source.fileIndex || a.source.pageIndex - b.source.pageIndex);
  const content = inOrder.filter(({ kind }) => kind.kind !== "blank");
  const persons = findPersons(content);
  const owners = new Map<T, Person<T>>();
  if (persons.length === 0) return groupWithoutForm(inOrder);
  const registering = persons.filter((person) => !person.isOtherForm);
  const takers = registering.length > 0 ? registering : persons;
  for (const person of takers) for (const page of person.pages) owners.set(page, person);
  for (const page of content) {
    if (isForm(page)) continue;
    const owner = ownerOf(page, content, takers, owners);
    if (owner === null) continue;
    owner.pages.push(page);
    if (page.hints !== undefined) owner.hints = joinHints(owner.hints, page.hints);
  }
  const registrations = persons.map((person) => inOrder.filter((page) => person.pages.includes(page)));
  const assigned = new Set(registrations.flat());
  return { registrations, unassigned: inOrder.filter((page) => !assigned.has(page)) };
}

function isForm(page: PageToGroup): boolean {
  return page.kind.kind === "form";
}

const IDENTIFYING = new Set<PageKind["kind"]>(["permit", "passport", "skills", "extract", "kela"]);

function groupWithoutForm<T extends PageToGroup>(pages: readonly T[]): PageGroups<T> {
  if (!pages.some(({ kind }) => IDENTIFYING.has(kind.kind))) return { registrations: [], unassigned: pages };
  const isBlank = ({ kind }: T): boolean => kind.kind === "blank";
  return { registrations: [pages.filter((page) => !isBlank(page))], unassigned: pages.filter(isBlank) };
}

/** Returns the persons that the form pages tell apart, each with its form pages only. */
function findPersons<T extends PageToGroup>(content: readonly T[]): Person<T>[] {
  const isBatch = hasRepeatedFormPage(content);
  const persons: Person<T>[] = [];
  for (const [index, page] of content.entries()) {
    if (page.kind.kind !== "form") continue;
    const { pageNumber, layoutId } = page.kind;
    const language = languageOf(layoutId);
    const code = codeOf(layoutId);
    const candidates = persons.filter((person) => person.code === code && !person.formPages.has(pageNumber));
    const named = candidates.find((person) => relateHints(person.hints, page.hints ?? {}) === "same");
    const open = persons.at(-1);
    const fits =
      open !== undefined && candidates.includes(open) && continuesForm(open, page, { isBatch, language, before: content[index - 1] });
    const person = named ?? (fits ? open : undefined);
    const isOtherForm = page.isOtherForm === true;
    if (person === undefined)
      persons.push({ pages: [page], formPages: new Set([pageNumber]), code, isOtherForm, language, hints: page.hints ?? {} });
    else {
      person.pages.push(page);
      person.formPages.add(pageNumber);
      person.hints = joinHints(person.hints, page.hints ?? {});
    }
  }
  return persons;
}

function hasRepeatedFormPage(content: readonly PageToGroup[]): boolean {
  const numbers = content.flatMap(({ kind }) => (kind.kind === "form" ? [kind.pageNumber] : []));
  return new Set(numbers).size < numbers.length;
}

/** "<code>/<language>/<version>": pages of two forms are never one form. */
function codeOf(layoutId: string): string {
  return layoutId.split("/")[0] ?? layoutId;
}

/** "<code>/<language>/<version>": versions of one language are easily taken for each other, languages are not. */
function languageOf(layoutId: string): string {
  return layoutId.split("/")[1] ?? layoutId;
}

interface FormContext<T> {
  readonly isBatch: boolean;
  readonly language: string;
  readonly before: T | undefined;
}

/** In a batch the pages of one form lie next to each other and are of one language; a lone pair is one person's anyhow. */
function continuesForm<T extends PageToGroup>(open: Person<T>, page: T, { isBatch, language, before }: FormContext<T>): boolean {
  if (relateHints(open.hints, page.hints ?? {}) === "different") return false;
  if (!isBatch) return true;
  return open.language === language && before !== undefined && open.pages.includes(before);
}

function ownerOf<T extends PageToGroup>(
  page: T,
  content: readonly T[],
  persons: readonly Person<T>[],
  owners: ReadonlyMap<T, Person<T>>,
): Person<T> | null {
  const [only] = persons;
  if (persons.length === 1 && only !== undefined) return only;
  if (page.kind.kind === "cover") return null;
  const named = persons.filter((person) => relateHints(person.hints, page.hints ?? {}) === "same");
  const [first] = named;
  if (named.length === 1 && first !== undefined) return first;
  return nearestForm(page, content, owners);
}

/** Returns the owner of the form before the page (after it, where attachments come first) in its own file. */
function nearestForm<T extends PageToGroup>(page: T, content: readonly T[], owners: ReadonlyMap<T, Person<T>>): Person<T> | null {
  const isOwned = (item: T): boolean => owners.has(item);
  const file = content.filter(({ source, kind }) => source.fileIndex === page.source.fileIndex && kind.kind !== "cover");
  const [first] = file;
  const last = file.at(-1);
  const comesFirst = first !== undefined && last !== undefined && !isOwned(first) && isOwned(last);
  const at = file.indexOf(page);
  const before = file.slice(0, at).findLast(isOwned);
  const after = file.slice(at + 1).find(isOwned);
  const form = comesFirst ? (after ?? before) : (before ?? after);
  return form === undefined ? null : (owners.get(form) ?? null);
}
