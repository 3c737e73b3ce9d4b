import { normaliseValue } from "./normalise-value.ts";
import type { Output, Submission, TruthRecord } from "./set-files.ts";

/** Fields that tell whose form it is, beside its pages. */
const IDENTITY = ["personalIdentityCode", "surname", "givenNames", "dateOfBirth", "permitCardNumber"];
const PAGE_WEIGHT = 10;
const FIELD_WEIGHT = 4;

const keyOf = (file: string, index: number): string => `${file}#${index}`;

function pagesOf(truth: Submission["truth"], record: number): ReadonlySet<string> {
  const pages = truth.files.flatMap((file) => file.pages.map((page) => ({ ...page, file: file.name })));
  return new Set(pages.filter((page) => page.record === record).map(({ file, index }) => keyOf(file, index)));
}

function likeness(record: TruthRecord, own: ReadonlySet<string>, found: Output["cases"][number]): number {
  const shared = found.pages.filter(({ file, index }) => own.has(keyOf(file, index))).length;
  const equal = IDENTITY.filter((field) => {
    const value = normaliseValue(field, found.fields[field]?.value);
    return value !== "" && value === normaliseValue(field, record.fields[field]);
  }).length;
  return shared * PAGE_WEIGHT + equal * FIELD_WEIGHT;
}

/** Returns for each person of a submission the registration that was made of the person's papers; the likest pairs first. Pure. */
export function matchPeople({ truth, output }: Submission): ReadonlyMap<number, number> {
  const pairs = truth.records.flatMap((record, person) => {
    const own = pagesOf(truth, person);
    return (output?.cases ?? []).map((found, index) => ({ person, index, weight: likeness(record, own, found) }));
  });
  const isOnlyPair = pairs.length === 1;
  const matched = new Map<number, number>();
  for (const { person, index, weight } of pairs.toSorted((a, b) => b.weight - a.weight)) {
    if (weight === 0 && !isOnlyPair) continue;
    if (!matched.has(person) && ![...matched.values()].includes(index)) matched.set(person, index);
  }
  return matched;
}
