import type { FormText } from "./registration-form-labels.ts";

/** The form's code; the layout id is `<code>/<language>/<version>`. */
export const FORM_CODE = "ILMO-F1";
/** The office's older forms of the same code are version 1.0: boxes lie elsewhere on them. */
export const FORM_VERSION = "2.0";

/** One cell of a row. Its field's kind (text, tick, choice, signature) says what is drawn in it. */
export interface FormCell {
  readonly field: string;
  /** Share of the row's width. */
  readonly share: number;
  readonly isRequired?: true;
  /** Side of a tick box where it must be larger than usual, mm. */
  readonly tickMm?: number;
  /** The statement beside a tick in bold. */
  readonly isBold?: true;
  readonly isMultiline?: true;
  /** Most characters that can be typed. */
  readonly maxLength?: number;
  /** Cells of a table have their label in the table's head. */
  readonly isUnlabelled?: true;
}

export interface FormRow {
  readonly heightMm: number;
  readonly cells: readonly FormCell[];
  /** Column heads above the first row of a table. */
  readonly hasColumnHeads?: true;
}

export interface FormSection {
  readonly title: FormText;
  /** Small print under the section's bar. */
  readonly note?: FormText;
  readonly rows: readonly FormRow[];
}

/** The first page has room to spare: higher rows for pens. */
const FIRST_PAGE_ROW_MM = 12.8;
const ROW_MM = 11.6;
const LOW_ROW_MM = 7.4;
/** Room for a pen: the office's older form gave 20 mm, which large signatures left. */
const SIGNATURE_ROW_MM = 26;
/** The two boxes that decide where the form goes: hardest to misread when large. */
const DECIDING_TICK_MM = 6.5;

const cell = (field: string, share: number, more: Omit<FormCell, "field" | "share"> = {}): FormCell => ({ field, share, ...more });
const must = (field: string, share: number): FormCell => ({ field, share, isRequired: true });
const tallRow = (...cells: FormCell[]): FormRow => ({ heightMm: FIRST_PAGE_ROW_MM, cells });
const row = (...cells: FormCell[]): FormRow => ({ heightMm: ROW_MM, cells });
const rowOf = (heightMm: number, ...cells: FormCell[]): FormRow => ({ heightMm, cells });

const WORK_SHARES = { Employer: 40, Task: 40, Country: 24, Start: 20, End: 20, Reason: 36 };
const workRow = (number: number): FormRow => ({
  heightMm: 9.1,
  cells: Object.entries(WORK_SHARES).map(([column, share]) => cell(`work${number}${column}`, share, { isUnlabelled: true })),
  ...(number === 1 ? { hasColumnHeads: true as const } : {}),
});

const FIRST_PAGE: readonly FormSection[] = [
  {
    title: ["Lähettäjän merkinnät", "Avsändarens anteckningar", "Sender", "Заполняет отправитель"],
    rows: [tallRow(cell("senderUnit", 86), cell("senderContact", 52), cell("senderPhone", 42)), rowOf(13, must("sessionRef", 180))],
  },
  {
    title: ["1 Henkilötiedot", "1 Personuppgifter", "1 Personal details", "1 Личные данные"],
    rows: [
      tallRow(must("surname", 90), must("givenNames", 90)),
      tallRow(cell("personalIdentityCode", 58, { maxLength: 11 }), cell("dateOfBirth", 54, { maxLength: 10 }), cell("formerNames", 68)),
      tallRow(cell("sex", 58), cell("countryOfBirth", 122)),
    ],
  },
  {
    title: ["2 Yhteystiedot", "2 Kontaktuppgifter", "2 Contact details", "2 Контактные данные"],
    rows: [
      tallRow(cell("streetAddress", 92), cell("postalCode", 30, { maxLength: 5 }), cell("postOffice", 58)),
      tallRow(cell("phone", 52), cell("email", 74), cell("municipality", 54)),
      rowOf(LOW_ROW_MM, cell("nonDisclosure", 180)),
    ],
  },
  {
    title: [
      "3 Kansalaisuus ja oleskelulupa",
      "3 Medborgarskap och uppehållstillstånd",
      "3 Citizenship and residence permit",
      "3 Гражданство и вид на жительство",
    ],
    rows: [
      tallRow(must("citizenship", 80), must("permitType", 100)),
      tallRow(
        cell("permitGround", 64),
        cell("permitValidFrom", 40, { maxLength: 10 }),
        must("permitValidUntil", 40),
        cell("permitPermanent", 36),
      ),
      tallRow(cell("permitCardNumber", 62), cell("migriCustomerNumber", 68), cell("arrivedInFinland", 50)),
    ],
  },
  {
    title: ["4 Kielet ja lukutaito", "4 Språk och läskunnighet", "4 Languages and literacy", "4 Языки и грамотность"],
    rows: [
      tallRow(must("motherTongue", 40), must("sessionLanguage", 140)),
      tallRow(cell("serviceLanguage", 66), cell("interpreterNeeded", 54), cell("interpreterLanguage", 60)),
      tallRow(cell("readsLatin", 90), cell("readsMotherTongue", 90)),
      tallRow(cell("otherLanguages", 180)),
    ],
  },
];

const SECOND_PAGE: readonly FormSection[] = [
  {
    title: ["5 Koulutus", "5 Utbildning", "5 Education", "5 Образование"],
    rows: [
      row(cell("schoolYears", 54), cell("educationLevel", 126)),
      row(cell("qualification", 100), cell("qualificationCountry", 48), cell("qualificationYear", 32)),
      row(cell("unfinishedStudies", 90), cell("skillsSurveyDone", 90)),
    ],
  },
  {
    title: [
      "6 Työkokemus ja ammattitaito",
      "6 Arbetserfarenhet och yrkeskunskaper",
      "6 Work experience and skills",
      "6 Опыт работы и профессиональные навыки",
    ],
    rows: [row(cell("occupation", 74), cell("businessActivity", 62), cell("drivingLicence", 44)), workRow(1), workRow(2), workRow(3)],
  },
  {
    title: ["7 Työtoiveet", "7 Önskemål om arbete", "7 Job wishes", "7 Пожелания относительно работы"],
    rows: [
      rowOf(9.4, cell("fullTimeWork", 180, { tickMm: DECIDING_TICK_MM, isBold: true, isRequired: true })),
      rowOf(9.4, cell("partTimeOnly", 180, { tickMm: DECIDING_TICK_MM, isBold: true })),
      row(cell("ableToWork", 62), cell("startAtOnce", 62), cell("startFrom", 56)),
      row(cell("wantedJobs", 180)),
      row(cell("searchArea", 84), cell("benefit", 96)),
    ],
  },
  {
    title: [
      "8 Liitteet ja lisätiedot",
      "8 Bilagor och tilläggsuppgifter",
      "8 Attachments and further information",
      "8 Приложения и дополнительные сведения",
    ],
    rows: [
      rowOf(LOW_ROW_MM, cell("attachPermit", 98, { isRequired: true }), cell("attachSkills", 82)),
      rowOf(LOW_ROW_MM, cell("attachPassport", 98), cell("attachExtract", 82)),
      rowOf(14, cell("furtherInfo", 180, { isMultiline: true })),
      rowOf(LOW_ROW_MM, cell("privacyNoticeReceived", 180)),
    ],
  },
  {
    title: ["Päiväys ja allekirjoitus", "Datum och underskrift", "Date and signature", "Дата и подпись"],
    note: [
      "Vakuutan antamani tiedot oikeiksi ja sitoudun ilmoittamaan niiden muutoksista.",
      "Jag försäkrar att uppgifterna är riktiga och förbinder mig att anmäla ändringar.",
      "I confirm that the information is correct and I will report any changes.",
      "Подтверждаю правильность сведений и обязуюсь сообщать об изменениях.",
    ],
    rows: [
      row(cell("signingPlace", 56), must("signingDate", 40), cell("nameInBlock", 84)),
      rowOf(SIGNATURE_ROW_MM, must("signature", 110), cell("filledBy", 70, { isMultiline: true })),
    ],
  },
];

/** The registration form: what stands on each page, in reading order. Drives the print, the zones and, by field keys, the checks. */
export const REGISTRATION_FORM: readonly (readonly FormSection[])[] = [FIRST_PAGE, SECOND_PAGE];

/** Texts that belong to no field. */
export const FORM_TEXTS = {
  title: [
    "TYÖNHAKIJAKSI ILMOITTAUTUMINEN",
    "ANMÄLAN SOM ARBETSSÖKANDE",
    "REGISTRATION AS A JOBSEEKER",
    "РЕГИСТРАЦИЯ В КАЧЕСТВЕ ИЩУЩЕГО РАБОТУ",
  ],
  subtitle: [
    "Oleskeluluvan saanut henkilö, ryhmäinfo",
    "Person som beviljats uppehållstillstånd, gruppinformation",
    "Person with a residence permit, group information",
    "Лицо, получившее вид на жительство, групповая встреча",
  ],
  instructions: [
    "Täytä lomake selvästi tekstaten tai koneella, rastita sopiva vaihtoehto. Tähdellä (*) merkityt tiedot ovat pakollisia. Lomake lähetetään liitteineen toimistoon noin kaksi viikkoa ennen ryhmäinfoa.",
    "Fyll i blanketten tydligt med tryckbokstäver eller maskin, kryssa för rätt alternativ. Uppgifter märkta med (*) är obligatoriska. Blanketten med bilagor sänds till byrån ungefär två veckor före gruppinformationen.",
    "Complete the form clearly in block letters or by typing, tick the right alternative. Items marked with (*) are required. Send the form with its attachments to the office about two weeks before the group information session.",
    "Заполняйте бланк разборчиво печатными буквами или на компьютере, отметьте нужный вариант. Сведения со знаком (*) обязательны. Бланк с приложениями отправляется в бюро примерно за две недели до групповой встречи.",
  ],
  officeUse: ["Viranomaisen merkintöjä", "Myndighetens anteckningar", "For office use", "Служебные отметки"],
  received: ["Saapunut", "Inkommit", "Received", "Получено"],
  reference: ["Dnro", "Dnr", "Ref. no.", "Рег. №"],
} as const satisfies Record<string, FormText>;
