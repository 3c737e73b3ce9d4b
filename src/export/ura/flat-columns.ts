import type { Coded, ImportRecord, RegistrationContent } from "./import-record.ts";

/** One column of the CSV and one line of the keying sheet, in the order of the receiver's screens. */
export interface FlatColumn {
  readonly name: string;
  readonly label: string;
  readonly toText: (content: RegistrationContent) => string;
}

const text = (value: string | number | boolean | null): string => {
  if (value === true) return "kyllä";
  if (value === false) return "ei";
  return value === null ? "" : String(value);
};
const withCode = (value: Coded | null): string =>
  value === null ? "" : value.code === null ? value.text : `${value.text} (${value.code})`;
const column = (name: string, label: string, toText: (content: RegistrationContent) => string): FlatColumn => ({ name, label, toText });

function workColumns(row: number): FlatColumn[] {
  const at = (content: RegistrationContent): RegistrationContent["work"][number] | undefined => content.work[row - 1];
  return [
    column(`tyo${row}_tyonantaja`, `Työ ${row}: työnantaja`, (content) => text(at(content)?.employer ?? null)),
    column(`tyo${row}_tehtava`, `Työ ${row}: tehtävä`, (content) => withCode(at(content)?.task ?? null)),
    column(`tyo${row}_maa`, `Työ ${row}: maa`, (content) => withCode(at(content)?.country ?? null)),
    column(`tyo${row}_alkoi`, `Työ ${row}: alkoi`, (content) => text(at(content)?.start ?? null)),
    column(`tyo${row}_paattyi`, `Työ ${row}: päättyi`, (content) => text(at(content)?.end ?? null)),
    column(`tyo${row}_syy`, `Työ ${row}: päättymisen syy`, (content) => text(at(content)?.reason ?? null)),
  ];
}

const identity = (content: RegistrationContent, kind: "code" | "birthDate" | "migri"): string => {
  if (content.identity.kind === "code") return kind === "code" ? content.identity.personalIdentityCode : "";
  return kind === "code" ? "" : kind === "birthDate" ? content.identity.birthDate : content.identity.migriCustomerNumber;
};

export const FLAT_COLUMNS: readonly FlatColumn[] = [
  column("henkilotunnus", "Henkilötunnus", (c) => identity(c, "code")),
  column("syntymaaika", "Syntymäaika", (c) => identity(c, "birthDate")),
  column("migri_asiakasnumero", "Maahanmuuttoviraston asiakasnumero", (c) => identity(c, "migri")),
  column("sukunimi", "Sukunimi", (c) => text(c.surname)),
  column("etunimet", "Etunimet", (c) => text(c.givenNames)),
  column("entiset_nimet", "Entiset nimet", (c) => text(c.formerNames)),
  column("sukupuoli", "Sukupuoli", (c) => (c.sex === null ? "" : c.sex === "male" ? "mies" : "nainen")),
  column("syntymavaltio", "Syntymävaltio", (c) => withCode(c.countryOfBirth)),
  column("kansalaisuus", "Kansalaisuus", (c) => c.citizenships.map(withCode).join(", ")),
  column("turvakielto", "Turvakielto", (c) => text(c.nonDisclosure)),
  column("lahiosoite", "Lähiosoite", (c) => text(c.streetAddress)),
  column("postinumero", "Postinumero", (c) => text(c.postalCode)),
  column("postitoimipaikka", "Postitoimipaikka", (c) => text(c.postOffice)),
  column("kotikunta", "Kotikunta", (c) => withCode(c.municipality)),
  column("puhelin", "Puhelin", (c) => text(c.phone)),
  column("sahkoposti", "Sähköposti", (c) => text(c.email)),
  column("lupa_tyyppi", "Oleskeluluvan tyyppi", (c) => text(c.permit.type)),
  column("lupa_peruste", "Luvan peruste", (c) => text(c.permit.ground)),
  column("lupa_alkaa", "Lupa alkaa", (c) => text(c.permit.validFrom)),
  column("lupa_paattyy", "Lupa päättyy", (c) => (c.permit.isPermanent ? "pysyvä" : text(c.permit.validUntil))),
  column("lupa_kortti", "Oleskelulupakortin numero", (c) => text(c.permit.cardNumber)),
  column("muuttanut_suomeen", "Muuttanut Suomeen", (c) => text(c.arrivedInFinland)),
  column("aidinkieli", "Äidinkieli", (c) => withCode(c.motherTongue)),
  column("asiointikieli", "Asiointikieli", (c) => text(c.serviceLanguage)),
  column("tulkki", "Tarvitsee tulkin", (c) => text(c.needsInterpreter)),
  column("tulkkauskieli", "Tulkkauskieli", (c) => withCode(c.interpreterLanguage)),
  column("latinalaiset_aakkoset", "Lukee latinalaisia aakkosia", (c) => text(c.readsLatin)),
  column("lukutaito", "Lukee äidinkielellään", (c) => text(c.readsMotherTongue)),
  column("muu_kielitaito", "Muu kielitaito", (c) => text(c.otherLanguages)),
  column("kouluvuodet", "Kouluvuodet", (c) => text(c.schoolYears)),
  column("koulutusaste", "Koulutusaste", (c) => withCode(c.educationLevel)),
  column("tutkinto", "Tutkinto", (c) => text(c.qualification)),
  column("tutkinto_maa", "Tutkinnon maa", (c) => withCode(c.qualificationCountry)),
  column("tutkinto_vuosi", "Tutkinnon vuosi", (c) => text(c.qualificationYear)),
  column("keskeneraiset_opinnot", "Keskeneräiset opinnot", (c) => text(c.hasUnfinishedStudies)),
  column("ammatti", "Ammatti", (c) => withCode(c.occupation)),
  ...workColumns(1),
  ...workColumns(2),
  ...workColumns(3),
  column("yritystoiminta", "Yritystoiminta", (c) => text(c.hasBusinessActivity)),
  column("ajokortti", "Ajokortti", (c) => text(c.drivingLicence)),
  column("kokoaikatyo", "Toivoo kokoaikatyötä", (c) => text(c.wantsFullTimeWork)),
  column("heti", "Voi aloittaa heti", (c) => text(c.canStartAtOnce)),
  column("aloittaa", "Voi aloittaa", (c) => text(c.startFrom)),
  column("toivotut_tyot", "Toivotut työt", (c) => text(c.wantedJobs)),
  column("tyonhakualue", "Työnhakualue", (c) => text(c.searchArea)),
  column("etuus", "Hakee etuutta", (c) => text(c.benefit)),
  column("ryhmainfo", "Ryhmäinfo", (c) => (c.session === null ? "" : c.session.id)),
];

/** The columns that say which record a row is. */
export const KEY_COLUMNS: readonly { readonly name: string; readonly toText: (record: ImportRecord) => string }[] = [
  { name: "toiminto", toText: (record) => record.operation },
  { name: "tunniste", toText: (record) => record.registrationId },
  { name: "versio", toText: (record) => String(record.version) },
  { name: "viite", toText: (record) => (record.operation === "MITATOINTI" ? "" : record.reference) },
  { name: "saapunut", toText: (record) => (record.operation === "MITATOINTI" ? "" : record.receivedOn) },
];
