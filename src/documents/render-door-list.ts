import { z } from "zod";
import { IsoDate } from "../model/time.ts";
import { Datum } from "./clean-datum.ts";
import { formatDay, formatShortDay, formatTime } from "./format-when.ts";
import { FLOWING, type Paper, toPaper } from "./paper.ts";
import { PaperOffice, PaperSession, Reference } from "./paper-data.ts";
import { isPaperLanguage, OfficeLanguage } from "./paper-language.ts";
import { safe, type Templates } from "./paper-templates.ts";
import { languageNameIn, type Texts, textsOf } from "./texts.ts";

/** What the list at the door is made of: one day in one place. Names of people have no place in it. */
const DoorListData = z.object({
  language: OfficeLanguage.default("fi"),
  date: IsoDate,
  place: Datum,
  printedOn: IsoDate,
  destroyBy: IsoDate,
  /** In the order of printing. */
  sessions: z.array(
    z.object({
      session: PaperSession,
      people: z.int().min(0),
      /** As they stand on the invitations; nobody can be known by them. */
      references: z.array(Reference),
    }),
  ),
  office: PaperOffice,
});
export type DoorListInput = z.input<typeof DoorListData>;
type DoorList = z.output<typeof DoorListData>;

function sessionView({ session, people, references }: DoorList["sessions"][number], texts: Texts): object {
  // Languages without papers have no name of their own here: their letters may be missing in the fonts.
  const own = isPaperLanguage(session.language) ? textsOf(session.language).meta : null;
  return {
    time: formatTime(texts, session.time),
    room: session.room ?? texts.plain("doorList.noRoom"),
    language: languageNameIn(texts, session.language),
    own,
    code: session.code,
    people: safe(texts.html("doorList.people", { count: people })),
    references: references.toSorted((a, b) => a.localeCompare(b)),
  };
}

/**
 * Returns the list for whoever shows people the way: time, room, language in its own script, how many come, and the references
 * that stand on the invitations.
 *
 * Pure. No person is named, so that a look over the guard's shoulder tells nothing, also about people under non-disclosure.
 */
export function renderDoorList(input: DoorListInput, templates: Templates): Paper {
  const data = DoorListData.parse(input);
  const texts = textsOf(data.language);
  const title = texts.plain("doorList.title");
  const body = templates.doorList({
    lang: texts.meta.bcp47,
    office: data.office,
    title,
    printed: safe(texts.html("doorList.printed", { date: formatShortDay(data.printedOn) })),
    day: formatDay(texts, data.date),
    place: data.place,
    hint: safe(texts.html("doorList.hint")),
    sessions: data.sessions.map((row) => sessionView(row, texts)),
    none: safe(texts.html("doorList.none")),
    destroy: safe(texts.html("doorList.destroy", { date: formatShortDay(data.destroyBy) })),
    draft: texts.meta.reviewedBy === null ? safe(texts.html("invitation.draft")) : null,
  });
  return toPaper({
    language: texts.meta.bcp47,
    direction: texts.meta.dir,
    title: `${title} ${formatShortDay(data.date)}`,
    layout: "instruction door-list",
    body,
    pages: FLOWING,
    codes: [],
  });
}
