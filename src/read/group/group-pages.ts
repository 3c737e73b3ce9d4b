import type { PageKind, PageSource } from "../../model/page.ts";
import { joinHints, type PersonHints, relateHints, relateLooseNames } from "./person-hints.ts";

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

/**
 * Returns the persons that the form pages tell apart, each with its form pages only: pages are joined by names and numbers that were
 * surely read, then by names that are merely alike, and only then by lying next to each other.
 */
function findPersons<T extends PageToGroup>(content: readonly T[]): Person<T>[] {
  const lone = content.flatMap((page) => (page.kind.kind === "form" ? [toPerson(page, page.kind)] : []));
  return joinNeighbours(joinLonePages(joinNamed(lone)), content);
}

function toPerson<T extends PageToGroup>(page: T, { layoutId, pageNumber }: Extract<PageKind, { kind: "form" }>): Person<T> {
  return {
    pages: [page],
    formPages: new Set([pageNumber]),
    code: codeOf(layoutId),
    isOtherForm: page.isOtherForm === true,
    language: languageOf(layoutId),
    hints: page.hints ?? {},
  };
}

/** Whether two persons' pages may be one form: no page of it twice. */
function completes<T>(person: Person<T>, other: Person<T>): boolean {
  return person.code === other.code && ![...other.formPages].some((pageNumber) => person.formPages.has(pageNumber));
}

function join<T>(person: Person<T>, other: Person<T>): void {
  person.pages.push(...other.pages);
  for (const pageNumber of other.formPages) person.formPages.add(pageNumber);
  person.hints = joinHints(person.hints, other.hints);
}

function joinNamed<T extends PageToGroup>(lone: readonly Person<T>[]): Person<T>[] {
  const persons: Person<T>[] = [];
  for (const other of lone) {
    const named = persons.find((person) => completes(person, other) && relateHints(person.hints, other.hints) === "same");
    if (named === undefined) persons.push(other);
    else join(named, other);
  }
  return persons;
}

/** In a batch the pages of one form lie next to each other; a lone pair is one person's anyhow. */
function joinNeighbours<T extends PageToGroup>(torn: readonly Person<T>[], content: readonly T[]): Person<T>[] {
  const isBatch = hasRepeatedFormPage(content);
  const persons: Person<T>[] = [];
  for (const other of torn) {
    const open = persons.at(-1);
    const [first] = other.pages;
    const before = first === undefined ? undefined : content[content.indexOf(first) - 1];
    if (open !== undefined && completes(open, other) && continuesForm(open, other, isBatch ? before : null)) join(open, other);
    else persons.push(other);
  }
  return persons;
}

/**
 * Joins what is left of torn forms in a shuffled batch: two persons of one form and language whose pages complete each other and whose
 * names, however badly read, are alike, when no third one comes into question for either.
 */
function joinLonePages<T extends PageToGroup>(persons: readonly Person<T>[]): Person<T>[] {
  const joined = new Set<Person<T>>();
  for (const person of persons) {
    const [partner, ...others] = partnersOf(person, persons);
    if (partner === undefined || others.length > 0 || joined.has(person) || partnersOf(partner, persons).length > 1) continue;
    join(person, partner);
    joined.add(partner);
  }
  return persons.filter((person) => !joined.has(person));
}

function partnersOf<T>(person: Person<T>, persons: readonly Person<T>[]): Person<T>[] {
  const { language, hints } = person;
  return persons.filter((other) => {
    if (other === person || other.language !== language || !completes(person, other)) return false;
    return relateLooseNames(hints, other.hints) === "same" && relateHints(hints, other.hints) !== "different";
  });
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

/**
 * Whether a form page goes on with the form before it.
 *
 * @param before the page that lies before it in a batch; null = no batch, where only a surely read name speaks against it
 */
function continuesForm<T>(open: Person<T>, other: Person<T>, before: T | undefined | null): boolean {
  if (relateHints(open.hints, other.hints) === "different") return false;
  if (before === null) return true;
  const isNeighbour = before !== undefined && open.pages.includes(before) && open.language === other.language;
  return isNeighbour && relateLooseNames(open.hints, other.hints) !== "different";
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
