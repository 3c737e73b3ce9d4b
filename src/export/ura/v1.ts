import type { Coded, ImportBatch, ImportRecord, RegistrationContent } from "./import-record.ts";

/** Control characters, of which XML 1.0 holds only tab and line ends; and the two that are no characters. @see XML 1.0 section 2.2 */
const NOT_XML = /(?![\t\n\r])[\p{Cc}\uFFFE\uFFFF]/gu;

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\t": "&#9;" };

function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(NOT_XML, "")
    .replace(/[&<>"\n\t]/g, (character) => ENTITIES[character] ?? character);
}

type Attributes = Readonly<Record<string, string | number | boolean>>;

const attributesOf = (attributes: Attributes): string =>
  Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value))}"`)
    .join("");

/** One element; without content it is left out (null) or empty (""). */
function element(name: string, content: string | number | boolean | null): string {
  return content === null ? "" : `<${name}>${escapeXml(String(content))}</${name}>`;
}

function coded(name: string, value: Coded | null): string {
  if (value === null) return "";
  return `<${name}${value.code === null ? "" : attributesOf({ koodi: value.code })}>${escapeXml(value.text)}</${name}>`;
}

const group = (name: string, attributes: Attributes, children: readonly string[]): string =>
  `<${name}${attributesOf(attributes)}>${children.join("")}</${name}>`;

const LITERACY: Readonly<Record<string, string>> = { yes: "KYLLA", little: "VAHAN", no: "EI" };
const literacy = (value: string | null): string | null => (value === null ? null : (LITERACY[value] ?? null));

function personXml(content: RegistrationContent): string {
  const { identity } = content;
  const identityXml =
    identity.kind === "code"
      ? element("Henkilotunnus", identity.personalIdentityCode)
      : element("Syntymaaika", identity.birthDate) + element("MigriAsiakasnumero", identity.migriCustomerNumber);
  const sex = content.sex === null ? null : content.sex === "male" ? "MIES" : "NAINEN";
  return group("Henkilo", {}, [
    element("Sukunimi", content.surname),
    element("Etunimet", content.givenNames),
    element("EntisetNimet", content.formerNames),
    identityXml,
    element("Sukupuoli", sex),
    coded("Syntymavaltio", content.countryOfBirth),
    ...content.citizenships.map((citizenship) => coded("Kansalaisuus", citizenship)),
  ]);
}

function contactXml(content: RegistrationContent): string {
  return group("Yhteystiedot", { turvakielto: content.nonDisclosure }, [
    element("Lahiosoite", content.streetAddress),
    element("Postinumero", content.postalCode),
    element("Postitoimipaikka", content.postOffice),
    coded("Kotikunta", content.municipality),
    element("Puhelin", content.phone),
    element("Sahkoposti", content.email),
  ]);
}

function permitXml(content: RegistrationContent): string {
  const { permit } = content;
  return group("Oleskelulupa", { pysyva: permit.isPermanent }, [
    element("Tyyppi", permit.type),
    element("Peruste", permit.ground),
    element("Alkaa", permit.validFrom),
    element("Paattyy", permit.validUntil),
    element("Korttinumero", permit.cardNumber),
    element("MuuttanutSuomeen", content.arrivedInFinland),
  ]);
}

function languageXml(content: RegistrationContent): string {
  return group("Kielet", { tulkki: content.needsInterpreter }, [
    coded("Aidinkieli", content.motherTongue),
    element("Asiointikieli", content.serviceLanguage),
    coded("Tulkkauskieli", content.interpreterLanguage),
    element("LatinalaisetAakkoset", literacy(content.readsLatin)),
    element("LukutaitoAidinkielella", literacy(content.readsMotherTongue)),
    element("MuuKielitaito", content.otherLanguages),
  ]);
}

function educationXml(content: RegistrationContent): string {
  return group("Koulutus", {}, [
    element("Kouluvuodet", content.schoolYears),
    coded("Koulutusaste", content.educationLevel),
    element("Tutkinto", content.qualification),
    coded("TutkintoMaa", content.qualificationCountry),
    element("TutkintoVuosi", content.qualificationYear),
    element("KeskeneraisetOpinnot", content.hasUnfinishedStudies),
  ]);
}

function workXml(content: RegistrationContent): string {
  const rows = content.work.map((row) =>
    group("Tyosuhde", {}, [
      element("Tyonantaja", row.employer),
      coded("Tehtava", row.task),
      coded("Maa", row.country),
      element("Alkoi", row.start),
      element("Paattyi", row.end),
      element("PaattymisenSyy", row.reason),
    ]),
  );
  return group("Tyo", { kokoaikatyo: content.wantsFullTimeWork, heti: content.canStartAtOnce }, [
    coded("Ammatti", content.occupation),
    ...rows,
    element("Yritystoiminta", content.hasBusinessActivity),
    element("Ajokortti", content.drivingLicence),
    element("VoiAloittaa", content.startFrom),
    element("ToivotutTyot", content.wantedJobs),
    element("Tyonhakualue", content.searchArea),
    element("Etuus", content.benefit),
  ]);
}

function recordXml(record: ImportRecord): string {
  const key = { id: record.registrationId, versio: record.version, toiminto: record.operation };
  if (record.operation === "MITATOINTI") return `  <Mitatointi${attributesOf(key)}/>`;
  const { content } = record;
  const attributes = {
    ...key,
    viite: record.reference,
    saapunut: record.receivedOn,
    hyvaksynyt: record.approvedBy,
    hyvaksytty: record.approvedAt,
  };
  const { session } = content;
  const sessionXml =
    session === null ? "" : `<Ryhmainfo${attributesOf({ tunnus: session.id, kieli: session.language, paiva: session.date })}/>`;
  const parts = [personXml, contactXml, permitXml, languageXml, educationXml, workXml].map((part) => part(content));
  return `  ${group("Ilmoittautuminen", attributes, [...parts, sessionXml])}`;
}

/**
 * Formats a batch as the import file of format 1.0 (UTF-8 without BOM).
 *
 * Pure. @see DOMAIN 5.3; `importSchemaV1`
 */
export function formatBatchV1(batch: ImportBatch): string {
  const attributes = {
    xmlns: "urn:ilmo:import:1",
    versio: "1.0",
    ymparisto: batch.environment === "production" ? "PROD" : "TEST",
    eraId: batch.batchId,
    eraNumero: batch.sequence,
    luotu: batch.createdAt,
    lahettaja: batch.senderId,
  };
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Ilmoittautumiset${attributesOf(attributes)}>\n${batch.records.map(recordXml).join("\n")}\n</Ilmoittautumiset>\n`;
}
