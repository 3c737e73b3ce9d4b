/**
 * What forms of other offices call the fields that the registration form has, in the languages of the Nordic and Baltic countries,
 * German, French, Spanish, Italian, Dutch, Polish, English and Russian.
 *
 * A bare "Nom", "Name" or "Nimi" is left out: it may be a surname or the whole name.
 */
const WORDINGS: Readonly<Record<string, readonly string[]>> = {
  surname: [
    "last name, family name, släktnamn, etternavn, efternavn, Nachname, Familienname, Zuname, nom de famille, apellido, apellidos",
    "cognome, achternaam, familienaam, perekonnanimi, perenimi, nazwisko, uzvārds, pavardė, прізвище",
  ],
  givenNames: [
    "first name, first names, forename, forenames, given name, etunimi, tilltalsnamn, fornavn, Vorname, Vornamen, prénom, prénoms",
    "nombres, voornaam, voornamen, eesnimi, eesnimed, imię, imiona, vārds, vardas, имя, ім'я",
  ],
  formerNames: ["maiden name, birth name, syntymänimi, flicknamn, Geburtsname, nom de naissance, nom de jeune fille, девичья фамилия"],
  personalIdentityCode: ["henkilötunnus (HETU), finnish personal identity code, finnish social security number, finsk personbeteckning"],
  dateOfBirth: [
    "birthday, birth date, syntymäpäivä, födelsedatum, födelsedag, fødselsdato, Geburtsdatum, Geburtstag, geboren am, date de naissance",
    "fecha de nacimiento, data di nascita, data de nascimento, geboortedatum, sünniaeg, sünnikuupäev, data urodzenia, dzimšanas datums",
    "gimimo data, день рождения, дата народження",
  ],
  sex: ["gender, Geschlecht, sexe, sexo, sesso, geslacht, kjønn, køn, sugu, płeć, стать"],
  citizenship: [
    "citizenship, kansalaisuus, kansalaisuudet, medborgarskap, гражданство",
    "nationality, nationalitet, statsborgerskap, statsborgerskab, Staatsangehörigkeit, Staatsbürgerschaft, Nationalität, nationalité",
    "nacionalidad, nazionalità, cittadinanza, nationaliteit, kodakondsus, obywatelstwo, громадянство",
  ],
  countryOfBirth: ["country of birth, syntymämaa, syntymävaltio, födelseland, Geburtsland, pays de naissance, país de nacimiento"],
  streetAddress: [
    "address, home address, postal address, mailing address, street, street and number, street name and number, osoite, katuosoite",
    "postiosoite, kotiosoite, adress, postadress, hemadress, adresse, gateadresse, Straße, Strasse, Straße und Hausnummer, Straße Nr",
    "Straße Hausnummer, Anschrift, rue, numéro et rue, dirección, domicilio, calle, indirizzo, adres, straat, straat en huisnummer",
    "aadress, ulica, ulica i numer, адрес, адрес проживания, адреса",
  ],
  postalCode: [
    "zip code, zip, postcode, post code, Postleitzahl, PLZ, code postal, código postal, codice postale, postihoone, sihtnumber",
    "kod pocztowy, індекс, postnr",
  ],
  postOffice: [
    "city, town, city or town, kaupunki, paikkakunta, postanstalt, poststed, stad, Wohnort, Stadt, ville, ciudad, città, plaats",
    "woonplaats, linn, miasto, miejscowość, город, місто",
  ],
  municipality: ["municipality, kotikunta, kunta, hemkommun, kommun, kommune, Gemeinde, gemeente"],
  phone: [
    "telephone number, phone, phone number, mobile, mobile phone, mobile number, cell phone, puhelinnumero, matkapuhelin, GSM",
    "telefonnummer, mobil, mobiltelefon, mobilnummer, Handy, Handynummer, Rufnummer, téléphone, numéro de téléphone, teléfono",
    "téléphone portable, teléfono móvil, telefono, cellulare, telefoon, telefoonnummer, telefoninumber, numer telefonu, tālrunis",
    "номер телефона, мобильный телефон, matkapuhelinnumero, puh",
  ],
  email: [
    "e-mail address, email, sähköpostiosoite, e-postadress, E-Mail-Adresse, courriel, adresse e-mail, adresse électronique, e-pasts",
    "correo electrónico, posta elettronica, indirizzo e-mail, e-mailadres, adres e-mail, e-posti aadress, el. paštas, эл. почта",
  ],
  motherTongue: ["native language, first language, Muttersprache, langue maternelle, lengua materna, moedertaal, emakeel, język ojczysty"],
  occupation: ["profession, ammatti, yrke, Beruf, métier, profesión, professione, beroep, amet, zawód, профессия"],
  furtherInfo: ["additional information, lisätiedot, övriga upplysningar, zusätzliche Angaben, informations complémentaires"],
};

/** The wordings by field key. */
export const FOREIGN_WORDINGS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(WORDINGS).map(([key, lines]) => [key, lines.flatMap((line) => line.split(", "))]),
);

/** What makers of forms type as names of fields; only the whole name counts. */
export const FIELD_NAME_HABITS: Readonly<Record<string, string>> = {
  surname: "family lname lastname familyname secondname apellido1 enavn",
  givenNames: "given fname firstname givenname forename fornamn fnavn",
  dateOfBirth: "dob birthdate bdate birthday dateofbirth gebdatum gebdat geburtsdatum birth syntaika fodelsedatum",
  streetAddress: "street address addr addressline1 streetaddress str strasse katuosoite gatuadress",
  postalCode: "zip zipcode plz postcode postalcode postinro postnr cap",
  postOffice: "city town ort wohnort postort ville kaupunki postitmp",
  phone: "tel phone mobile telephone telefon tfn puh puhelin gsm handy cell telno phoneno mobil",
  email: "mail email emailaddress epost sposti courriel",
  citizenship: "nationality citizenship staat staatsangehoerigkeit",
  sex: "gender sex geschlecht",
  personalIdentityCode: "hetu",
};

/** What options of a choice are called elsewhere; whole words only. */
export const FOREIGN_OPTIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  sex: {
    male: "male man mr m männlich maennlich mann masculin homme hombre masculino maschio uomo mannelijk mees mężczyzna mies herr муж мужской",
    female:
      "female woman mrs ms f weiblich frau féminin femme mujer femenino femmina donna vrouwelijk naine kobieta nainen kvinna жен женский",
  },
};

/**
 * Keys whose labels ("Country", "Year", "Date", "Valid from") mean this only on a registration form: elsewhere a passport's country or
 * any other date is called so too.
 */
export const ONLY_ON_REGISTRATION_FORMS: ReadonlySet<string> = new Set([
  "senderPhone",
  "qualification",
  "qualificationCountry",
  "qualificationYear",
  "permitValidFrom",
  "permitValidUntil",
  "permitPermanent",
  "startFrom",
  "startAtOnce",
  "signingPlace",
  "signingDate",
  "attachPassport",
  "attachSkills",
  "filledBy",
]);
