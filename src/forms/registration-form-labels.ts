/** Languages in which the office prints its own form. */
export const FORM_LANGUAGES = ["fi", "sv", "en", "ru"] as const;
export type FormLanguage = (typeof FORM_LANGUAGES)[number];

/** One text in Finnish, Swedish, English and Russian. */
export type FormText = readonly [fi: string, sv: string, en: string, ru: string];

const YES: FormText = ["kyllä", "ja", "yes", "да"];
const NO: FormText = ["ei", "nej", "no", "нет"];
const LITTLE: FormText = ["vähän", "lite", "a little", "немного"];
const YES_NO = { yes: YES, no: NO };
const YES_LITTLE_NO = { yes: YES, little: LITTLE, no: NO };

/** Names of the options, per field key. Options without a name print as they are (A, B, P). */
export const OPTION_LABELS: Readonly<Record<string, Readonly<Record<string, FormText>>>> = {
  sex: { male: ["mies", "man", "male", "муж."], female: ["nainen", "kvinna", "female", "жен."] },
  permitType: { other: ["muu", "annat", "other", "другой"] },
  sessionLanguage: {
    ar: ["arabia", "arabiska", "Arabic", "арабский"],
    so: ["somali", "somaliska", "Somali", "сомали"],
    ckb: ["sorani", "sorani", "Sorani", "сорани"],
    prs: ["dari", "dari", "Dari", "дари"],
    fa: ["farsi", "farsi", "Farsi", "фарси"],
    en: ["englanti", "engelska", "English", "английский"],
    other: ["muu", "annat", "other", "другой"],
  },
  serviceLanguage: { fi: ["suomi", "finska", "Finnish", "финский"], sv: ["ruotsi", "svenska", "Swedish", "шведский"] },
  readsLatin: YES_LITTLE_NO,
  readsMotherTongue: YES_LITTLE_NO,
  unfinishedStudies: YES_NO,
  skillsSurveyDone: YES_NO,
  businessActivity: YES_NO,
  ableToWork: YES_NO,
  benefit: {
    kela: ["Kelasta", "från FPA", "from Kela", "в Kela"],
    fund: ["kassasta", "från kassan", "from a fund", "в кассу"],
    none: ["en hae", "söker inte", "no", "нет"],
  },
};

const WORK_COLUMNS: Readonly<Record<string, FormText>> = {
  Employer: ["Työnantaja", "Arbetsgivare", "Employer", "Работодатель"],
  Task: ["Tehtävä", "Uppgift", "Task", "Должность"],
  Country: ["Maa", "Land", "Country", "Страна"],
  Start: ["Alkoi", "Började", "Started", "Начало"],
  End: ["Päättyi", "Slutade", "Ended", "Конец"],
  Reason: ["Päättymisen syy", "Orsak till slut", "Reason for ending", "Причина ухода"],
};

const workLabels = Object.fromEntries(
  [1, 2, 3].flatMap((row) => Object.entries(WORK_COLUMNS).map(([column, text]): [string, FormText] => [`work${row}${column}`, text])),
);

/**
 * What stands beside each field, per field key.
 *
 * @see DOMAIN 1.2; Swedish and Russian wording is the office's draft and waits for a native reader
 */
export const FIELD_LABELS: Readonly<Record<string, FormText>> = {
  senderUnit: [
    "Lähettävä yksikkö (vastaanottokeskus / kunta)",
    "Avsändande enhet (förläggning / kommun)",
    "Sending unit (reception centre / municipality)",
    "Отправляющая организация (центр приёма / муниципалитет)",
  ],
  senderContact: ["Yhteyshenkilö", "Kontaktperson", "Contact person", "Контактное лицо"],
  senderPhone: ["Yhteyshenkilön puhelin", "Kontaktpersonens telefon", "Contact person's telephone", "Телефон контактного лица"],
  sessionRef: [
    "Ryhmäinfo, johon henkilö osallistuu (kieli, päivä, kellonaika, paikka)",
    "Gruppinformation som personen deltar i (språk, datum, klockslag, plats)",
    "Group information session the person attends (language, date, time, place)",
    "Групповая встреча, в которой участвует лицо (язык, дата, время, место)",
  ],
  surname: ["Sukunimi", "Efternamn", "Surname", "Фамилия"],
  givenNames: ["Etunimet", "Förnamn", "Given names", "Имена"],
  formerNames: ["Entiset nimet", "Tidigare namn", "Former names", "Прежние имена и фамилии"],
  personalIdentityCode: ["Henkilötunnus", "Personbeteckning", "Personal identity code", "Личный идентификационный код"],
  dateOfBirth: ["Syntymäaika (pp.kk.vvvv)", "Födelsetid (dd.mm.åååå)", "Date of birth (dd.mm.yyyy)", "Дата рождения (дд.мм.гггг)"],
  sex: ["Sukupuoli", "Kön", "Sex", "Пол"],
  countryOfBirth: ["Syntymävaltio ja -paikka", "Födelseland och -ort", "Country and place of birth", "Страна и место рождения"],
  streetAddress: ["Lähiosoite", "Gatuadress", "Street address", "Адрес (улица, дом, квартира)"],
  postalCode: ["Postinumero", "Postnummer", "Postal code", "Почтовый индекс"],
  postOffice: ["Postitoimipaikka", "Postort", "Post office (town)", "Почтовое отделение (город)"],
  municipality: ["Kotikunta (jos on)", "Hemkommun (om finns)", "Municipality of residence (if any)", "Муниципалитет (если есть)"],
  phone: ["Puhelin", "Telefon", "Telephone", "Телефон"],
  email: ["Sähköposti", "E-post", "E-mail", "Электронная почта"],
  nonDisclosure: [
    "Minulla on turvakielto (väestötietojärjestelmä)",
    "Jag har spärrmarkering (befolkningsdatasystemet)",
    "I have a non-disclosure order (population information system)",
    "У меня запрет на разглашение сведений (turvakielto)",
  ],
  citizenship: ["Kansalaisuus / kansalaisuudet", "Medborgarskap", "Citizenship(s)", "Гражданство (гражданства)"],
  permitType: ["Oleskeluluvan tyyppi", "Typ av uppehållstillstånd", "Type of residence permit", "Тип вида на жительство"],
  permitGround: [
    "Luvan peruste (merkintä kortissa)",
    "Grund för tillståndet (på kortet)",
    "Ground of the permit (on the card)",
    "Основание (запись на карте)",
  ],
  permitValidFrom: ["Voimassa alkaen", "Giltigt från", "Valid from", "Действует с"],
  permitValidUntil: ["Voimassa päättyen", "Giltigt till", "Valid until", "Действует до"],
  permitPermanent: ["Pysyvä", "Permanent", "Permanent", "Бессрочно"],
  migriCustomerNumber: [
    "Maahanmuuttoviraston asiakasnumero",
    "Migrationsverkets kundnummer",
    "Immigration Service customer number",
    "Номер клиента Миграционной службы",
  ],
  permitCardNumber: [
    "Oleskelulupakortin numero",
    "Uppehållstillståndskortets nummer",
    "Residence permit card number",
    "Номер карты вида на жительство",
  ],
  arrivedInFinland: ["Muuttanut Suomeen", "Flyttat till Finland", "Moved to Finland", "Переезд в Финляндию"],
  motherTongue: ["Äidinkieli", "Modersmål", "Mother tongue", "Родной язык"],
  sessionLanguage: [
    "Kieli, jolla haluan tulla ryhmäinfoon",
    "Språk för gruppinformationen",
    "Language wanted for the group information",
    "Язык групповой встречи",
  ],
  serviceLanguage: ["Asiointikieli", "Kontaktspråk", "Service language", "Язык обслуживания"],
  interpreterNeeded: ["Tarvitsen tulkin", "Jag behöver tolk", "I need an interpreter", "Мне нужен переводчик"],
  interpreterLanguage: ["Tulkkauskieli", "Tolkspråk", "Interpreting language", "Язык перевода"],
  readsLatin: [
    "Osaan lukea ja kirjoittaa latinalaisilla aakkosilla",
    "Jag kan läsa och skriva med latinska bokstäver",
    "I can read and write the Latin alphabet",
    "Умею читать и писать латиницей",
  ],
  readsMotherTongue: [
    "Osaan lukea ja kirjoittaa äidinkielelläni",
    "Jag kan läsa och skriva på mitt modersmål",
    "I can read and write my mother tongue",
    "Умею читать и писать на родном языке",
  ],
  otherLanguages: [
    "Muu kielitaito ja taso (suomi, ruotsi, englanti, muu)",
    "Andra språkkunskaper och nivå (finska, svenska, engelska, annat)",
    "Other languages and level (Finnish, Swedish, English, other)",
    "Другие языки и уровень (финский, шведский, английский, другой)",
  ],
  schoolYears: ["Koulunkäynti yhteensä (vuotta)", "Skolgång sammanlagt (år)", "Years of schooling in total", "Всего лет обучения"],
  educationLevel: ["Korkein suoritettu koulutus", "Högsta avlagda utbildning", "Highest completed education", "Высший уровень образования"],
  qualification: ["Tutkinto / ala", "Examen / område", "Qualification / field", "Специальность / область"],
  qualificationCountry: ["Maa", "Land", "Country", "Страна"],
  qualificationYear: ["Vuosi", "År", "Year", "Год"],
  unfinishedStudies: ["Keskeneräisiä opintoja", "Oavslutade studier", "Unfinished studies", "Незаконченное обучение"],
  skillsSurveyDone: ["Osaamiskartoitus tehty", "Kompetenskartläggning gjord", "Skills survey made", "Оценка навыков проведена"],
  occupation: [
    "Ammatti (viimeisin tai tärkein)",
    "Yrke (senaste eller viktigaste)",
    "Occupation (latest or main)",
    "Профессия (последняя или основная)",
  ],
  businessActivity: [
    "Yritystoimintaa nyt tai aiemmin",
    "Företagsverksamhet nu eller tidigare",
    "Business activity now or earlier",
    "Предпринимательство сейчас или ранее",
  ],
  drivingLicence: ["Ajokortti (luokka)", "Körkort (klass)", "Driving licence (class)", "Водительские права (кат.)"],
  ...workLabels,
  fullTimeWork: ["Toivon KOKOAIKATYÖTÄ", "Jag önskar HELTIDSARBETE", "I wish for FULL-TIME work", "Ищу работу на ПОЛНЫЙ рабочий день"],
  partTimeOnly: [
    "Toivon vain osa-aikatyötä",
    "Jag önskar endast deltidsarbete",
    "I wish for part-time work only",
    "Ищу только неполную занятость",
  ],
  ableToWork: ["Olen työkykyinen", "Jag är arbetsför", "I am able to work", "Я трудоспособен (трудоспособна)"],
  startAtOnce: ["Voin aloittaa työn heti", "Jag kan börja genast", "I can start at once", "Могу начать сразу"],
  startFrom: ["tai alkaen (pvm)", "eller från (datum)", "or from (date)", "или с (дата)"],
  wantedJobs: ["Toivotut työtehtävät", "Önskade arbetsuppgifter", "Wanted jobs", "Желаемая работа"],
  searchArea: [
    "Työnhakualue (kunnat)",
    "Arbetssökningsområde (kommuner)",
    "Area of job search (municipalities)",
    "Район поиска работы (муниципалитеты)",
  ],
  benefit: [
    "Haen työttömyysetuutta",
    "Jag söker arbetslöshetsförmån",
    "I apply for unemployment benefit",
    "Обращаюсь за пособием по безработице",
  ],
  attachPermit: [
    "Kopio oleskelulupakortista, molemmat puolet",
    "Kopia av uppehållstillståndskortet, båda sidorna",
    "Copy of residence permit card, both sides",
    "Копия карты вида на жительство, обе стороны",
  ],
  attachPassport: [
    "Kopio passista tai matkustusasiakirjasta",
    "Kopia av pass eller resedokument",
    "Copy of passport or travel document",
    "Копия паспорта или проездного документа",
  ],
  attachSkills: ["Osaamiskartoitus", "Kompetenskartläggning", "Skills survey", "Оценка навыков"],
  attachExtract: [
    "Väestörekisteriote tai Kela-kortti",
    "Befolkningsregisterutdrag eller FPA-kort",
    "Population register extract or Kela card",
    "Выписка из регистра населения или карта Kela",
  ],
  furtherInfo: ["Lisätietoja", "Tilläggsuppgifter", "Further information", "Дополнительная информация"],
  privacyNoticeReceived: [
    "Olen saanut tiedon henkilötietojeni käsittelystä",
    "Jag har fått information om behandlingen av mina personuppgifter",
    "I have been informed how my personal data are processed",
    "Я ознакомлен(а) с порядком обработки моих личных данных",
  ],
  signingPlace: ["Paikka", "Ort", "Place", "Место"],
  signingDate: ["Päiväys", "Datum", "Date", "Дата"],
  signature: ["Allekirjoitus", "Underskrift", "Signature", "Подпись"],
  nameInBlock: ["Nimenselvennys", "Namnförtydligande", "Name in block letters", "Расшифровка подписи"],
  filledBy: [
    "Lomakkeen täytti / avusti (nimi, yksikkö)",
    "Blanketten ifylld av / hjälp av (namn, enhet)",
    "Form completed / assisted by (name, unit)",
    "Бланк заполнил(а) / помог(ла) (имя, организация)",
  ],
};
