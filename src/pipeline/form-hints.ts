import { parseWrittenDate } from "../model/parse-written-date.ts";
import type { FieldReading } from "../model/reading.ts";
import type { PersonHints } from "../read/group/person-hints.ts";
import type { FormPageReading } from "./read-form-page.ts";

/** A name or number below this confidence says nothing about whose page it is. */
const MIN_HINT_CONFIDENCE = 0.6;

/** The name beside the signature says whose second page it is: read surely it also says whose it is not. */
function hintsOfBlock(reading: FieldReading | undefined, name: string | undefined): PersonHints {
  if (name === undefined) return {};
  return reading?.status === "accepted" ? { surname: name } : { text: name };
}

/** Returns what a form page says about whose it is. Pure. */
export function hintsOfForm({ readings }: Pick<FormPageReading, "readings">): PersonHints {
  const textOf = (field: string): string | undefined => {
    const reading = readings.find((item) => item.field === field);
    const isSure = reading?.status === "accepted" || (reading?.confidence ?? 0) >= MIN_HINT_CONFIDENCE;
    return isSure && typeof reading?.value === "string" && reading.value !== "" ? reading.value : undefined;
  };
  const [code, card, surname, givenNames] = ["personalIdentityCode", "permitCardNumber", "surname", "givenNames"].map(textOf);
  const birthDate = parseWrittenDate(textOf("dateOfBirth") ?? "");
  const hasNames = surname !== undefined || givenNames !== undefined;
  return {
    ...(hasNames
      ? {}
      : hintsOfBlock(
          readings.find(({ field }) => field === "nameInBlock"),
          textOf("nameInBlock"),
        )),
    ...(code === undefined ? {} : { identityCodes: [code.toUpperCase()] }),
    ...(card === undefined ? {} : { cardNumbers: [card.toUpperCase()] }),
    ...(birthDate === null ? {} : { birthDate }),
    ...(surname === undefined ? {} : { surname }),
    ...(givenNames === undefined ? {} : { givenNames }),
  };
}
