import type { FaultCode } from "../errors.ts";

/** Languages of the notes that lie beside an original, in the order they are printed. */
const LANGUAGES = ["fi", "sv", "en"] as const;
type Language = (typeof LANGUAGES)[number];

/** What is wrong and what to do, each one sentence or two. */
interface Reason {
  readonly wrong: string;
  readonly todo: string;
}
type ReasonTexts = Readonly<Record<Language, Reason>>;

const ASK_AGAIN: Readonly<Record<Language, string>> = {
  fi: "Pyydä lähettäjältä uusi kopio ja pudota se saapuvien kansioon.",
  sv: "Be avsändaren om en ny kopia och lägg den i inkommande-mappen.",
  en: "Ask the sender for a new copy and drop it into the inbox.",
};

const DAMAGED: ReasonTexts = {
  fi: { wrong: "Tiedosto on vioittunut tai katkennut, eikä sitä voi lukea kokonaan.", todo: ASK_AGAIN.fi },
  sv: { wrong: "Filen är skadad eller avbruten och kan inte läsas i sin helhet.", todo: ASK_AGAIN.sv },
  en: { wrong: "The file is damaged or cut off and cannot be read as a whole.", todo: ASK_AGAIN.en },
};

const UNEXPECTED: ReasonTexts = {
  fi: {
    wrong: "Tiedoston käsittely ei onnistunut useasta yrityksestä huolimatta.",
    todo: "Pudota tiedosto uudelleen saapuvien kansioon. Jos se ei auta, ilmoita alla oleva viite ylläpitoon.",
  },
  sv: {
    wrong: "Filen kunde inte behandlas trots flera försök.",
    todo: "Lägg filen i inkommande-mappen på nytt. Om det inte hjälper, meddela referensen nedan till systemförvaltningen.",
  },
  en: {
    wrong: "The file could not be handled in several attempts.",
    todo: "Drop the file into the inbox again. If that does not help, give the reference below to the administrators.",
  },
};

const TOO_HEAVY: ReasonTexts = {
  fi: {
    wrong: "Tiedoston lukeminen vaati liikaa aikaa tai muistia, joten se keskeytettiin.",
    todo: "Skannaa asiakirja uudelleen 200–300 dpi:n tarkkuudella PDF-tiedostoksi.",
  },
  sv: {
    wrong: "Att läsa filen krävde för mycket tid eller minne, så läsningen avbröts.",
    todo: "Skanna dokumentet på nytt till PDF med 200–300 dpi.",
  },
  en: {
    wrong: "Reading the file took too much time or memory and was stopped.",
    todo: "Scan the document again to PDF at 200–300 dpi.",
  },
};

const REASONS: Partial<Record<FaultCode, ReasonTexts>> = {
  fileDamaged: DAMAGED,
  parserTimeout: TOO_HEAVY,
  parserMemory: TOO_HEAVY,
  rosterUnknown: {
    fi: {
      wrong: "Allekirjoitettua osallistujaluetteloa ei tunnisteta: tilaisuutta tai luettelon versiota ei ole tulostettu täällä.",
      todo: "Tarkista, että tilaisuus on kalenterissa. Merkitse läsnäolot käsin komennolla ilmo attendance set.",
    },
    sv: {
      wrong: "Den undertecknade deltagarlistan känns inte igen: tillfället eller listans version har inte skrivits ut här.",
      todo: "Kontrollera att tillfället finns i kalendern. Anteckna närvaron för hand med ilmo attendance set.",
    },
    en: {
      wrong: "The signed roster is not known: its session, or this version of it, was not printed here.",
      todo: "Check that the session is in the calendar. Set the attendance by hand with ilmo attendance set.",
    },
  },
  formMissing: {
    fi: {
      wrong: "Lähetyksestä ei löytynyt yhtään tunnettua ilmoittautumislomaketta.",
      todo: "Tarkista, että myös itse lomake on skannattu, ja pudota koko lähetys uudelleen saapuvien kansioon.",
    },
    sv: {
      wrong: "Ingen känd anmälningsblankett hittades i försändelsen.",
      todo: "Kontrollera att också själva blanketten är skannad och lägg hela försändelsen i inkommande-mappen på nytt.",
    },
    en: {
      wrong: "No known registration form was found in the submission.",
      todo: "Check that the form itself was scanned too and drop the whole submission into the inbox again.",
    },
  },
  fileUnsupported: {
    fi: {
      wrong: "Tiedosto ei ole muotoa, josta lomakkeen voi lukea (PDF, TIFF, JPEG, PNG, BMP tai HEIC).",
      todo: "Tallenna tai tulosta lomake liitteineen PDF-tiedostoksi ja pudota se saapuvien kansioon.",
    },
    sv: {
      wrong: "Filen har inte ett format som blanketten kan läsas från (PDF, TIFF, JPEG, PNG, BMP eller HEIC).",
      todo: "Spara eller skriv ut blanketten med bilagor som PDF och lägg den i inkommande-mappen.",
    },
    en: {
      wrong: "The file is of a kind that a form cannot be read from (it is not PDF, TIFF, JPEG, PNG, BMP or HEIC).",
      todo: "Save or print the form with its attachments as PDF and drop it into the inbox.",
    },
  },
  fileEncrypted: {
    fi: {
      wrong: "Tiedosto tai sen osa on suojattu salasanalla.",
      todo: "Kysy salasana lähettäjältä toista tietä ja anna se ohjelmalle (ilmo unlock), tai pyydä kopio ilman salasanaa ja pudota se saapuvien kansioon.",
    },
    sv: {
      wrong: "Filen eller en del av den är skyddad med lösenord.",
      todo: "Fråga avsändaren efter lösenordet på annan väg och ge det till programmet (ilmo unlock), eller be om en kopia utan lösenord och lägg den i inkommande-mappen.",
    },
    en: {
      wrong: "The file or a part of it is protected by a password.",
      todo: "Ask the sender for the password by another way and give it to the program (ilmo unlock), or ask for a copy without a password and drop it into the inbox.",
    },
  },
  keyMissing: {
    fi: {
      wrong: "Salattua viestiä ei voitu avata: sopiva avain puuttuu tai viesti on vioittunut. Alkuperäinen viesti on tallessa.",
      todo: "Pyydä ylläpitoa lisäämään avain ja yritä uudelleen (ilmo retry), tai pyydä lähettäjää lähettämään lomake muulla tavalla.",
    },
    sv: {
      wrong: "Det krypterade meddelandet kunde inte öppnas: rätt nyckel saknas eller meddelandet är skadat. Originalet är sparat.",
      todo: "Be systemförvaltningen lägga till nyckeln och försök igen (ilmo retry), eller be avsändaren skicka blanketten på annat sätt.",
    },
    en: {
      wrong: "The encrypted message could not be opened: the right key is missing or the message is damaged. The original is kept.",
      todo: "Ask the administrators to add the key and try again (ilmo retry), or ask the sender to send the form in another way.",
    },
  },
  signatureInvalid: {
    fi: {
      wrong:
        "Viestin sähköinen allekirjoitus ei pidä: viestiä on muutettu, allekirjoittaja ei ole lähettäjä tai allekirjoittajaan ei luoteta.",
      todo: "Älä käytä viestin sisältöä. Varmista lähettäjältä puhelimitse ja pyydä lähettämään lomake uudelleen.",
    },
    sv: {
      wrong:
        "Meddelandets elektroniska underskrift håller inte: meddelandet har ändrats, undertecknaren är inte avsändaren eller undertecknaren är inte betrodd.",
      todo: "Använd inte innehållet. Kontrollera med avsändaren per telefon och be att blanketten skickas på nytt.",
    },
    en: {
      wrong:
        "The message's electronic signature does not hold: it was altered, the signer is not the sender, or the signer is not trusted.",
      todo: "Do not use its contents. Check with the sender by telephone and ask for the form to be sent again.",
    },
  },
  attachmentMissing: {
    fi: {
      wrong: "Viestissä tai paketissa ei ole liitettä, josta lomakkeen voisi lukea.",
      todo: "Avaa viesti ja tarkista, onko siinä muuta asiaa. Pyydä lähettäjää lähettämään lomake liitteenä (PDF).",
    },
    sv: {
      wrong: "Meddelandet eller paketet har ingen bilaga som blanketten kan läsas från.",
      todo: "Öppna meddelandet och se om det gäller något annat. Be avsändaren skicka blanketten som bilaga (PDF).",
    },
    en: {
      wrong: "The message or package has no attachment that a form can be read from.",
      todo: "Open the message and see whether it is about something else. Ask the sender to send the form as an attachment (PDF).",
    },
  },
  fileTooLarge: {
    fi: {
      wrong: "Tiedosto on liian suuri: siinä on liikaa tavuja, sivuja tai kuvapisteitä, tai kansiossa on liikaa tiedostoja.",
      todo: "Jaa lähetys pienempiin osiin tai skannaa se uudelleen 200–300 dpi:n tarkkuudella.",
    },
    sv: {
      wrong: "Filen är för stor: den har för många byte, sidor eller bildpunkter, eller så har mappen för många filer.",
      todo: "Dela upp försändelsen eller skanna den på nytt med 200–300 dpi.",
    },
    en: {
      wrong: "The file is too large: too many bytes, pages or pixels, or too many files in the folder.",
      todo: "Split the submission into smaller parts or scan it again at 200–300 dpi.",
    },
  },
  fileEmpty: {
    fi: { wrong: "Tiedostossa tai kansiossa ei ole mitään luettavaa.", todo: ASK_AGAIN.fi },
    sv: { wrong: "Filen eller mappen innehåller inget att läsa.", todo: ASK_AGAIN.sv },
    en: { wrong: "There is nothing to read in the file or folder.", todo: ASK_AGAIN.en },
  },
  fileIncomplete: {
    fi: { wrong: "Tiedoston kirjoittaminen on jäänyt kesken: sen loppu puuttuu.", todo: ASK_AGAIN.fi },
    sv: { wrong: "Filen har inte skrivits färdigt: slutet saknas.", todo: ASK_AGAIN.sv },
    en: { wrong: "The file was never finished: its end is missing.", todo: ASK_AGAIN.en },
  },
  fileUnsafe: {
    fi: {
      wrong: "Kohde ei ole tavallinen tiedosto tai kansio (esimerkiksi linkki), joten sitä ei avattu.",
      todo: "Kopioi itse tiedosto saapuvien kansioon linkin tai pikakuvakkeen sijaan.",
    },
    sv: {
      wrong: "Objektet är inte en vanlig fil eller mapp (till exempel en länk) och öppnades därför inte.",
      todo: "Kopiera själva filen till inkommande-mappen i stället för en länk eller genväg.",
    },
    en: {
      wrong: "This is not an ordinary file or folder (for example a link), so it was not opened.",
      todo: "Copy the file itself into the inbox instead of a link or shortcut.",
    },
  },
  fileUnreadable: {
    fi: {
      wrong: "Ohjelmalla ei ole oikeutta lukea tiedostoa.",
      todo: "Tarkista tiedoston käyttöoikeudet ja pudota se uudelleen saapuvien kansioon.",
    },
    sv: {
      wrong: "Programmet har inte rätt att läsa filen.",
      todo: "Kontrollera filens behörigheter och lägg den i inkommande-mappen på nytt.",
    },
    en: { wrong: "The program is not permitted to read the file.", todo: "Check the file's permissions and drop it into the inbox again." },
  },
  metaInvalid: {
    fi: {
      wrong: "Kansion meta.json-tiedosto on virheellinen.",
      todo: "Korjaa tai poista meta.json (receivedAt: päivä, channel: saapumistapa, files: kansion tiedostojen nimet) ja pudota kansio uudelleen.",
    },
    sv: {
      wrong: "Mappens meta.json-fil är felaktig.",
      todo: "Rätta eller ta bort meta.json (receivedAt: dag, channel: ankomstsätt, files: namnen på mappens filer) och lägg in mappen på nytt.",
    },
    en: {
      wrong: "The folder's meta.json is wrong.",
      todo: "Correct or remove meta.json (receivedAt: a day, channel: how it came, files: names of the folder's files) and drop the folder again.",
    },
  },
};

const DUPLICATE: ReasonTexts = {
  fi: {
    wrong: "Täsmälleen sama lähetys on jo saapunut aiemmin.",
    todo: "Mitään ei tarvitse tehdä. Aiempi lähetys käsitellään tavalliseen tapaan.",
  },
  sv: {
    wrong: "Exakt samma försändelse har redan kommit in tidigare.",
    todo: "Inget behöver göras. Den tidigare försändelsen behandlas som vanligt.",
  },
  en: {
    wrong: "Exactly the same submission has arrived before.",
    todo: "Nothing needs to be done. The earlier submission is handled as usual.",
  },
};

const HEADINGS: Readonly<
  Record<Language, { readonly quarantine: string; readonly duplicate: string; readonly facts: (f: Facts) => string }>
> = {
  fi: {
    quarantine: "TÄMÄ LÄHETYS ODOTTAA IHMISTÄ",
    duplicate: "TÄMÄ LÄHETYS ON KAKSOISKAPPALE",
    facts: ({ receivedOn, fileCount, submissionId }) => `Saapunut ${receivedOn}, tiedostoja ${fileCount}. Viite: ${submissionId}`,
  },
  sv: {
    quarantine: "DEN HÄR FÖRSÄNDELSEN VÄNTAR PÅ EN MÄNNISKA",
    duplicate: "DEN HÄR FÖRSÄNDELSEN ÄR EN DUBBLETT",
    facts: ({ receivedOn, fileCount, submissionId }) => `Inkom ${receivedOn}, filer ${fileCount}. Referens: ${submissionId}`,
  },
  en: {
    quarantine: "THIS SUBMISSION WAITS FOR A PERSON",
    duplicate: "THIS SUBMISSION IS A DUPLICATE",
    facts: ({ receivedOn, fileCount, submissionId }) => `Received ${receivedOn}, files ${fileCount}. Reference: ${submissionId}`,
  },
};

/** What the note says of the submission itself; no names. */
export interface Facts {
  readonly receivedOn: string;
  readonly fileCount: number;
  readonly submissionId: string;
}

/** What became of a submission that did not go on. */
export type PutAside =
  | { readonly kind: "quarantine"; readonly code: FaultCode; readonly detail: string }
  | { readonly kind: "duplicate"; readonly duplicateOf: string };

/**
 * Returns the note that is put beside an original, in Finnish, Swedish and English: what came, what is wrong, what to do.
 *
 * Pure. `detail` is the fault's own English message.
 */
export function formatReason(putAside: PutAside, facts: Facts): string {
  const texts = putAside.kind === "duplicate" ? DUPLICATE : (REASONS[putAside.code] ?? UNEXPECTED);
  const blocks = LANGUAGES.map((language) => {
    const heading = HEADINGS[language];
    return `${heading[putAside.kind]}\n${heading.facts(facts)}\n${texts[language].wrong}\n${texts[language].todo}\n`;
  });
  const technical = putAside.kind === "duplicate" ? `duplicateOf: ${putAside.duplicateOf}` : `${putAside.code}: ${putAside.detail}`;
  return `${blocks.join("\n")}\n[${technical}]\n`;
}
