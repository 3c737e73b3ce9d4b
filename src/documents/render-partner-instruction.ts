import { absenceRuleOn } from "./absence-policy.ts";
import { formatDay, formatShortDay, formatTime } from "./format-when.ts";
import { FLOWING, type Paper, toPaper } from "./paper.ts";
import { PartnerInstructionData, type PartnerInstructionInput } from "./paper-data.ts";
import { safe, type Templates } from "./paper-templates.ts";
import { languageNameIn, type Texts, textsOf } from "./texts.ts";

type Instruction = ReturnType<typeof PartnerInstructionData.parse>;

const COLUMNS = ["code", "language", "day", "time", "place", "free"] as const;

function stepsOf(data: Instruction, texts: Texts): object[] {
  const text = (key: string, values: Record<string, string | number> = {}) => safe(texts.html(`instruction.${key}`, values));
  const { office } = data;
  const absence = absenceRuleOn(data.issuedOn, data.absencePolicies) === "single" ? "absenceSingle" : "absenceRepeated";
  const address = `${office.name}, ${office.unit}, ${office.street}, ${office.postal}`;
  return [
    { title: text("formTitle"), points: ["formFill", "formMust", "formAttach", "formLiteracy"].map((key) => text(key)) },
    {
      title: text("sessionTitle"),
      points: [text("sessionChoose", { capacity: data.capacity }), ...["sessionInvite", absence, "sessionBring"].map((key) => text(key))],
    },
    { title: text("sendTitle"), points: [text("sendHow", { email: office.email, address }), text("sendNoCode")] },
  ];
}

function sessionRow({ session, freeSeats }: Instruction["sessions"][number], texts: Texts): object {
  return {
    code: session.code,
    language: languageNameIn(texts, session.language),
    day: formatDay(texts, session.date),
    time: formatTime(texts, session.time),
    place: [session.place, session.room, session.address].filter((part) => part !== null).join(", "),
    free: freeSeats > 0 ? String(freeSeats) : texts.plain("instruction.full"),
  };
}

/**
 * Returns the instruction to reception centres and municipalities with the sessions as they stand: who may register, how the form is
 * filled in, which session to choose, where to send it.
 *
 * Pure. No person is named.
 *
 * @see good-practice text 2016, "Ohje oleskeluluvan saaneiden työnhakijaksi ilmoittautumiseen"
 */
export function renderPartnerInstruction(input: PartnerInstructionInput, templates: Templates): Paper {
  const data = PartnerInstructionData.parse(input);
  const texts = textsOf(data.language);
  const text = (key: string, values: Record<string, string> = {}) => safe(texts.html(`instruction.${key}`, values));
  const { office } = data;
  const languages = data.servedLanguages.map((language) => languageNameIn(texts, language)).join(", ");
  const body = templates.instruction({
    lang: texts.meta.bcp47,
    office,
    title: text("title"),
    for: text("for"),
    updated: text("updated", { date: formatShortDay(data.issuedOn) }),
    who: text("who"),
    languages: text("languages", { languages, address: `${office.street}, ${office.postal}` }),
    steps: stepsOf(data, texts),
    tableTitle: text("tableTitle"),
    columns: COLUMNS.map((column) => text(column)),
    sessions: data.sessions.map((row) => sessionRow(row, texts)),
    none: text("none"),
    more: text("more", { phone: office.phone, email: office.email }),
    draft: texts.meta.reviewedBy === null ? safe(texts.html("invitation.draft")) : null,
  });
  return toPaper({
    language: texts.meta.bcp47,
    direction: texts.meta.dir,
    title: texts.plain("instruction.title"),
    layout: "instruction",
    body,
    pages: FLOWING,
    codes: [],
  });
}
